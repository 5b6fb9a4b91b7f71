/**
 * Items as they come back from the table, checked where they enter: a corrupt one (a hand edit, a half-done restore)
 * throws with its key and the field's name, and never with a person's data. What each field means is the domain's.
 */
import type { Because } from '../../shared/domain/because.ts';
import type { ContactState, EndedEnrollment } from '../../shared/domain/enrollment/state.ts';
import type { Instant } from '../../shared/domain/instant.ts';
import type { Documents, Kind } from '../../shared/ports.ts';
import { type Item, SCHEMA } from './items.ts';
import { unpackBecause } from './packed-because.ts';

/** A field that every document of its sort has: a type, or the values that it may take. */
type Shape = 'string' | 'number' | 'array' | 'object' | 'instant' | readonly string[];
type Fields = Readonly<Record<string, Shape>>;

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

const DOCUMENT_FIELDS: { readonly [K in Kind]: Fields } = {
  sender: { id: 'string', address: 'string', zone: 'string', dailyQuota: 'number', channels: 'array' },
  sequence: { id: 'string', version: 'number', steps: 'array' },
  campaign: {
    id: 'string',
    senderId: 'string',
    sequenceId: 'string',
    sequenceVersion: 'number',
    status: ['draft', 'running', 'paused', 'finished'],
    statusSince: 'instant',
  },
  roster: { campaignId: 'string', page: 'string', contactIds: 'array' },
  report: { campaignId: 'string', id: 'string', at: 'instant', accepted: 'number', refused: 'array' },
  contact: { id: 'string', address: 'string', zone: 'string', phones: 'array', fields: 'object' },
  letters: { contactId: 'string', campaignId: 'string', steps: 'object' },
  message: { id: 'string', kind: ['in', 'out'], at: 'instant' },
  task: { id: 'string', kind: 'string', contactId: 'string', dueAt: 'instant', status: ['open', 'closed'] },
  alert: { id: 'string', kind: 'string', at: 'instant', delivered: 'object' },
  notice: { id: 'string', type: 'string', at: 'instant', sequence: 'number', waiting: 'array' },
  endpoints: { items: 'array', revision: 'number' },
  numbering: { contactId: 'string', last: 'number', ids: 'object' },
  attempt: { of: 'string', at: 'instant', way: 'string', outcome: 'string' },
  arrival: { id: 'string', rawKey: 'string', at: 'instant', recipients: 'array', verdicts: 'object' },
  import: {
    id: 'string',
    createdAt: 'instant',
    status: ['waiting', 'running', 'done', 'failed'],
    done: 'number',
  },
  erasure: { contactId: 'string', askedAt: 'instant' },
  audit: { id: 'string', at: 'instant', actor: 'string', operation: 'string', status: 'number' },
  retention: { auditDays: 'number' },
  allowance: { perSecond: 'number', at: 'instant' },
  repeat: { id: 'string', at: 'instant', fingerprint: 'string', startedAt: 'instant', run: 'string' },
};
const STATE: Fields = { contactId: 'string', standing: 'object', because: 'array', becauseCount: 'number' };
const STANDING: Fields = { kind: ['open', 'suppressed'] };
const WALK: Fields = { id: 'string', campaignId: 'string', senderId: 'string', sent: 'array' };
const OPEN: Fields = { ...WALK, kind: ['open'], letter: 'object', holds: 'array' };
const ENDED: Fields = { ...WALK, kind: ['ended'], end: 'object', endedAt: 'instant' };
const LETTERS: Readonly<Record<string, Fields>> = {
  planned: { step: 'number', dueAt: 'instant' },
  sending: { step: 'number', claim: 'string', claimedAt: 'instant' },
  unknown: { step: 'number', claim: 'string', claimedAt: 'instant', since: 'instant' },
};
const BECAUSE: Fields = { at: 'instant', rule: 'string' };

export function readDocument<K extends Kind>(kind: K, item: Item): Documents[K] {
  return checked<Documents[K]>(item, 'document', item.document, DOCUMENT_FIELDS[kind]);
}

export function readState(item: Item): { readonly state: ContactState; readonly version: string } {
  const state = checked<ContactState>(item, 'document', unpacked(item.document), STATE);
  checked(item, 'standing', state.standing, STANDING);
  const walk = state.enrollment;
  if (walk) {
    checked(item, 'enrollment', walk, walk.kind === 'open' ? OPEN : ENDED);
    if (walk.letter) checked(item, 'letter', walk.letter, LETTERS[walk.letter.kind] ?? { kind: [] });
  }
  if (typeof item.version !== 'string') throw corrupt(item, 'version');
  return { state, version: item.version };
}

/** Version 1 has a list where version 2 has bytes. */
function unpacked(document: unknown): unknown {
  if (!isObject(document) || !(document.because instanceof Uint8Array)) return document;
  return { ...document, because: unpackBecause(document.because) };
}

export const readWalk = (item: Item): EndedEnrollment => checked(item, 'document', item.document, ENDED);
export const readBecause = (item: Item): Because => checked(item, 'document', item.document, BECAUSE);

/** The attribute of an item that holds no document. */
export function readAttribute(item: Item, name: string, shape: Shape): unknown {
  if (!fits(item[name], shape)) throw corrupt(item, name);
  return item[name];
}

function checked<Value>(item: Item, where: string, value: unknown, fields: Fields): Value {
  checkSchema(item);
  if (!isObject(value)) throw corrupt(item, where);
  for (const [name, shape] of Object.entries(fields)) {
    if (!fits(value[name], shape)) throw corrupt(item, `${where}.${name}`);
  }
  return value as Value;
}

function fits(value: unknown, shape: Shape): boolean {
  if (typeof shape !== 'string') return typeof value === 'string' && shape.includes(value);
  switch (shape) {
    case 'array':
      return Array.isArray(value);
    case 'object':
      return isObject(value);
    case 'instant':
      return typeof value === 'string' && INSTANT.test(value);
    default:
      return typeof value === shape && value !== '';
  }
}

/** Better an alarm than a new item read by old rules: it is read as soon as that deployment is through, or rolled back. */
function checkSchema({ pk, sk, v = 1 }: Item): void {
  if (v === SCHEMA || v === SCHEMA - 1) return;
  throw new Error(
    `The item ${pk} / ${sk} has the shape ${String(v)}; this version reads ${SCHEMA - 1} and ${SCHEMA}.`,
  );
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const corrupt = (item: Item, field: string): Error =>
  new Error(`The item ${item.pk} / ${item.sk} is corrupt: ${field}.`);

/** `undefined` where the item has no such attribute. */
export const instantOf = (item: Item, name: string): Instant | undefined =>
  item[name] === undefined ? undefined : (readAttribute(item, name, 'instant') as Instant);
