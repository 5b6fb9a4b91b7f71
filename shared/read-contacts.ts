/** A whole small file at once: what a form shows before anything is saved. */
import type { ContactInput } from './api/contacts.ts';
import { guessColumns } from './csv/columns.ts';
import { decodeText, type Encoding, inOnePiece } from './csv/decode-text.ts';
import { readRows } from './csv/read-rows.ts';
import { readRow } from './csv/row-contact.ts';

type RowError = {
  readonly row: number;
  readonly column: string;
  readonly reason: string;
  readonly detail: string;
};

/** The first `countMax` contacts and errors; throws `UnreadableCsv` for what is no CSV. */
export async function readContacts(
  bytes: Uint8Array,
  mapping: Readonly<Record<string, string>>,
  countMax: number,
) {
  let encoding: Encoding = 'utf8';
  const text = decodeText(inOnePiece(bytes), (found) => {
    encoding = found;
  });
  const { header, rows } = await readRows(text);
  const columns = guessColumns(header, { mapping });
  const contacts: ContactInput[] = [];
  const errors: RowError[] = [];
  let count = 0;
  for await (const { number, cells } of rows) {
    count = number;
    const read = readRow(cells, columns);
    if (read.kind === 'contact' && contacts.length < countMax) contacts.push(read.contact);
    if (read.kind === 'faults' && errors.length < countMax) {
      errors.push(...read.faults.map((fault) => ({ row: number, ...fault })));
    }
  }
  return { columns, encoding, rows: count, contacts, errors };
}
