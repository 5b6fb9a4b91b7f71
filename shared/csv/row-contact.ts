/** One row becomes a contact as the API takes it, or the cells that keep it from being one, each with what mends it. */
import { ContactInput } from '../api/contacts.ts';
import { wordIssue } from '../api.ts';
import type { Column } from './columns.ts';
import { countryOf } from './country-names.ts';
import { plainCell } from './write-csv.ts';

export type RowFault = {
  /** The column's own header; empty: the row as a whole. */
  readonly column: string;
  readonly reason: string;
  readonly detail: string;
};
export type RowRead =
  | { readonly kind: 'contact'; readonly contact: ContactInput }
  | { readonly kind: 'faults'; readonly faults: readonly RowFault[] };

/** What a mapping may name besides `fields.NAME`, `letters.STEP.PART` and `-`. */
export const PLAIN_FIELDS = [
  ...['address', 'firstName', 'lastName', 'name', 'title', 'company', 'country', 'region', 'city', 'zone'],
  ...['phones', 'language', 'grade', 'source', 'lawfulBasis'],
] as const;
export const MAPPED_FIELD =
  /^(?:-|fields\.[A-Za-z][A-Za-z0-9_]{0,39}|letters\.\d{1,2}\.(?:subject|who|why|how|contact|body))$/;
export const isMappedField = (field: string): boolean =>
  MAPPED_FIELD.test(field) || PLAIN_FIELDS.some((one) => one === field);

type Draft = Record<string, unknown> & {
  phones: string[];
  fields: Record<string, string>;
  letters: Record<string, Record<string, string>>;
};

/** `cells` in the order of `columns`. Suppressions, owners and letters are looked at later, for all rows alike. */
export function readRow(cells: readonly string[], columns: readonly Column[]): RowRead {
  const surplus = cells.slice(columns.length).some((cell) => cell.trim() !== '');
  const faults: RowFault[] = surplus
    ? [
        fault(
          '',
          'too-many-cells',
          'The row has more cells than the header: put quotes round a cell with a comma in it.',
        ),
      ]
    : [];
  const draft: Draft = { phones: [], fields: {}, letters: {} };
  columns.forEach(({ header, field }, at) => {
    const value = plainCell((cells[at] ?? '').trim());
    if (value === '' || field === '-') return;
    if (value.includes('\uFFFD')) {
      faults.push(
        fault(header, 'unreadable', 'These characters cannot be read: save the file as "CSV UTF-8".'),
      );
      return;
    }
    const wrong = put(draft, field, value);
    if (wrong) faults.push(fault(header, wrong.reason, wrong.detail));
  });
  if (draft.address === undefined && faults.length === 0) {
    const column = headerOf('/address', columns);
    faults.push(fault(column, 'no-address', 'There is no mail address: write one, or delete the row.'));
  }
  if (faults.length > 0) return { kind: 'faults', faults };
  const read = ContactInput.safeParse(tidy(draft), { error: wordIssue });
  if (read.success) return { kind: 'contact', contact: read.data };
  const issues = read.error.issues.map(({ path, message }) =>
    fault(headerOf(`/${path.join('/')}`, columns), 'invalid', message),
  );
  return { kind: 'faults', faults: issues };
}

const fault = (column: string, reason: string, detail: string): RowFault => ({ column, reason, detail });

/** The column in which the value at this pointer stood; several telephone columns are named together. */
export function headerOf(pointer: string, columns: readonly Column[]): string {
  const [, root = '', ...rest] = pointer.split('/');
  const wanted = root === 'fields' || root === 'letters' ? [root, ...rest].join('.') : root;
  const named = columns.filter(({ field }) => field === wanted);
  const split =
    wanted === 'firstName' || wanted === 'lastName' ? columns.filter(({ field }) => field === 'name') : [];
  return [...named, ...split].map(({ header }) => header).join(', ');
}

type Wrong = { readonly reason: string; readonly detail: string };

