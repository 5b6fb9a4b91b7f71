/** A CSV file as rows of cells, read as it comes: comma, semicolon, tab or bar; quotes as RFC 4180 has them. */
import { Readable } from 'node:stream';
import { type CsvError, parse } from 'csv-parse';

export type Row = {
  /** 1 is the row below the header: what a person counts. */
  readonly number: number;
  readonly cells: readonly string[];
};

/** The file as a whole is at fault; `line` is where its editor shows it. */
export class UnreadableCsv extends Error {
  override readonly name = 'UnreadableCsv';
}

const DELIMITERS = [',', ';', '\t', '|'] as const;
/** A quote that is never closed swallows the rest of the file; this is where we stop believing in it. */
const RECORD_CHARS_MAX = 200_000;
/** Of the first line; a header longer than this is none. */
const HEADER_CHARS_MAX = 100_000;
export const COLUMNS_MAX = 300;

/** The header and the rows behind it. Throws `UnreadableCsv` at the place from which on nothing can be read. */
export async function readRows(text: AsyncIterable<string>): Promise<{
  readonly header: readonly string[];
  readonly delimiter: string;
  readonly rows: AsyncGenerator<Row>;
}> {
  const { delimiter, whole } = await beginText(text);
  const parser = Readable.from(whole, { objectMode: false }).pipe(
    parse({
      delimiter,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      skip_records_with_empty_values: true,
      max_record_size: RECORD_CHARS_MAX,
    }),
  );
  const records: AsyncIterator<string[]> = parser[Symbol.asyncIterator]();
  const next = () => records.next().catch((error: unknown) => Promise.reject(unreadable(error)));
  const first = await next();
  const header = first.done ? [] : first.value.map((cell) => cell.trim());
  if (header.length === 0) throw new UnreadableCsv('The file is empty. The first row names the columns.');
  if (header.length > COLUMNS_MAX) throw new UnreadableCsv(`Keep to ${COLUMNS_MAX} columns.`);
  const rows = async function* (): AsyncGenerator<Row> {
    for (let number = 1; ; number++) {
      const one = await next();
      if (one.done) return;
      yield { number, cells: one.value };
    }
  };
  return { header, delimiter, rows: rows() };
}

/** Holds back the first line only, to see what stands between its names; `sep=;` is Excel's own way to say it. */
async function beginText(text: AsyncIterable<string>) {
  const pieces = text[Symbol.asyncIterator]();
  let start = '';
  let isOver = false;
  while (!isOver && firstLineEnd(start) < 0 && start.length < HEADER_CHARS_MAX) {
    const piece = await pieces.next();
    isOver = piece.done === true;
    if (!piece.done) start += piece.value;
  }
  start = start.replace(/^\uFEFF/, '');
  const named = /^sep=([,;\t|])\r?\n/i.exec(start);
  if (named) start = start.slice(named[0].length);
  const end = firstLineEnd(start);
  const delimiter = named?.[1] ?? delimiterOf(start.slice(0, end < 0 ? HEADER_CHARS_MAX : end));
  const whole = async function* (): AsyncGenerator<string> {
    yield start;
    for (let piece = await pieces.next(); !piece.done; piece = await pieces.next()) yield piece.value;
  };
  return { delimiter, whole: whole() };
}

/** The first line break outside of quotes; -1 where there is none yet. */
function firstLineEnd(text: string): number {
  let isQuoted = false;
  for (let at = 0; at < text.length; at++) {
    const one = text[at];
    if (one === '"') isQuoted = !isQuoted;
    else if (!isQuoted && (one === '\n' || one === '\r')) return at;
  }
  return -1;
}

function delimiterOf(line: string): string {
  let isQuoted = false;
  const counts = new Map<string, number>();
  for (const one of line) {
    if (one === '"') isQuoted = !isQuoted;
    else if (!isQuoted) counts.set(one, (counts.get(one) ?? 0) + 1);
  }
  const [best] = DELIMITERS.toSorted((a, b) => (counts.get(b) ?? 0) - (counts.get(a) ?? 0));
  return best ?? ',';
}

function unreadable(error: unknown): unknown {
  const { code, lines } = error as Partial<CsvError> & { readonly lines?: number };
  if (typeof code !== 'string' || !code.startsWith('CSV_')) return error;
  const where = lines === undefined ? '' : ` Line ${lines} of the file.`;
  const what = /QUOTE|MAX_RECORD/.test(code)
    ? 'A quote (") opens here that is never closed; close it, or write "" for a quote inside a cell.'
    : 'From here on this is no CSV. Save it as "CSV UTF-8" and send it again.';
  return new UnreadableCsv(`${what}${where}`, { cause: error });
}
