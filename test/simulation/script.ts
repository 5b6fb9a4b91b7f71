/** What a workload can do: launch, let prospects answer, act as the salesperson. See README.md on adding one. */
import { type EnrollmentId, readEnrollmentId } from '../../shared/domain/ids.ts';
import { DAY, HOUR, instant, MINUTE, SECOND } from '../../shared/domain/instant.ts';
import type { Outcome, Task } from '../../shared/domain/task.ts';
import { type Desk, makeDesk, type Order } from './desk.ts';
import type { FunctionName } from './functions.ts';
import type { InboundMail } from './ledger.ts';
import { approveNext, type LaunchGiven, launch, type SenderGiven, senderInput } from './orders.ts';
import { ownCopy, sentOn, type Way } from './own-mailbox-mails.ts';
import type { ApiAnswer } from './platform.ts';
import {
  contactInput,
  type MailSort,
  optOutPathOf,
  type Prospect,
  prospect,
  STOPPING,
  writeMail,
} from './prospects.ts';
import type { Random } from './random.ts';
import { type Accepted, letterTags } from './ses.ts';
import type { World } from './world.ts';

export type Letter = Accepted & {
  readonly enrollment: EnrollmentId;
  readonly step: number;
  readonly to: string;
  readonly who: Prospect;
};

export type Script = Desk & {
  readonly world: World;
  readonly random: Random;
  readonly now: () => number;
  /** Resolves at that virtual moment, or at once if it has passed. */
  until(ms: number): Promise<void>;
  wait(ms: number): Promise<void>;
  /** Resolves when that function is next invoked; perhaps never. */
  nextRun(name: FunctionName): Promise<void>;
  prospects(count: number, from?: number): readonly Prospect[];
  /** Asks until it is launched. Answers who was taken. */
  launch(given: LaunchGiven): Promise<readonly Prospect[]>;
  /** Every letter that reaches its prospect. */
  onLetter(hear: (letter: Letter) => void): void;
  /** The prospect writes, now. `lateMs`: the bucket shows the bytes only then. */
  answer(
    letter: Letter,
    sort: MailSort,
    options?: { readonly back?: number; readonly lateMs?: number },
  ): void;
  /** SQS hands out every mail of this walk once more: at least once has no last time. */
  bringAgain(letter: Letter): void;
  /** The prospect writes to the sender's own address, whose mailbox sends it on; `both`: to the reply address as well. */
  answerOwnMailbox(letter: Letter, sort: MailSort, way: Way, options?: { readonly both?: boolean }): void;
  /** The salesperson writes to the prospect by hand, with a blind copy to us. */
  answerByHand(letter: Letter): void;
  /** When the next step of this walk is planned, as the state item says. */
  plannedAt(enrollment: EnrollmentId): number | undefined;
  /** The task list's open tasks of one person, as they stand now. */
  openTasks(who: Prospect): readonly Task[];
  /** Closes a task. What stops or postpones holds from the acknowledgment on. */
  closeTask(task: Task, outcome: Outcome): Promise<ApiAnswer>;
  /** A person looks at the next letter of a walk, and lets it go; sometimes in other words than before. */
  approve(enrollment: EnrollmentId, options?: { readonly edition?: number }): Promise<ApiAnswer | undefined>;
  decline(enrollment: EnrollmentId, step: number, instead: 'stop' | 'skip'): Promise<ApiAnswer>;
  createSender(given: SenderGiven): Promise<ApiAnswer>;
  transfer(from: string, to: string): Promise<ApiAnswer>;
  pauseCampaign(id: string): Promise<ApiAnswer>;
  resumeCampaign(id: string): Promise<ApiAnswer>;
  stopCampaign(id: string): Promise<ApiAnswer>;
  stopWalk(enrollment: EnrollmentId): Promise<ApiAnswer>;
  holdWalk(enrollment: EnrollmentId): Promise<ApiAnswer>;
  releaseWalk(enrollment: EnrollmentId, hold: string): Promise<ApiAnswer>;
  pauseSender(id: string): Promise<ApiAnswer>;
  resumeSender(id: string): Promise<ApiAnswer>;
  suppress(who: Prospect): Promise<ApiAnswer>;
  /** Forgets them; their colleagues may be left with it. */
  erase(who: Prospect): Promise<ApiAnswer>;
  /** Sends a file of these prospects into a running campaign, with some bad rows. */
  importInto(campaign: string, contacts: readonly Prospect[]): Promise<ApiAnswer>;
  suppressDomain(domain: string): Promise<ApiAnswer>;
  optOut(letter: Letter): Promise<ApiAnswer>;
  /** `campaign contact letters`, for the judge at rest. */
  readonly launched: { campaign: string; contactId: string; letters: number }[];
};

