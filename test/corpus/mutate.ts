/** Mutations of real mails, the same for the same seed: what a broken relay or a patient attacker would send. */

/** mulberry32. */
export const randomFrom = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
};

type Random = () => number;
type Mutation = (mail: Buffer, random: Random) => Buffer;

/** A mutated mail never grows beyond this. */
const BYTES_MAX = 512 * 1024;

/** Pieces that parsers stumble over. */
const PIECES: readonly string[] = [
  '\n\n\n\n',
  '> a\n',
  '\0',
  '=?utf-8?B?',
  '=?x?Q?=?=',
  '--b\n',
  'Content-Type: multipart/mixed; boundary=b\n\n--b\n',
  'Content-Type: message/rfc822\n\n',
  'Content-Type: text/plain; charset=utf-7; format=flowed\n',
  'Content-Transfer-Encoding: base64\n',
  '1 2 3 4 5 6 7 8 9 0 ',
  '+49 171 39 ',
  'On Mon wrote:\n',
  'From: x\nSent: y\n',
  '<blockquote>',
  '<td><table>',
  '&nbsp;&#x110000;',
  'until Monday ',
  '\u202e',
  'From: second@b.example\n',
];

const at = (mail: Buffer, random: Random): number => Math.floor(random() * (mail.length + 1));

const flip: Mutation = (mail, random) => {
  const copy = Buffer.from(mail);
  for (let count = 0; count < 1 + random() * 20; count++) copy[at(mail, random)] = Math.floor(random() * 256);
  return copy;
};
const insert: Mutation = (mail, random) => {
  const place = at(mail, random);
  const piece = PIECES[Math.floor(random() * PIECES.length)] ?? '';
  // Mostly once; now and then a few thousand times.
  const times = random() < 0.9 ? 1 : Math.floor(random() * 4_000);
  return Buffer.concat([mail.subarray(0, place), Buffer.from(piece.repeat(times)), mail.subarray(place)]);
};
const cut: Mutation = (mail, random) => {
  const from = at(mail, random);
  return Buffer.concat([mail.subarray(0, from), mail.subarray(from + Math.floor(random() * 400))]);
};
const repeat: Mutation = (mail, random) => {
  const from = at(mail, random);
  const piece = mail.subarray(from, from + Math.floor(random() * 300));
  const times = Math.floor(random() * 50);
  return Buffer.concat([
    mail.subarray(0, from),
    ...Array.from({ length: times }, () => piece),
    mail.subarray(from),
  ]);
};
const truncate: Mutation = (mail, random) => mail.subarray(0, at(mail, random));
const swapLines: Mutation = (mail, random) => {
  const lines = mail.toString('latin1').split('\n');
  const one = Math.floor(random() * lines.length);
  const other = Math.floor(random() * lines.length);
  [lines[one], lines[other]] = [lines[other] ?? '', lines[one] ?? ''];
  return Buffer.from(lines.join('\n'), 'latin1');
};
const wrap: Mutation = (mail, random) =>
  random() < 0.5
    ? Buffer.concat([Buffer.from('Content-Type: message/rfc822\nFrom: w@x.example\n\n'), mail])
    : Buffer.concat([Buffer.from('From: w@x.example\n\n---------- Forwarded message ----------\n'), mail]);

const MUTATIONS: readonly Mutation[] = [flip, insert, insert, cut, repeat, truncate, swapLines, wrap];

/** One to four mutations of a mail. */
export const mutate = (mail: Buffer, random: Random): Buffer => {
  let mutated = mail;
  const times = 1 + Math.floor(random() * 4);
  for (let count = 0; count < times; count++) {
    const mutation = MUTATIONS[Math.floor(random() * MUTATIONS.length)] ?? flip;
    mutated = mutation(mutated, random).subarray(0, BYTES_MAX);
  }
  return mutated;
};