function put(draft: Draft, field: string, value: string): Wrong | undefined {
  const [root, ...path] = field.split('.');
  if (root === 'fields') {
    draft.fields[path[0] ?? ''] = value;
    return undefined;
  }
  if (root === 'letters') {
    const [step = '0', part = 'body'] = path;
    draft.letters[step] = { ...draft.letters[step], [part]: value };
    return undefined;
  }
  switch (field) {
    case 'address':
      return putAddress(draft, value);
    case 'phones':
      return putPhones(draft, value);
    case 'name':
      Object.assign(draft, { ...splitName(value), ...pick(draft, 'firstName'), ...pick(draft, 'lastName') });
      return undefined;
    case 'country':
      return putCountry(draft, value);
    case 'grade':
      draft.grade = value.toUpperCase();
      return undefined;
    case 'language':
      draft.language = value.replace('_', '-');
      return undefined;
    default:
      draft[field] = value.replace(/\s+/gu, ' ');
      return undefined;
  }
}

function putAddress(draft: Draft, value: string): Wrong | undefined {
  const address = value.replace(/^mailto:/i, '');
  if (/@.*[;,\s]+.*@/.test(address.slice(0, 1_000))) {
    return {
      reason: 'several-addresses',
      detail: 'There are several addresses here: give each person a row.',
    };
  }
  draft.address = address;
  return undefined;
}

/** Excel shows a long number as 3.51912E+11, and saves what it shows. */
const SCIENTIFIC = /^\d(?:[.,]\d+)?E\+?\d{1,2}$/i;

function putPhones(draft: Draft, value: string): Wrong | undefined {
  const phones = value
    .split(/[;/,、；]|\s{2,}/u)
    .map((one) => one.trim())
    .filter((one) => one !== '');
  if (phones.some((one) => SCIENTIFIC.test(one))) {
    const detail =
      'A spreadsheet has shortened this number: format the column as text, and write +351912345678.';
    return { reason: 'shortened-number', detail };
  }
  draft.phones.push(...phones);
  return undefined;
}

function putCountry(draft: Draft, value: string): Wrong | undefined {
  const country = countryOf(value);
  draft.country = country;
  if (country) return undefined;
  const detail =
    'No such country. Write its English or Chinese name, or its code of two letters, such as PT.';
  return { reason: 'unknown-country', detail };
}

/** Two characters that are one family name. */
const DOUBLE_SURNAMES = /^(?:欧阳|司马|上官|诸葛|东方|皇甫|尉迟|公孙|慕容|司徒|夏侯|令狐|歐陽|諸葛|東方)/u;

/** "Ana Silva", "Silva, Ana" and 王小明 alike. One name alone is the first. */
function splitName(name: string): { firstName?: string; lastName?: string } {
  const whole = name.replace(/\s+/gu, ' ');
  if (/^\p{Script=Han}{2,4}$/u.test(whole)) {
    const chars = [...whole];
    const count = DOUBLE_SURNAMES.test(whole) && chars.length > 2 ? 2 : 1;
    return { lastName: chars.slice(0, count).join(''), firstName: chars.slice(count).join('') };
  }
  const [last, first, ...more] = whole.split(',').map((part) => part.trim());
  if (last && first && more.length === 0) return { firstName: first, lastName: last };
  const words = whole.split(' ');
  const firstName = words.slice(0, -1).join(' ');
  return firstName === '' ? { firstName: whole } : { firstName, lastName: words.at(-1) ?? '' };
}

const pick = (draft: Draft, name: string) => (draft[name] === undefined ? {} : { [name]: draft[name] });

/** Left out where nothing was said, as a careful client would. */
function tidy({ phones, fields, letters, ...rest }: Draft) {
  return {
    ...rest,
    ...(phones.length > 0 ? { phones: [...new Set(phones)] } : {}),
    ...(Object.keys(fields).length > 0 ? { fields } : {}),
    ...(Object.keys(letters).length > 0 ? { letters } : {}),
  };
}
