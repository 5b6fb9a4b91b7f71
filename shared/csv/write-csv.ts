/** CSV as we write it: RFC 4180, UTF-8 with the mark that Excel needs, and no cell that a spreadsheet would run. */

/** Without it Excel reads UTF-8 as the machine's old code page. */
export const CSV_START = '\uFEFF';

/**
 * OWASP, "CSV Injection": a cell that begins so is a formula, or becomes one once the tab or the line break is dropped.
 * An apostrophe in front makes it text; our own import takes it off again.
 */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/u;

export const csvLine = (cells: readonly string[]): string => `${cells.map(csvCell).join(',')}\r\n`;

export function csvCell(value: string): string {
  const safe = FORMULA.test(value) ? `'${value}` : value;
  return /[",;\t\r\n]|^\s|\s$|^'/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** What `csvCell`, or a careful spreadsheet, put in front. */
export const plainCell = (cell: string): string =>
  cell.startsWith("'") && FORMULA.test(cell.slice(1)) ? cell.slice(1) : cell;
