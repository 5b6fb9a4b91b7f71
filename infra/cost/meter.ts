/**
 * Counts what AWS would bill, from the calls of a run. DynamoDB bills a write by the larger of both images in units of
 * 1 KB and each index entry beside it, a read by units of 4 KB (developer guide, "Read/write capacity mode").
 */
import type { FunctionCall, Observed } from '../local/in-function.ts';
import type { FunctionName } from '../queue-settings.ts';

/** As the document client takes and gives it: plain values. */
type Item = Readonly<Record<string, unknown>>;

export type Usage = {
  readonly units: Readonly<Record<UnitName, number>>;
  /** Write units by what was written: `state`, `message`. */
  readonly writes: Readonly<Record<string, number>>;
  /** Bytes that stay in the table and in the bucket. */
  readonly tableBytes: number;
  readonly mailBytes: number;
  readonly functions: Readonly<Partial<Record<FunctionName, FunctionUsage>>>;
};
export type FunctionUsage = { readonly invocations: number; readonly ms: number; readonly waitMs: number };
export type UnitName =
  | 'sesOut'
  | 'writeUnit'
  | 'readUnit'
  | 'schedule'
  | 'sqsSend'
  | 's3Get'
  | 'letters'
  | 'alerts';

const KB = 1_024;
const WRITE_BYTES = KB;
const READ_BYTES = 4 * KB;
/** DynamoDB adds it to every item and index entry that it stores. */
const OVERHEAD_BYTES = 100;

/** What a call takes in the same region, ms: DynamoDB promises single digits, the others are rounded up. */
const CALL_MS: Readonly<Record<string, number>> = { dynamodb: 5, sqs: 12, s3: 30, scheduler: 30, ses: 80 };

export function makeMeter() {
  const units: Record<UnitName, number> = {
    sesOut: 0,
    writeUnit: 0,
    readUnit: 0,
    schedule: 0,
    sqsSend: 0,
    s3Get: 0,
    letters: 0,
    alerts: 0,
  };
  const functions: Partial<Record<FunctionName, FunctionUsage>> = {};
  const stored = new Map<string, Item>();
  const writes: Record<string, number> = {};
  let mailBytes = 0;
  const add = (name: FunctionName, more: Partial<FunctionUsage>): void => {
    const { invocations = 0, ms = 0, waitMs = 0 } = functions[name] ?? {};
    functions[name] = {
      invocations: invocations + (more.invocations ?? 0),
      ms: ms + (more.ms ?? 0),
      waitMs: waitMs + (more.waitMs ?? 0),
    };
  };
  let marks = 0;
  const count = (call: FunctionCall): void => {
    // It looks every quarter of an hour, whether there is one contact or a million: no cost of a contact.
    if (call.function === 'reconcile') {
      if (call.operation === 'SendMessage') marks += 1;
      // But whoever took a place is looked at once.
      if (isOfContact(call)) countTable(call, units, stored, writes);
      return;
    }
    add(call.function, { waitMs: CALL_MS[call.service] ?? 0 });
    if (call.service === 'dynamodb') countTable(call, units, stored, writes);
    else if (call.service === 'sqs' && call.operation === 'SendMessage') units.sqsSend += 1;
    else if (call.service === 'scheduler') units.schedule += 1;
    else if (call.service === 's3') units.s3Get += 1;
    else if (call.service === 'ses' && call.output?.MessageId !== undefined) {
      // A throttled call costs nothing and is asked again.
      units.sesOut += 1;
      const tags = JSON.stringify(call.input.Tags ?? []);
      units[tags.includes('"enrollment"') ? 'letters' : 'alerts'] += 1;
    }
  };
  return {
    observe: (observed: Observed): void => {
      if (observed.kind === 'call') count(observed);
      else add(observed.function, { invocations: 1, ms: observed.ms });
    },
    /** A mail that SES put into the bucket. */
    received: (bytes: number): void => {
      mailBytes += bytes;
    },
    usage: (): Usage => ({
      units: { ...units },
      writes: { ...writes },
      functions: withoutMarks(functions, marks),
      mailBytes,
      tableBytes: [...stored.values()].reduce((sum, item) => sum + sizeOf(item) + OVERHEAD_BYTES, 0),
    }),
  };
}

