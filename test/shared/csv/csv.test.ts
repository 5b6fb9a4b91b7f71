// Files as Excel, HubSpot, Apollo, Sales Navigator and Chinese sheets write them, read as people meant them.
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { guessColumns } from '../../../shared/csv/columns.ts';
import { countryOf } from '../../../shared/csv/country-names.ts';
import { decodeText, detectEncoding } from '../../../shared/csv/decode-text.ts';
import { readRows } from '../../../shared/csv/read-rows.ts';
import { readRow } from '../../../shared/csv/row-contact.ts';
import { csvLine, plainCell } from '../../../shared/csv/write-csv.ts';

async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function rowsOf(bytes: Uint8Array, size = 1_000_000) {
  const { header, delimiter, rows } = await readRows(decodeText(inPieces(bytes, size)));
  const cells: (readonly string[])[] = [];
  for await (const row of rows) cells.push(row.cells);
  return { header, delimiter, cells };
}

const SHEET = '邮箱,姓名,公司,国家\r\nli@acme.example,李明,宁波“海港”工具,德国\r\n';

describe('a file', () => {
  it.each([
    ['UTF-8', iconv.encode(SHEET, 'utf8')],
    ['UTF-8 with a mark', iconv.encode(SHEET, 'utf8', { addBOM: true })],
    ['UTF-16 LE with a mark', iconv.encode(SHEET, 'utf16le', { addBOM: true })],
    ['UTF-16 LE without', iconv.encode('a,b,c,d\r\nx@y.example,1,2,3\r\n', 'utf16le')],
    ['UTF-16 BE with a mark', iconv.encode(SHEET, 'utf16be', { addBOM: true })],
    ['GBK', iconv.encode(SHEET, 'gbk')],
    ['GB18030', iconv.encode(SHEET, 'gb18030')],
  ])('is read in %s, whatever the size of its pieces', async (_name, bytes) => {
    const whole = await rowsOf(bytes);
    expect(whole.header).toHaveLength(4);
    if (whole.header[0] !== 'a') expect(whole.cells[0]).toEqual(SHEET.split('\r\n')[1]?.split(','));
    // The guess needs a piece with a high byte in it; from there on the cut may be anywhere.
    for (const size of [40, 41, 57]) expect(await rowsOf(bytes, size)).toEqual(whole);
  });

  it('of a European Excel keeps its accents', async () => {
    const bytes = iconv.encode(
      'E-Mail;Vorname;Firma\r\na@b.example;Jürgen;Müller & Söhne\r\n',
      'windows-1252',
    );
    expect(detectEncoding(bytes)).toBe('windows-1252');
    expect((await rowsOf(bytes)).cells).toEqual([['a@b.example', 'Jürgen', 'Müller & Söhne']]);
  });

  it.each([
    [',', 'a,b\n1,2'],
    [';', 'a;b\n1;2'],
    ['\t', 'a\tb\n1\t2'],
    [';', 'sep=;\r\na;b\r\n1;2'],
    [';', '"a,x,y";b\n1;2'],
  ])('is cut at %j', async (delimiter, text) => {
    const read = await rowsOf(Buffer.from(text));
    expect({ delimiter: read.delimiter, row: read.cells[0] }).toEqual({ delimiter, row: ['1', '2'] });
  });

  it('with a quote that is never closed is refused, and says where', async () => {
    await expect(rowsOf(Buffer.from('a,b\n1,2\n3,"4\n5,6\n'))).rejects.toThrow(/never closed.*Line 4/);
    const endless = Buffer.from(`a,b\n"${'x,'.repeat(150_000)}`);
    await expect(rowsOf(endless, 10_000)).rejects.toThrow('never closed');
  });

  it('without a row is refused', async () => {
    await expect(rowsOf(Buffer.from(''))).rejects.toThrow('empty');
  });
});

describe('what we write', () => {
  it('comes back as it was, and no cell of it is a formula', async () => {
    const cell = fc.oneof(
      fc.string(),
      fc.constantFrom('=1+1', '+351 91', '-2', '@x', '\t=1', "'=x", ' a ', '"', '＝1'),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(cell, { minLength: 2, maxLength: 5 }), async (cells) => {
        const kept = cells.map((one) => one.replaceAll('\uFEFF', ''));
        const line = csvLine(kept);
        const { cells: rows } = await rowsOf(Buffer.from(csvLine(kept.map(() => 'h')) + line));
        const [read = kept.map(() => '')] = rows;
        expect(read.every((one) => !/^[=+\-@\t\r]/.test(one))).toBe(true);
        if (kept.some((one) => one.trim() !== '')) expect(read.map(plainCell)).toEqual(kept.map(plainCell));
      }),
      { numRuns: 300 },
    );
  });
});