const NOTIFIED_MS_MAX = 3 * SECOND;
const MAIL_DELAYED_MS_MAX = 10 * MINUTE;

export function makeScript(world: World): Script {
  const { timeline, random, platform, ledger, faults, ses } = world;
  const launched: Script['launched'] = [];
  const written = new Map<string, number>();
  /** The notification of each mail. */
  const sent = new Map<string, unknown>();
  const until = (ms: number): Promise<void> => new Promise((resolve) => timeline.at(ms, resolve));

  const order: Order = async (path, body, barrier, reason = 'acknowledged') => {
    const answer = await platform.ask('POST', path, body);
    if (barrier && answer.status < 300) ledger.raise(barrier, reason);
    return answer;
  };

  const copyOf = (letter: Letter, sort: MailSort): number => {
    const name = `${sort} ${letter.enrollment} ${letter.step}`;
    const copy = written.get(name) ?? 0;
    written.set(name, copy + 1);
    return copy;
  };

  const arrive = (
    mail: ReturnType<typeof writeMail>,
    who: Prospect,
    enrollment: string,
    lateMs: number,
  ): void => {
    const id = `in${ledger.mails.size}`;
    const rawKey = `inbound/${id}`;
    timeline.after(lateMs, () => world.bucket.set(rawKey, mail.raw));
    const record: InboundMail = {
      id,
      rawKey,
      messageId: mail.messageId,
      sort: mail.sort,
      from: who,
      enrollment,
      queuedAt: timeline.now(),
      ...(mail.returnOn ? { returnMs: Date.parse(`${mail.returnOn}T00:00:00Z`) } : {}),
    };
    ledger.mails.set(id, record);
    if (STOPPING.has(mail.sort)) ledger.causes.set(who.id, mail.sort);
    timeline.trace(`${who.address} writes ${mail.messageId}`);
    const body = notification(id, rawKey, mail.recipient, timeline.now());
    sent.set(id, body);
    const send = (): void => {
      record.queuedAt = timeline.now();
      world.queues.send('inbound', body);
    };
    const delayMs = faults.disturbs('mail-delayed') ? random.int(MAIL_DELAYED_MS_MAX) : 0;
    timeline.after(random.int(NOTIFIED_MS_MAX) + delayMs, send);
    if (faults.disturbs('mail-twice')) timeline.after(random.int(10 * MINUTE), send);
  };

  return {
    ...makeDesk(world, order),
    world,
    random,
    launched,
    now: timeline.now,
    until,
    wait: (ms) => until(timeline.now() + ms),
    nextRun: (name) =>
      new Promise((resolve) => platform.onInvoked((invoked) => (invoked === name ? resolve() : undefined))),
    prospects: (count, from = 0) => Array.from({ length: count }, (_, n) => prospect(from + n)),
    launch: (given) => launch(world, launched, given),
    onLetter: (hear) =>
      ses.onDelivered((one) => {
        const letter = readLetter(one);
        if (letter) hear(letter);
      }),
    answer: (letter, sort, { back, lateMs = 0 } = {}) => {
      // Nobody writes the same mail twice; what arrives twice is the network's doing.
      const options = { copy: copyOf(letter, sort), ...(back === undefined ? {} : { back }) };
      const mail = writeMail(letter.who, sort, letter, timeline.now(), options);
      arrive(mail, letter.who, letter.enrollment, lateMs);
    },
    bringAgain: ({ enrollment, who }) => {
      for (const mail of ledger.mails.values()) {
        if (mail.enrollment !== enrollment) continue;
        const body = sent.get(mail.id);
        timeline.trace(`${who.address}: ${mail.messageId} is handed out again`);
        if (body) world.queues.send('inbound', body);
      }
    },
    answerOwnMailbox: (letter, sort, way, { both = false } = {}) => {
      const mail = writeMail(letter.who, sort, letter, timeline.now(), { copy: copyOf(letter, sort) });
      const ways = [sentOn(mail, 'jane', way), ...(both ? [mail] : [])];
      for (const one of random.chance(0.5) ? ways : ways.toReversed())
        arrive(one, letter.who, letter.enrollment, 0);
    },
    answerByHand: (letter) => {
      const sort = 'own-answer';
      const mail = writeMail(letter.who, sort, letter, timeline.now(), { copy: copyOf(letter, sort) });
      arrive(ownCopy(mail, letter.who, 'jane'), letter.who, letter.enrollment, 0);
    },
    plannedAt: (enrollment) => plannedAt(world, enrollment),
    openTasks: (who) =>
      [...world.table.partition(`contact#${who.id}`, 'task#')]
        .map(({ document }) => document as Task)
        .filter(({ status }) => status === 'open'),
    closeTask: async (task, outcome) => {
      const key = `enrollment:${task.enrollmentId}`;
      const isReached = outcome === 'answered' || outcome === 'spoke' || outcome === 'interested';
      if (isReached) ledger.causes.set(task.contactId, outcome);
      const body =
        outcome === 'call-back-at' ? { outcome, callBackAt: instant(timeline.now() + DAY) } : { outcome };
      const answer = await order(`/v1/tasks/${task.contactId}/${task.id}/outcome`, body);
      if (answer.status >= 300) return answer;
      if (isReached) ledger.raise(key, outcome);
      if (outcome === 'sent') ledger.raise(key, `sent ${task.id}`, timeline.now() + 7 * DAY - HOUR);
      return answer;
    },
    approve: (enrollment, options) => approveNext(world, enrollment, options?.edition),
    decline: (enrollment, step, instead) => {
      const contactId = readEnrollmentId(enrollment)?.contactId;
      if (contactId) ledger.causes.set(contactId, 'declined');
      const barrier = instead === 'stop' ? `enrollment:${enrollment}` : undefined;
      const body = { step, instead, reason: 'Not this one' };
      return order(`/v1/enrollments/${enrollment}/decline`, body, barrier, 'declined');
    },
    createSender: ({ id, zone = 'Europe/Berlin', dailyQuota = 1_000, channels }) => {
      world.asked.quotas.set(id, { quota: dailyQuota, zone });
      return order('/v1/senders', senderInput(id, zone, dailyQuota, channels));
    },
    transfer: (from, to) => order(`/v1/senders/${from}/transfer`, { to }),
    pauseCampaign: (id) => order(`/v1/campaigns/${id}/pause`, {}, `campaign:${id}`),
    resumeCampaign: (id) => {
      ledger.lift(`campaign:${id}`, 'acknowledged');
      return order(`/v1/campaigns/${id}/resume`, {});
    },
    stopCampaign: (id) => {
      for (const one of launched)
        if (one.campaign === id) ledger.causes.set(one.contactId, 'campaign stopped');
      return order(`/v1/campaigns/${id}/stop`, {}, `campaign:${id}`, 'stopped');
    },
    stopWalk: (enrollment) => {
      const contactId = readEnrollmentId(enrollment)?.contactId;
      if (contactId) ledger.causes.set(contactId, 'stopped');
      return order(`/v1/enrollments/${enrollment}/stop`, {}, `enrollment:${enrollment}`);
    },
    holdWalk: (enrollment) =>
      order(`/v1/enrollments/${enrollment}/hold`, {}, `enrollment:${enrollment}`, 'held'),
    releaseWalk: (enrollment, hold) => {
      ledger.lift(`enrollment:${enrollment}`, 'held');
      for (const mail of ledger.mails.values()) ledger.lift(`enrollment:${enrollment}`, mail.messageId);
      return order(`/v1/enrollments/${enrollment}/release`, { hold });
    },
    pauseSender: (id) => order(`/v1/senders/${id}/pause`, {}, `sender:${id}`),
    resumeSender: async (id) => {
      ledger.lift(`sender:${id}`, 'acknowledged');
      let answer = await order(`/v1/senders/${id}/resume`, {});
      // By a clock that is ahead somebody has paused a moment later: a person asks again.
      while (answer.status === 409) {
        await until(timeline.now() + MINUTE);
        answer = await order(`/v1/senders/${id}/resume`, {});
      }
      return answer;
    },
    suppress: (who) => {
      ledger.causes.set(who.id, 'suppressed');
      return order(`/v1/contacts/${who.id}/suppress`, {}, `contact:${who.id}`);
    },
    erase: async (who) => {
      ledger.causes.set(who.id, 'erased');
      ledger.erased.set(who.id, who.address);
      for (const { contactId } of launched) {
        const known = world.table.partition(`contact#${contactId}`, 'profile')[0]?.document;
        const domain = (known as { companyDomain?: string } | undefined)?.companyDomain;
        if (domain && domain === who.domain) ledger.causes.set(contactId, 'a colleague was forgotten');
      }
      const answer = await platform.ask('DELETE', `/v1/contacts/${who.id}`);
      if (answer.status < 300) ledger.raise(`contact:${who.id}`, 'erased');
      return answer;
    },
    importInto: async (campaignId, contacts) => {
      const letters = world.asked.delayDays.get(campaignId)?.length ?? 0;
      const answer = await platform.ask('POST', '/v1/contacts/import', {
        csv: sheetOf(contacts, random),
        campaignId,
        acceptWarnings: 'all',
      });
      if (answer.status !== 202) throw new Error(`The import was answered ${answer.status}`);
      for (const { id } of contacts) launched.push({ campaign: campaignId, contactId: id, letters });
      return answer;
    },
    suppressDomain: (domain) => {
      for (const { contactId } of launched) {
        const known = [...world.table.partition(`contact#${contactId}`, 'profile')][0]?.document;
        if ((known as { companyDomain?: string } | undefined)?.companyDomain === domain) {
          ledger.causes.set(contactId, 'domain suppressed');
        }
      }
      return order('/v1/suppressions', { domain }, `domain:${domain}`);
    },
    optOut: (letter) => {
      ledger.causes.set(letter.who.id, 'opted out');
      return order(optOutPathOf(letter), undefined, `contact:${letter.who.id}`);
    },
  };
}

