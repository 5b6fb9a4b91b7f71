// Sheets of contacts with a known number of bad rows of every sort, for whoever imports them.

export const HEADER = 'Email,First Name,Last Name,Company Name,Country,Phone Number,why';

/** A row of its own: an address of its own company. `n` from 0. */
export const goodRow = (n: number): string =>
  [
    `buyer${n}@firm${n}.example`,
    `Ana${n % 7}`,
    'Silva',
    `"Firm ${n}, Lda."`,
    ['Portugal', 'DE', '日本', 'France'][n % 4],
    '',
    `Your shop number ${n} in the street of house ${n * 7} repairs bikes of ${n % 13} kinds while people wait.`,
  ].join(',');

const BAD: readonly ((n: number) => readonly [row: string, reason: string])[] = [
  (n) => [`,Ana,Silva,Firm,PT,,row ${n}`, 'no-address'],
  (n) => [`buyer${n}at.firm.example,Ana,Silva,Firm,PT,,x`, 'invalid-address'],
  (n) => [`bad${n}@firm${n}.example,Ana,Silva,Firm,Atlantis,,x`, 'unknown-country'],
  (n) => [`bad${n}@firm${n}.example,Ana,Silva,Firm,PT,12,x`, 'invalid-phone'],
  (n) => [`bad${n}@firm${n}.example,Ana,Silva,Firm,PT,3.51912E+11,x`, 'shortened-number'],
  () => ['buyer0@firm0.example,Ana,Silva,Firm,PT,,x', 'duplicate'],
  (n) => [`bad${n}@firm${n}.example,Ana,Silva,Firm,PT,,x,and,more`, 'too-many-cells'],
];

export type Sheet = {
  readonly text: string;
  readonly rows: number;
  readonly bad: readonly { readonly row: number; readonly reason: string }[];
};

/** `badCount` bad rows spread evenly among `rows`; row 1 is good. */
export function aSheet(rows: number, badCount: number): Sheet {
  const lines = [HEADER];
  const bad: { row: number; reason: string }[] = [];
  const every = badCount === 0 ? Number.POSITIVE_INFINITY : Math.floor((rows - 1) / badCount);
  for (let n = 0; n < rows; n++) {
    const make = n > 0 && n % every === 0 && bad.length < badCount ? BAD[bad.length % BAD.length] : undefined;
    const [line, reason] = make?.(n) ?? [goodRow(n), undefined];
    lines.push(line);
    if (reason) bad.push({ row: n + 1, reason });
  }
  return { text: `${lines.join('\r\n')}\r\n`, rows, bad };
}
