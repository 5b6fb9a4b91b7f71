/**
 * Some hundred rows of an import, settled together. The roster page of a batch has an id that follows from the import and
 * the row: whoever writes it first decides who was taken, and every later attempt finds that out and finishes the rest.
 */

import { weighWarnings } from './accept-warnings.ts';
import { type Admission, admitContacts, OTHERS_MAX, type RefusedContact } from './admit-contacts.ts';
import type { ContactInput } from './api/contacts.ts';
import {
  CAMPAIGN_CHANGE,
  newestOnRoster,
  ROSTER_CONTACTS_MAX,
  ROSTER_GROWN_MAX,
  withPages,
} from './campaign-roster.ts';
import { comparesWhys, loadParts, saveAdmitted } from './campaigns.ts';
import type { Column } from './csv/columns.ts';
import { headerOf, type RowFault } from './csv/row-contact.ts';
import { type Campaign, rosterCount } from './domain/campaign.ts';
import { type CampaignId, type ContactId, contactIdOf, normaliseAddress } from './domain/ids.ts';
import { type Import, rosterPageOf } from './domain/import.ts';
import { byGrade } from './domain/time/preview.ts';
import type { Ports } from './ports.ts';
import { queueInTurn } from './queue-pages.ts';
import { takeContacts } from './take-contacts.ts';

export type BatchRow = { readonly number: number; readonly contact: ContactInput };
export type RefusedRow = { readonly number: number; readonly faults: readonly RowFault[] };
export type Settled =
  | { readonly kind: 'settled'; readonly accepted: number; readonly refused: readonly RefusedRow[] }
  /** The campaign is paused: later. */
  | { readonly kind: 'waits' }
  /** Nothing of this batch, nor of those behind it, can come in. */
  | { readonly kind: 'failed'; readonly why: string };

const CHANGE_TRIES = 10;

/** Idempotent for the same import and rows, whenever and however often it is tried. */
export async function settleBatch(
  ports: Ports,
  one: Import,
  firstRow: number,
  rows: readonly BatchRow[],
  columns: readonly Column[],
): Promise<Settled> {
  if (!one.campaignId) return keepRows(ports, rows, columns);
  const known = await loadParts(ports, one.campaignId);
  if (!known) return { kind: 'failed', why: `Campaign ${one.campaignId} does not exist.` };
  const closed = closedTo(known.campaign);
  if (closed) return closed;
  const page = rosterPageOf(one.id, firstRow);
  const stored = await ports.store.load('roster', one.campaignId, page);
  const isTaken = new Set(stored?.contactIds);
  const asked = rows.filter(({ contact }) => !isTaken.has(idOf(ports, contact)));
  const others = comparesWhys(known) ? await newestOnRoster(ports, known.campaign, OTHERS_MAX) : [];
  const { hasOwnLetters = false, reEnrollReason } = known.campaign;
  const into = { ...known, campaignId: one.campaignId, hasOwnLetters, reEnrollReason, others };
  const admission = await admitContacts(
    ports,
    asked.map(({ contact }) => contact),
    into,
  );
  const { admitted, warned } = withoutWarned(known.campaign, one, admission);
  const room =
    (known.campaign.status === 'draft' && !one.launch ? ROSTER_CONTACTS_MAX : ROSTER_GROWN_MAX) -
    rosterCount(known.campaign);
  if (!stored && admitted.length > room) {
    return {
      kind: 'failed',
      why: `Campaign ${one.campaignId} is full: import the other rows into another one.`,
    };
  }
  const letters = admission.letters.filter(({ contactId }) => admitted.some(({ id }) => id === contactId));
  const taken = stored
    ? stored.contactIds
    : await takePage(ports, one.campaignId, page, { ...admission, admitted, letters });
  const added = await addPage(ports, one, page, taken.length, letters.length > 0, admission);
  if (added.kind !== 'added') return added;
  if (taken.length > 0 && added.campaign.status === 'running')
    await queueInTurn(ports, one.campaignId, taken);
  const wasTaken = new Set(taken);
  const refused = rows.flatMap(({ number, contact }): RefusedRow[] => {
    if (wasTaken.has(idOf(ports, contact))) return [];
    const place = asked.findIndex((row) => row.number === number);
    return [
      { number, faults: faultsOf(admission.refused, place, columns, warned.get(idOf(ports, contact))) },
    ];
  });
  return { kind: 'settled', accepted: taken.length, refused };
}

async function keepRows(
  ports: Ports,
  rows: readonly BatchRow[],
  columns: readonly Column[],
): Promise<Settled> {
  const answers = await takeContacts(
    ports,
    rows.map(({ contact }) => contact),
  );
  const refused = answers.flatMap((answer, at): RefusedRow[] => {
    if (answer.kind === 'taken') return [];
    const faults = answer.faults.map((fault) => ({ ...fault, column: headerOf(fault.pointer, columns) }));
    return [{ number: rows[at]?.number ?? 0, faults }];
  });
  return { kind: 'settled', accepted: rows.length - refused.length, refused };
}