/** Good rows in their order, among them rows without an address, with a broken one, and copies of the first. */
function sheetOf(contacts: readonly Prospect[], random: Random): string {
  const rows = contacts.flatMap((who) => {
    const { address, firstName, company, country, zone, fields } = contactInput(who);
    const good = [address, firstName, company, country, zone, fields.why].join(',');
    const bad = [',Nobody,,,,', 'not.an.address,,,,,', 'x@y.example,A,B,Atlantis,,c'].filter(() =>
      random.chance(0.15),
    );
    return [good, ...bad];
  });
  const copy = random.chance(0.5) ? [rows[0] ?? ''] : [];
  return ['Email,First name,Company,Country,Zone,why', ...rows, ...copy].join('\n');
}

export function readLetter(one: Accepted): Letter | undefined {
  const tags = letterTags(one.tags);
  const number = Number(/^p(\d+)@/.exec(one.to)?.[1] ?? Number.NaN);
  if (!tags || Number.isNaN(number)) return undefined;
  return { ...one, enrollment: tags.enrollment as EnrollmentId, step: tags.step, who: prospect(number) };
}

function plannedAt(world: World, enrollment: EnrollmentId): number | undefined {
  const contactId = readEnrollmentId(enrollment)?.contactId;
  const state = world.table.get({ pk: `contact#${contactId}`, sk: 'state' })?.document as
    | { enrollment?: { id: string; letter?: { kind: string; dueAt?: string } } }
    | undefined;
  const letter = state?.enrollment?.id === enrollment ? state.enrollment.letter : undefined;
  return letter?.dueAt === undefined ? undefined : Date.parse(letter.dueAt);
}

/** The SES receipt notification, as SNS brings it to SQS. */
function notification(id: string, rawKey: string, recipient: string, at: number) {
  const verdict = { status: 'PASS' };
  return {
    notificationType: 'Received',
    mail: { messageId: id, timestamp: instant(at) },
    receipt: {
      recipients: [recipient],
      spfVerdict: verdict,
      dkimVerdict: verdict,
      dmarcVerdict: verdict,
      spamVerdict: verdict,
      virusVerdict: verdict,
      action: { type: 'S3', bucketName: 'inbound', objectKey: rawKey },
    },
  };
}

export const daysAfter = (ms: number, days: number): number => ms + days * DAY;
