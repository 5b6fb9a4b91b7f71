/** Their rows in reports of imports, and every export: copies that pass through the bucket for a week. */
import { readRows } from './csv/read-rows.ts';
import { CSV_START, csvLine } from './csv/write-csv.ts';
import { EXPORTS_PREFIX } from './domain/export.ts';
import { type Import, reportKey } from './domain/import.ts';
import { DAY, HOUR, msBetween } from './domain/instant.ts';
import { CSV_TYPE } from './import-report.ts';
import type { Ports } from './ports.ts';

/** The bucket forgets them after seven days. */
const FILES_KEPT_MS = 8 * DAY;
/** A link for a file is good for an hour; whoever has not used it by then cannot any more. */
const WAITED_FOR_MS = 2 * HOUR;
const REPORT_BYTES_MAX = 64 * 1024 * 1024;
const PAGES_MAX = 100;

/** `false`: an import is under way whose file may name them; the next sweep looks again. */
export async function sweepFiles(
  ports: Ports,
  isTheirs: (address: string | undefined) => boolean,
): Promise<boolean> {
  await removeExports(ports);
  const now = ports.clock.now();
  let isSettled = true;
  let after: string | undefined;
  for (let page = 0; page < PAGES_MAX; page++) {
    const found = await ports.store.listImports(after ? { after } : {});
    for (const one of found.items) {
      const ageMs = msBetween(one.createdAt, now);
      if (ageMs > FILES_KEPT_MS) return isSettled;
      const isUnderWay = one.status === 'running' || (one.status === 'waiting' && ageMs < WAITED_FOR_MS);
      if (isUnderWay) isSettled = false;
      else if (one.reported) await sweepReport(ports, one, isTheirs);
    }
    after = found.next;
    if (!after) return isSettled;
  }
  return isSettled;
}

/** They can be asked for again at any time, and then without this person. */
async function removeExports(ports: Ports): Promise<void> {
  for (let page = 0; page < PAGES_MAX; page++) {
    const { keys, next } = await ports.files.list(EXPORTS_PREFIX);
    for (const key of keys) await ports.files.remove(key);
    if (!next) return;
  }
}

async function sweepReport(
  ports: Ports,
  one: Import,
  isTheirs: (address: string | undefined) => boolean,
): Promise<void> {
  const bytes = await ports.files.read(reportKey(one.id), 0, REPORT_BYTES_MAX);
  if (!bytes) return;
  const text = Buffer.from(bytes).toString();
  const { header, rows } = await readRows(only(text));
  const kept = [CSV_START + csvLine(header)];
  let isChanged = false;
  for await (const { cells } of rows) {
    // A cell may hold several addresses: that can be the very reason why the row stands here.
    const isDoomed = cells.some((cell) => cell.includes('@') && cell.split(/[\s,;<>"'()]+/).some(isTheirs));
    if (isDoomed) isChanged = true;
    else kept.push(csvLine(cells));
  }
  if (isChanged) await ports.files.write(reportKey(one.id), Buffer.from(kept.join('')), CSV_TYPE);
}

async function* only(text: string): AsyncGenerator<string> {
  yield text;
}
