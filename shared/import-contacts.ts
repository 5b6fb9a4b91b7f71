/**
 * A file of contacts, row by row: read through once to see that it can be read, then settled in batches. After each batch
 * the import says how far it is; a run that dies is followed by one that goes on there. Never more than a batch in memory.
 */
import { guessColumns } from './csv/columns.ts';
import { decodeText, type Encoding } from './csv/decode-text.ts';
import { type Row, readRows, UnreadableCsv } from './csv/read-rows.ts';
import { type RowFault, readRow } from './csv/row-contact.ts';
import { plainCell } from './csv/write-csv.ts';
import { contactIdOf, normaliseAddress } from './domain/ids.ts';
import { badRowsKey, IMPORT_BYTES_MAX, type Import, sourceKey } from './domain/import.ts';
import { MINUTE } from './domain/instant.ts';
import { type BatchRow, settleBatch } from './import-batch.ts';
import { type BadRow, writeBadRows, writeReport } from './import-report.ts';
import type { Ports } from './ports.ts';
import { makeSeenRows, type SeenRows } from './seen-rows.ts';

export const IMPORT_ROWS_MAX = 100_000;
/** S3 is asked for one piece after the other: no connection waits open while a batch is settled. */
const PIECE_BYTES = 1024 * 1024;
const BATCH_ROWS = 500;
/** Half a minute's work; then the import queues itself, far from Lambda's end. */
const BATCHES_PER_RUN = 5;
const WAITS_MS = 5 * MINUTE;

/** One invocation's share. Throws only on surprises: the queue then asks again, and nothing is done twice. */
export async function runImport(ports: Ports, importId: string): Promise<void> {
  let one = await ports.store.load('import', importId);
  // A file that nobody announced: its bucket forgets it.
  if (!one) return;
  if (one.status === 'waiting') one = await begin(ports, one);
  if (one?.status === 'running') one = await goOn(ports, one);
  if (one && isOver(one)) await tidyUp(ports, one);
}

async function* piecesOf(ports: Ports, importId: string): AsyncGenerator<Uint8Array> {
  for (let from = 0; from <= IMPORT_BYTES_MAX; from += PIECE_BYTES) {
    const piece = await ports.files.read(sourceKey(importId), from, PIECE_BYTES);
    if (!piece) throw new UnreadableCsv('The file is gone. Send it again.');
    if (piece.length > 0) yield piece;
    if (piece.length < PIECE_BYTES) return;
  }
  throw new UnreadableCsv(`The file has more than ${IMPORT_BYTES_MAX / 1024 / 1024} MB: cut it in two.`);
}

/** The first reading: everything that would stop the file half way is found before its first row comes in. */
async function begin(ports: Ports, one: Import): Promise<Import | undefined> {
  try {
    let encoding: Encoding = 'utf8';
    const text = decodeText(piecesOf(ports, one.id), (found) => {
      encoding = found;
    });
    const { header, rows } = await readRows(text);
    const columns = guessColumns(header, {
      mapping: one.mapping ?? {},
      hasOwnLetters: await hasParts(ports, one),
    });
    if (!columns.some(({ field }) => field === 'address')) {
      const mapping = 'name it in the header, or in the mapping: {"Header": "address"}';
      throw new UnreadableCsv(`No column holds the mail address: ${mapping}. Columns: ${header.join(', ')}.`);
    }
    let count = 0;
    for await (const row of rows) count = row.number;
    if (count > IMPORT_ROWS_MAX) {
      throw new UnreadableCsv(`The file has ${count} rows; keep to ${IMPORT_ROWS_MAX}: cut it in two.`);
    }
    const startedAt = ports.clock.now();
    return change(ports, one, { status: 'running', columns, encoding, rows: count, startedAt });
  } catch (error) {
    if (!(error instanceof UnreadableCsv)) throw error;
    return fail(ports, one, error.message);
  }
}

/** Letters that have parts have columns for them; else such columns are fields of a template. */
async function hasParts(ports: Ports, { campaignId }: Import): Promise<boolean> {
  const campaign = campaignId && (await ports.store.load('campaign', campaignId));
  if (!campaign) return false;
  const sequence = await ports.store.load('sequence', campaign.sequenceId, campaign.sequenceVersion);
  const first = sequence?.steps[0];
  return first?.kind === 'letter' && first.body === undefined;
}