function countTable(
  { operation, input, output = {} }: FunctionCall,
  units: Record<UnitName, number>,
  stored: Map<string, Item>,
  writes: Record<string, number>,
): void {
  const written = (key: Item, count: number): void => {
    units.writeUnit += count;
    writes[wordOf(key)] = (writes[wordOf(key)] ?? 0) + count;
  };
  const put = (item: Item): void => {
    written(item, writeUnits(stored.get(keyOf(item)), item));
    stored.set(keyOf(item), item);
  };
  if (operation === 'PutItem') {
    put(input.Item as Item);
  } else if (operation === 'BatchWriteItem') {
    // What comes back unprocessed was not billed, and is asked for again.
    const back = new Set(putsOf(output.UnprocessedItems).map(keyOf));
    for (const item of putsOf(input.RequestItems)) if (!back.has(keyOf(item))) put(item);
  } else if (operation === 'UpdateItem' || operation === 'DeleteItem') {
    // The mark of the fence is reconcile's too.
    if ((input.Key as Item | undefined)?.pk === 'inbound') return;
    // Counts and gates: small items, one unit, also where the condition fails. What makes one watched may write its entry.
    const isWatched = String(input.UpdateExpression).includes('duePk = :');
    written(input.Key as Item, isWatched ? 2 : 1);
  } else if (operation === 'GetItem') {
    units.readUnit += readUnits([(output.Item ?? {}) as Item], true);
  } else if (operation === 'BatchGetItem') {
    const items = Object.values((output.Responses ?? {}) as Record<string, Item[]>).flat();
    for (const item of items) units.readUnit += readUnits([item], true);
  } else if (operation === 'Query') {
    // A query is billed by what it read in all, an index at half price.
    units.readUnit += readUnits((output.Items ?? []) as Item[], input.ConsistentRead === true);
  }
}

const putsOf = (requests: unknown): readonly Item[] =>
  Object.values((requests ?? {}) as Record<string, { readonly PutRequest?: { readonly Item: Item } }[]>)
    .flat()
    .flatMap(({ PutRequest }) => (PutRequest ? [PutRequest.Item] : []));

/** The state of one contact, read by itself. */
const isOfContact = ({ operation, input }: FunctionCall): boolean =>
  operation === 'GetItem' && String((input.Key as Item | undefined)?.pk).startsWith('contact#');

/** Marks come through `receive-mail`: their share of its runs is no cost of a contact. */
function withoutMarks(
  functions: Readonly<Partial<Record<FunctionName, FunctionUsage>>>,
  marks: number,
): Usage['functions'] {
  const inbound = functions['receive-mail'];
  if (!inbound) return { ...functions };
  const left = Math.max(0, inbound.invocations - marks);
  const share = inbound.invocations === 0 ? 0 : left / inbound.invocations;
  return {
    ...functions,
    'receive-mail': { invocations: left, ms: inbound.ms * share, waitMs: inbound.waitMs },
  };
}

/** `contact#… / message#…` → `message`, `quota#… / 2026-11-17` → `quota`. */
const wordOf = ({ pk, sk }: Item): string => {
  const [word = ''] = String(sk).split('#');
  return /^[a-z]+$/.test(word) ? word : (String(pk).split('#')[0] ?? '');
};

const keyOf = (item: Item): string => `${String(item.pk)}\n${String(item.sk)}`;
const ceil = (bytes: number, unit: number): number => Math.max(1, Math.ceil(bytes / unit));

function writeUnits(before: Item | undefined, after: Item): number {
  const own = ceil(Math.max(before ? sizeOf(before) : 0, sizeOf(after)), WRITE_BYTES);
  return (
    own + entryWrites(before, after, ['listPk', 'listSk']) + entryWrites(before, after, ['duePk', 'dueAt'])
  );
}

/** An entry that moves is one deleted and one written; one that stays as it is costs nothing. */
function entryWrites(before: Item | undefined, after: Item, keys: readonly [string, string]): number {
  const entry = (item: Item | undefined) =>
    item?.[keys[0]] && item[keys[1]] ? keys.map((key) => String(item[key])).join('\n') : undefined;
  const [was, is] = [entry(before), entry(after)];
  if (was === is) return 0;
  return (was === undefined ? 0 : 1) + (is === undefined ? 0 : 1);
}

function readUnits(items: readonly Item[], isConsistent: boolean): number {
  const bytes = items.reduce((sum, item) => sum + sizeOf(item), 0);
  return ceil(bytes, READ_BYTES) * (isConsistent ? 1 : 0.5);
}

/** Names and values as DynamoDB counts them, near enough: its own numbers are a byte or two longer or shorter. */
export function sizeOf(item: Item): number {
  let bytes = 0;
  for (const [name, value] of Object.entries(item)) {
    if (value !== undefined) bytes += Buffer.byteLength(name) + valueSize(value);
  }
  return bytes;
}

function valueSize(value: unknown): number {
  if (typeof value === 'string') return Buffer.byteLength(value);
  if (typeof value === 'number') return Math.ceil(String(value).length / 2) + 1;
  if (value instanceof Uint8Array) return value.length;
  if (Array.isArray(value)) return value.reduce((sum: number, one) => sum + 1 + valueSize(one), 3);
  if (value instanceof Set) return [...value].reduce((sum: number, one) => sum + valueSize(one), 3);
  if (typeof value === 'object' && value !== null)
    return 3 + Object.keys(value).length + sizeOf(value as Item);
  return 1;
}