/** Rows were read as contacts, but an address that cannot be written to is found only here. */
const idOf = (ports: Ports, { address }: ContactInput): ContactId =>
  contactIdOf(ports.ids.contactSecret, normaliseAddress(address) ?? address);

/** One that finished by itself goes on for whoever comes; one that a person stopped does not. */
function closedTo({ id, status, isStopped }: Campaign): Settled | undefined {
  if (status === 'paused') return { kind: 'waits' };
  return isStopped ? { kind: 'failed', why: `Campaign ${id} was stopped: create another.` } : undefined;
}

/** Whose letters have warnings that nobody accepted is not written to; of a draft the launch asks. */
function withoutWarned(campaign: Campaign, one: Import, admission: Admission) {
  const isWriting = campaign.status !== 'draft' || one.launch === true;
  const { open } = weighWarnings(campaign, admission.warnings, one.acceptWarnings ?? []);
  const openOnes = new Map(open.map((warning) => [warning.fingerprint, warning]));
  const warned = new Map(
    [...admission.warned].flatMap(([id, prints]) => {
      const warning = prints.map((print) => openOnes.get(print)).find((found) => found !== undefined);
      return isWriting && warning ? [[id, warning] as const] : [];
    }),
  );
  return { warned, admitted: admission.admitted.filter(({ id }) => !warned.has(id)) };
}

/** The profiles before the page that names them; of two attempts the first one's page stays. */
async function takePage(
  ports: Ports,
  campaignId: CampaignId,
  page: string,
  admission: Admission,
): Promise<readonly ContactId[]> {
  const contactIds = admission.admitted.toSorted(byGrade).map(({ id }) => id);
  if (contactIds.length === 0) return [];
  await saveAdmitted(ports, admission);
  if ((await ports.store.putNew('roster', { campaignId, page, contactIds })) === 'put') return contactIds;
  return (await ports.store.load('roster', campaignId, page))?.contactIds ?? contactIds;
}

async function addPage(
  ports: Ports,
  one: Import & { readonly campaignId?: CampaignId },
  page: string,
  count: number,
  hasLetters: boolean,
  admission: Admission,
): Promise<{ readonly kind: 'added'; readonly campaign: Campaign } | Exclude<Settled, { kind: 'settled' }>> {
  for (let attempt = 0; attempt < CHANGE_TRIES; attempt++) {
    const campaign = await ports.store.load('campaign', one.campaignId as CampaignId);
    if (!campaign) return { kind: 'failed', why: `Campaign ${one.campaignId} does not exist.` };
    const isThere = campaign.roster?.some((known) => known.page === page);
    if (count === 0 || isThere) return { kind: 'added', campaign };
    const closed = closedTo(campaign);
    if (closed) return closed as Exclude<Settled, { kind: 'settled' }>;
    const weighed = weighWarnings(campaign, admission.warnings, one.acceptWarnings ?? []);
    const grown = withPages(weighed.campaign, [{ page, count }]);
    const isRunning = campaign.status !== 'draft' || one.launch === true;
    const after: Campaign = {
      ...grown,
      ...(hasLetters ? { hasOwnLetters: true } : {}),
      // The day's grace before `reconcile` calls a campaign finished counts anew: these are not enrolled yet.
      ...(isRunning ? { status: 'running', statusSince: ports.clock.now() } : {}),
    };
    const saved = await ports.store.replace('campaign', campaign, after, CAMPAIGN_CHANGE);
    if (saved === 'saved') return { kind: 'added', campaign: after };
  }
  throw new Error(`Campaign ${one.campaignId} is too contended: ${CHANGE_TRIES} changes in a row lost`);
}

function faultsOf(
  refused: readonly RefusedContact[],
  place: number,
  columns: readonly Column[],
  warning: Admission['warnings'][number] | undefined,
): readonly RowFault[] {
  const mine = refused
    .filter(({ index }) => index === place)
    .map(({ pointer, reason, detail }) => ({ column: headerOf(pointer, columns), reason, detail }));
  if (mine.length > 0) return mine;
  if (warning) {
    const { finding, step } = warning.fault;
    const detail = `Step ${step}: ${finding.fix} Or accept it: "acceptWarnings": ["${warning.fingerprint}"].`;
    return [{ column: '', reason: `warning:${finding.rule}`, detail }];
  }
  return [
    {
      column: '',
      reason: 'not-taken',
      detail: 'It was refused when the file was first read: send it again.',
    },
  ];
}
