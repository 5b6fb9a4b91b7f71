/**
 * A sender, a campaign and its contacts on the simulator's store, without faults: for what many workers do to one
 * sender's places at once. Pages wait in `pages` until a worker takes them; timers are only written down.
 */

import { handleCampaignPage } from '../../shared/campaign-pages.ts';
import type { Campaign } from '../../shared/domain/campaign.ts';
import type { Contact, Grade } from '../../shared/domain/contact.ts';
import type { OpenEnrollment } from '../../shared/domain/enrollment/state.ts';
import {
  type CampaignId,
  type ContactId,
  contactIdOf,
  type EnrollmentId,
  enrollmentIdOf,
  type SenderId,
  type SequenceId,
} from '../../shared/domain/ids.ts';
import { instant } from '../../shared/domain/instant.ts';
import { type Place, placeAt } from '../../shared/domain/place.ts';
import type { Sender } from '../../shared/domain/sender.ts';
import type { Sequence } from '../../shared/domain/sequence.ts';
import type { CampaignPage, Ports } from '../../shared/ports.ts';
import { makeCalls, type Run } from '../simulation/calls.ts';
import { scriptedFaults } from '../simulation/faults.ts';
import { idsOf } from '../simulation/ports/edges.ts';
import { storeOf } from '../simulation/ports/store.ts';
import { makeTable } from '../simulation/ports/table.ts';
import { makeRandom } from '../simulation/random.ts';
import { makeTimeline } from '../simulation/timeline.ts';

/** A Tuesday, before anybody in Berlin is at work. */
const START = '2027-03-02T03:00:00.000Z';
const SENDER_ID = 'snd1' as SenderId;
const CAMPAIGN_ID = 'cmp1' as CampaignId;
const SEQUENCE_ID = 'seq1' as SequenceId;
const SENDER_ZONE = 'Asia/Shanghai';
const ignored = (): void => {};

export type Floor = Awaited<ReturnType<typeof aFloor>>;