async function goOn(ports: Ports, begun: Import): Promise<Import | undefined> {
  const columns = begun.columns ?? [];
  const addressAt = columns.findIndex(({ field }) => field === 'address');
  const seen = makeSeenRows();
  const batchRows = ports.settings.importBatchRows ?? BATCH_ROWS;
  const { rows } = await readRows(decodeText(piecesOf(ports, begun.id)));
  let one: Import | undefined = begun;
  let batch: Looked[] = [];
  for await (const row of rows) {
    const looked = look(ports, row, addressAt, seen);
    if (row.number <= begun.done) continue;
    batch.push(looked);
    if (batch.length < batchRows) continue;
    one = await settle(ports, one, batch);
    batch = [];
    if (one?.status !== 'running') return one;
    if (one.done - begun.done >= batchRows * BATCHES_PER_RUN && one.done < (one.rows ?? 0)) {
      await ports.timers.queueImport(one.id);
      return undefined;
    }
  }
  if (batch.length > 0) one = await settle(ports, one, batch);
  if (one?.status !== 'running') return one;
  const reported = await writeReport(ports.files, one);
  return change(ports, one, { status: 'done', reported, finishedAt: ports.clock.now() });
}

type Looked = { readonly row: Row; readonly firstRow: number };

/** Rows that are settled already are looked at for their address alone: a later row may repeat it. */
function look(ports: Ports, row: Row, addressAt: number, seen: SeenRows): Looked {
  const address = normaliseAddress(plainCell((row.cells[addressAt] ?? '').trim()).replace(/^mailto:/i, ''));
  const firstRow = address
    ? seen.firstRow(contactIdOf(ports.ids.contactSecret, address), row.number)
    : row.number;
  return { row, firstRow };
}

/** One batch and the word that it is done. `undefined`: another run is at work, or it is to wait. */
async function settle(ports: Ports, one: Import, batch: readonly Looked[]): Promise<Import | undefined> {
  const columns = one.columns ?? [];
  const good: BatchRow[] = [];
  const bad: BadRow[] = [];
  for (const { row, firstRow } of batch) {
    const read = readRow(row.cells, columns);
    if (firstRow !== row.number) bad.push({ ...row, faults: [duplicateOf(firstRow, columns)] });
    else if (read.kind === 'faults') bad.push({ ...row, faults: read.faults });
    else good.push({ number: row.number, contact: read.contact });
  }
  const firstRow = one.done + 1;
  const settled = await settleBatch(ports, one, firstRow, good, columns);
  if (settled.kind === 'failed') return fail(ports, one, settled.why);
  if (settled.kind === 'waits') {
    await ports.timers.queueImport(one.id, WAITS_MS);
    return undefined;
  }
  for (const { number, faults } of settled.refused) {
    const cells = batch.find(({ row }) => row.number === number)?.row.cells ?? [];
    bad.push({ number, cells, faults });
  }
  bad.sort((a, b) => a.number - b.number);
  if (bad.length > 0) await writeBadRows(ports.files, one.id, firstRow, bad);
  const after = await change(ports, one, {
    done: one.done + batch.length,
    accepted: one.accepted + settled.accepted,
    refused: one.refused + bad.length,
    ...(bad.length > 0 ? { badBatches: [...one.badBatches, firstRow] } : {}),
  });
  // It ended while this run was frozen: the report is made, and nobody else knows of the part just written.
  if (after && isOver(after) && bad.length > 0) await ports.files.remove(badRowsKey(one.id, firstRow));
  return after;
}

const isOver = ({ status }: Import): boolean => status === 'done' || status === 'failed';

function duplicateOf(firstRow: number, columns: Import['columns'] & {}): RowFault {
  const column = columns.find(({ field }) => field === 'address')?.header ?? '';
  return {
    column,
    reason: 'duplicate',
    detail: `The same address stands in row ${firstRow}: delete one of the two.`,
  };
}

/** What was refused before it stopped is reported all the same. */
async function fail(ports: Ports, one: Import, failure: string): Promise<Import | undefined> {
  const reported = await writeReport(ports.files, one);
  return change(ports, one, { status: 'failed', failure, reported, finishedAt: ports.clock.now() });
}

/**
 * Only from where this run knows it to be. Who finds it elsewhere cannot tell a run that is at work from one that died, or
 * from an own save whose answer was lost: so the import is queued once more, and goes on wherever it stands. One that is
 * over is answered as it stands.
 */
async function change(ports: Ports, one: Import, what: Partial<Import>): Promise<Import | undefined> {
  const after = { ...one, ...what };
  const saved = await ports.store.replace('import', one, after, ['status', 'done']);
  if (saved === 'saved') return after;
  const stands = await ports.store.load('import', one.id);
  if (stands && isOver(stands)) return stands;
  await ports.timers.queueImport(one.id, MINUTE);
  return undefined;
}

/** What it was made of is people's data, and has done its service; the report stays until its bucket forgets it. */
async function tidyUp(ports: Ports, one: Import): Promise<void> {
  for (const row of one.badBatches) await ports.files.remove(badRowsKey(one.id, row));
  await ports.files.remove(sourceKey(one.id));
}
