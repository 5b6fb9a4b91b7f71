/** The rows that did not come in, as the same sheet with four columns more: mend it, and send it again. */
import { REPORT_COLUMNS } from './csv/columns.ts';
import type { RowFault } from './csv/row-contact.ts';
import { CSV_START, csvLine } from './csv/write-csv.ts';
import { badRowsKey, type Import, reportKey } from './domain/import.ts';
import type { Files } from './ports.ts';

export type BadRow = {
  readonly number: number;
  readonly cells: readonly string[];
  readonly faults: readonly RowFault[];
};

/** More are only counted: a file with so many has the wrong columns, not wrong rows. */
export const REPORTED_MAX = 10_000;
const PART_BYTES_MAX = 16 * 1024 * 1024;
export const CSV_TYPE = 'text/csv; charset=utf-8';

/** One batch's bad rows, until the file is through. */
export const writeBadRows = (
  files: Files,
  id: string,
  firstRow: number,
  rows: readonly BadRow[],
): Promise<void> =>
  files.write(badRowsKey(id, firstRow), Buffer.from(JSON.stringify(rows)), 'application/json');

/** Puts the report together; answers how many rows stand in it. */
export async function writeReport(files: Files, one: Import): Promise<number> {
  const header = (one.columns ?? []).map((column) => column.header);
  const lines = [CSV_START + csvLine([...header, ...REPORT_COLUMNS.map((name) => `relance: ${name}`)])];
  for (const firstRow of one.badBatches) {
    const bytes = await files.read(badRowsKey(one.id, firstRow), 0, PART_BYTES_MAX);
    const rows = bytes ? (JSON.parse(Buffer.from(bytes).toString()) as readonly BadRow[]) : [];
    for (const row of rows) if (lines.length <= REPORTED_MAX) lines.push(reportLine(row, header.length));
  }
  if (lines.length > 1) await files.write(reportKey(one.id), Buffer.from(lines.join('')), CSV_TYPE);
  return lines.length - 1;
}

export function reportLine({ number, cells, faults }: BadRow, width: number): string {
  const own = Array.from({ length: width }, (_, at) => cells[at] ?? '');
  const columns = [...new Set(faults.map(({ column }) => column).filter((name) => name !== ''))];
  const reasons = [...new Set(faults.map(({ reason }) => reason))];
  const details = faults.map(({ detail }) => detail);
  return csvLine([...own, String(number), columns.join(', '), reasons.join(', '), details.join(' ')]);
}