/** `grades`: one contact for each. */
export async function aFloor(of: {
  readonly grades: readonly (Grade | undefined)[];
  readonly limits: Pick<Sender, 'dailyQuota' | 'hourlyCeiling'>;
  readonly steps?: Sequence['steps'];
}) {
  const timeline = makeTimeline(Date.parse(START), false);
  let isOver = false;
  const play = async (): Promise<void> => {
    while (!isOver) {
      await timeline.play(() => isOver || timeline.next() === undefined);
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  play();
  const pages: CampaignPage[] = [];
  const table = makeTable(timeline, () => 0);
  const calls = makeCalls(timeline, scriptedFaults(new Map()), makeRandom(1));
  const run: Run = {
    id: 'floor#1',
    skewMs: 0,
    isDead: false,
    frozenUntil: 0,
    pending: 0,
    isSpared: true,
    isDone: true,
  };
  const unused = () => {
    throw new Error('Nothing is sent or read here.');
  };
  const ports: Ports = {
    store: storeOf(run, calls, table, {
      stateSaved: ignored,
      campaignSaved: ignored,
      senderPaused: ignored,
      companySaved: ignored,
      inboundSaved: ignored,
    }),
    timers: {
      setStep: async () => {},
      queuePage: async (page) => {
        pages.push(structuredClone(page));
      },
      queueImport: unused,
    },
    mailer: { send: unused, allowance: unused },
    files: {
      read: unused,
      write: unused,
      remove: unused,
      list: unused,
      uploadLink: unused,
      downloadLink: unused,
    },
    mailbox: { read: unused, remove: unused, sendMark: unused, countDeadLetters: unused, requeue: unused },
    alerts: { queue: async () => {}, post: unused },
    clock: { now: () => instant(timeline.now()) },
    ids: idsOf(makeRandom(2)),
    settings: {
      replyDomain: 'reply.example.com',
      publicUrl: 'https://relance.example.com',
      alertAddress: 'alerts@example.com',
      operatorAddress: 'operator@example.com',
      region: 'eu-west-1',
    },
  };
  const contacts = of.grades.map((grade, n) => aContact(ports, `person${n}@firm${n}.example`, grade));
  const campaign = aCampaign();
  await ports.store.put('sender', aSender(of.limits));
  await ports.store.put('sequence', aSequence(of.steps));
  await ports.store.put('campaign', campaign);
  await Promise.all(contacts.map((contact) => ports.store.put('contact', contact)));

  const walkOf = async (contact: Contact): Promise<OpenEnrollment> => {
    const walk = (await ports.store.loadState(contact.id))?.state.enrollment;
    if (walk?.kind !== 'open') throw new Error(`${contact.id} is on no open walk.`);
    return walk;
  };
  return {
    ports,
    campaign,
    contacts,
    pages,
    walkOf,
    walkIdOf: (contact: Contact): EnrollmentId => enrollmentIdOf(contact.id, 1),
    /** As many workers as that take pages until none is left. */
    work: async (workers: number): Promise<void> => {
      const one = async (): Promise<void> => {
        for (let page = pages.shift(); page; page = pages.shift()) await handleCampaignPage(ports, page);
      };
      while (pages.length > 0) await Promise.all(Array.from({ length: workers }, one));
    },
    /** Where on the sender's wall the contact's planned letter stands. */
    placeOf: async (contact: Contact): Promise<Place> => {
      const { letter } = await walkOf(contact);
      if (letter.kind !== 'planned') throw new Error(`${contact.id} has a letter that is ${letter.kind}.`);
      return placeAt(SENDER_ZONE, letter.dueAt);
    },
    taken: (days: readonly string[]) => ports.store.readPlaces(SENDER_ID, days),
    close: (): void => {
      isOver = true;
    },
  };
}

/** How many stand on each day, and on each hour of each day. */
export function countPlaces(places: readonly Place[]) {
  const days = new Map<string, number>();
  const hours = new Map<string, number>();
  for (const { day, hour } of places) {
    days.set(day, (days.get(day) ?? 0) + 1);
    hours.set(`${day} ${hour}`, (hours.get(`${day} ${hour}`) ?? 0) + 1);
  }
  return { days, hours };
}

function aContact(ports: Ports, address: string, grade: Grade | undefined): Contact {
  return {
    id: contactIdOf(ports.ids.contactSecret, address) as ContactId,
    address,
    firstName: 'Ana',
    country: 'DE',
    zone: 'Europe/Berlin',
    zoneSource: 'given',
    phones: [],
    fields: {},
    createdAt: instant(START),
    ...(grade ? { grade } : {}),
  };
}

const aSender = (limits: Pick<Sender, 'dailyQuota' | 'hourlyCeiling'>): Sender => ({
  id: SENDER_ID,
  name: 'Lin Wei',
  company: 'Harbour Tools',
  address: 'lin.wei@export.example',
  postalAddress: '88 Haixing Road, Ningbo 315000, China',
  zone: SENDER_ZONE,
  // There every day, so that nothing but places moves a letter.
  workingDays: [1, 2, 3, 4, 5, 6, 7],
  listUnsubscribe: 'follow-ups',
  channels: [{ kind: 'mail', id: 'desk', address: 'desk@export.example' }],
  ...limits,
});

const aSequence = (steps?: Sequence['steps']): Sequence => ({
  id: SEQUENCE_ID,
  version: 1,
  name: 'Two letters',
  language: 'en',
  steps: steps ?? [
    { kind: 'letter', delay: { days: 0 }, subject: 'Hello', body: 'First.' },
    { kind: 'letter', delay: { days: 7 }, body: 'Second.' },
  ],
});

const aCampaign = (): Campaign => ({
  id: CAMPAIGN_ID,
  name: 'Dealers abroad',
  senderId: SENDER_ID,
  sequenceId: SEQUENCE_ID,
  sequenceVersion: 1,
  status: 'running',
  statusSince: instant(START),
  createdAt: instant(START),
  roster: [],
});
