/** Counts what `judge.ts` found into the scores of issue and floor: precision, recall, shares. */
import type { Judged, Matched } from './judge.ts';

export type KindScore = { readonly precision: number; readonly recall: number; readonly n: number };
export type Share = { readonly right: number; readonly n: number };

export type Score = {
  readonly n: number;
  readonly kinds: Readonly<Record<string, KindScore>>;
  /** Absence, auto-reply and left-company taken as one: a machine answered. */
  readonly auto: {
    readonly precision: number;
    readonly recall: number;
    readonly missed: number;
    readonly false: number;
  };
  /** Of the machines' answers found, those taken for the wrong sort. */
  readonly absenceOrOther: Share;
  readonly bounceClass: Share;
  readonly returnDate: Share;
  readonly reason: Share;
  readonly replyText: Share;
  readonly intent: Share;
  readonly authority: Share;
  readonly phones: KindScore & { readonly f1: number };
  readonly owners: Share;
  readonly urgent: Share;
  readonly people: KindScore & { readonly f1: number };
  readonly confusion: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly threw: number;
  readonly slowestMs: number;
  readonly mailsPerSecond: number;
};

const AUTOMATIC = new Set(['absence', 'auto-reply', 'left-company']);

/** Nothing asked, nothing wrong. */
export const ratio = ({ right, n }: Share): number => (n === 0 ? 1 : right / n);
const part = (right: number, of: number): number => (of === 0 ? 1 : right / of);

type Truth = 'bounceClass' | 'returnDate' | 'reason' | 'replyText' | 'intent' | 'authority';
const shareOf = (all: readonly Judged[], name: Truth): Share => {
  const known = all.filter((item) => item[name] !== undefined);
  return { right: known.filter((item) => item[name]).length, n: known.length };
};

const sum = (all: readonly Judged[], name: 'phones' | 'owners' | 'urgent' | 'people'): Matched =>
  all.reduce<Matched>(
    (total, { [name]: found }) => ({
      right: total.right + (found?.right ?? 0),
      wanted: total.wanted + (found?.wanted ?? 0),
      given: total.given + (found?.given ?? 0),
    }),
    { right: 0, wanted: 0, given: 0 },
  );

const f1Of = ({ right, wanted, given }: Matched): Score['phones'] => ({
  precision: part(right, given),
  recall: part(right, wanted),
  f1: part(2 * right, wanted + given),
  n: wanted,
});

const confusionOf = (all: readonly Judged[]): Record<string, Record<string, number>> => {
  const table: Record<string, Record<string, number>> = {};
  for (const { label, kind } of all) {
    if (kind === undefined) continue;
    const row = table[label.kind] ?? {};
    table[label.kind] = { ...row, [kind]: (row[kind] ?? 0) + 1 };
  }
  return table;
};

const kindsOf = (all: readonly Judged[]): Record<string, KindScore> => {
  const scored = all.filter(({ kind }) => kind !== undefined);
  const names = [...new Set(scored.map(({ label }) => label.kind))].sort();
  return Object.fromEntries(
    names.map((name) => {
      const wanted = scored.filter(({ label }) => label.kind === name);
      const right = wanted.filter(({ kind }) => kind === name).length;
      const given = scored.filter(({ kind }) => kind === name).length;
      return [name, { precision: part(right, given), recall: part(right, wanted.length), n: wanted.length }];
    }),
  );
};

const autoOf = (all: readonly Judged[]): Pick<Score, 'auto' | 'absenceOrOther'> => {
  const scored = all.filter(({ kind }) => kind !== undefined);
  const wanted = scored.filter(({ label }) => AUTOMATIC.has(label.kind));
  const given = scored.filter(({ kind }) => AUTOMATIC.has(kind ?? ''));
  const right = wanted.filter(({ kind }) => AUTOMATIC.has(kind ?? ''));
  const exact = right.filter(({ kind, label }) => kind === label.kind);
  return {
    auto: {
      precision: part(right.length, given.length),
      recall: part(right.length, wanted.length),
      missed: wanted.length - right.length,
      false: given.length - right.length,
    },
    absenceOrOther: { right: exact.length, n: right.length },
  };
};

const matchedShare = ({ right, wanted }: Matched): Share => ({ right, n: wanted });

export const scoreOf = (all: readonly Judged[]): Score => {
  const ms = all.map((item) => item.ms);
  const total = ms.reduce((before, one) => before + one, 0);
  return {
    n: all.length,
    kinds: kindsOf(all),
    ...autoOf(all),
    bounceClass: shareOf(all, 'bounceClass'),
    returnDate: shareOf(all, 'returnDate'),
    reason: shareOf(all, 'reason'),
    replyText: shareOf(all, 'replyText'),
    intent: shareOf(all, 'intent'),
    authority: shareOf(all, 'authority'),
    phones: f1Of(sum(all, 'phones')),
    owners: matchedShare(sum(all, 'owners')),
    urgent: matchedShare(sum(all, 'urgent')),
    people: f1Of(sum(all, 'people')),
    confusion: confusionOf(all),
    threw: all.filter(({ threw }) => threw !== undefined).length,
    slowestMs: Math.max(0, ...ms),
    mailsPerSecond: total === 0 ? 0 : (all.length * 1_000) / total,
  };
};

/** One score per language of the labels, most mails first. */
export const scoreLanguages = (all: readonly Judged[]): Readonly<Record<string, Score>> => {
  const names = [...new Set(all.map(({ label }) => label.language))];
  const grouped = names.map((name): [string, readonly Judged[]] => [
    name,
    all.filter(({ label }) => label.language === name),
  ]);
  return Object.fromEntries(
    grouped.sort((a, b) => b[1].length - a[1].length).map(([name, some]) => [name, scoreOf(some)]),
  );
};

/** Least shares, by the name of a score or as `kind recall` and `kind precision`. */
export type Floors = Readonly<Record<string, number>>;

type Shared = Truth | 'absenceOrOther' | 'owners' | 'urgent';

const measured = (score: Score, name: string): number => {
  const [kind = '', measure] = name.split(' ');
  const kindScore = kind === 'auto' ? score.auto : score.kinds[kind];
  if (measure === 'recall' || measure === 'precision') return kindScore?.[measure] ?? 1;
  if (name === 'phones' || name === 'people') return score[name].f1;
  return ratio(score[name as Shared]);
};

/** The scores that fell under their floors, in words. */
export const below = (score: Score, floors: Floors): readonly string[] =>
  Object.entries(floors)
    .filter(([name, floor]) => measured(score, name) < floor)
    .map(([name, floor]) => `${name} is ${measured(score, name).toFixed(4)}, was ${floor}`);