const fieldsOf = (header: string, options = {}) =>
  guessColumns(header.split(','), options)
    .map(({ field }) => field)
    .join(' ');

describe('columns', () => {
  it.each([
    [
      'HubSpot',
      'Record ID,First Name,Last Name,Email,Phone Number,Contact owner,Lead Status,Company Name,Country/Region,Create Date',
      '- firstName lastName address phones - - company country -',
    ],
    [
      'Apollo',
      'First Name,Last Name,Title,Company Name,Company Name for Emails,Email,Email Status,Work Direct Phone,Mobile Phone,Country,# Employees',
      'firstName lastName title company - address - phones phones country fields.employees',
    ],
    [
      'Sales Navigator',
      'First Name,Last Name,URL,Email Address,Company,Position,Connected On',
      'firstName lastName - address company title -',
    ],
    [
      'a Chinese sheet',
      '序号,公司名称,姓名,职位,邮箱（必填）,手机号码,国家,客户等级,来源',
      '- company name title address phones country grade source',
    ],
    [
      'a template sheet',
      'email,Company,why,Monthly volume (t)',
      'address company fields.why fields.monthlyVolumeT',
    ],
  ])('of %s are known', (_name, header, fields) => expect(fieldsOf(header)).toBe(fields));

  it('with letters are parts of the own letter where the sequence has parts, and told mappings win', () => {
    const header = 'email,who,why,how,contact,subject,X';
    expect(fieldsOf(header, { hasOwnLetters: true, mapping: { x: 'company' } })).toBe(
      'address letters.0.who letters.0.why letters.0.how letters.0.contact letters.0.subject company',
    );
    expect(fieldsOf('Email,E-Mail', { mapping: { 'e-mail': 'address' } })).toBe('- address');
  });

  it.each([
    ['Portugal', 'PT'],
    ['pt', 'PT'],
    ['USA', 'US'],
    ['United Kingdom', 'GB'],
    ['德国', 'DE'],
    ['香港', 'HK'],
    ['Deutschland', 'DE'],
    ['Atlantis', undefined],
  ])('read %s as a country', (name, code) => expect(countryOf(name)).toBe(code));
});

const COLUMNS = guessColumns(['Email', 'Name', 'Country', 'Phone', 'Mobile', 'Grade', 'why']);
const read = (...cells: string[]) => readRow(cells, COLUMNS);

describe('a row', () => {
  it('becomes a contact', () => {
    const row = read(
      'ana@acme.example',
      'Silva, Ana',
      'Portugal',
      "'+351 912 345 678",
      '+351 21 000 00 00',
      'a',
      'x',
    );
    expect(row).toEqual({
      kind: 'contact',
      contact: {
        address: 'ana@acme.example',
        firstName: 'Ana',
        lastName: 'Silva',
        country: 'PT',
        phones: ['+351 912 345 678', '+351 21 000 00 00'],
        grade: 'A',
        fields: { why: 'x' },
      },
    });
    expect(read('x@y.example', '欧阳小明')).toMatchObject({
      contact: { lastName: '欧阳', firstName: '小明' },
    });
  });

  it.each([
    [['', 'Ana'], 'Email', 'no-address'],
    [['a@x.example; b@x.example'], 'Email', 'several-addresses'],
    [['a@x.example', 'A', 'Atlantis'], 'Country', 'unknown-country'],
    [['a@x.example', 'A', 'PT', '3.51912E+11'], 'Phone', 'shortened-number'],
    [['a@x.example', 'A', 'PT', '', '', 'E'], 'Grade', 'invalid'],
    [['a@x.example', 'J\uFFFDrgen'], 'Name', 'unreadable'],
    [['a@x.example', 'A', 'PT', '', '', 'A', 'why', 'and more'], '', 'too-many-cells'],
    [['a@x.example', 'x'.repeat(200)], 'Name', 'invalid'],
  ])('%j names column %j: %s', (cells, column, reason) => {
    const row = read(...cells);
    expect(row.kind === 'faults' ? row.faults[0] : row).toMatchObject({ column, reason });
  });
});
