/** A corpus score as people read it, and as one line of JSON. */
import type { Judged } from './judge.ts';
import { type KindScore, ratio, type Score, type Share, scoreLanguages, scoreOf } from './score.ts';

const MISSES_SHOWN = 60;
const WORDS_SHOWN = 110;

const percent = (value: number): string => `${(value * 100).toFixed(1)} %`.padStart(8);
const share = (name: string, value: Share): string =>
  `${name.padEnd(20)}${percent(ratio(value))}  ${value.right} of ${value.n}`;
const kindLine = (name: string, { precision, recall, n }: KindScore): string =>
  `${name.padEnd(14)}precision ${percent(precision)}  recall ${percent(recall)}  n ${n}`;

const confusionLines = ({ confusion }: Score): readonly string[] =>
  Object.entries(confusion).map(([wanted, row]) => {
    const cells = Object.entries(row)
      .sort((a, b) => b[1] - a[1])
      .map(([given, count]) => `${given} ${count}`);
    return `${wanted.padEnd(14)}read as ${cells.join(', ')}`;
  });

/** What a mail got wrong, worst first: a reply held back from a person is worse than any missing date. */
const missesOf = (item: Judged): readonly string[] => {
  const { label, reading, kind } = item;
  if (item.threw) return [`threw ${item.threw}`];
  const value = reading?.absence?.value;
  return [
    ...(kind !== undefined && kind !== label.kind ? [`${label.kind} read as ${kind}`] : []),
    ...(item.bounceClass === false ? [`${label.bounceClass} read as ${reading?.bounce?.value.class}`] : []),
    ...(item.returnDate === false ? [`returns ${label.absence?.returnOn}, read ${value?.returnOn}`] : []),
    ...(item.reason === false ? [`reason ${label.absence?.reason}, read ${value?.reason}`] : []),
    ...(item.intent === false ? [`intent ${label.intent}, read ${reading?.intent?.value.kind}`] : []),
    ...(item.authority === false
      ? [`authority ${label.authority}, read ${reading?.signature?.value.authority}`]
      : []),
    ...(['phones', 'people', 'owners', 'urgent'] as const).flatMap((name) => {
      const found = item[name];
      const isRight = !found || (found.right === found.wanted && found.right === found.given);
      return isRight ? [] : [`${name}: ${found.right} of ${found.wanted}, ${found.given} given`];
    }),
    ...(item.replyText === false ? ['reply text differs'] : []),
  ];
};

const evidenceOf = ({ reading }: Judged): string => {
  const shown = (reading?.kind.evidence ?? []).map((evidence) => {
    if (evidence.from === 'header') return `${evidence.name}: ${evidence.value}`;
    return evidence.from === 'structure' ? evidence.what : `"${evidence.words}"`;
  });
  return shown.join('; ').replace(/\s+/g, ' ').slice(0, WORDS_SHOWN);
};

const weight = (item: Judged): number => {
  if (item.threw) return 3;
  if (item.kind === undefined || item.kind === item.label.kind) return 0;
  return item.label.kind === 'reply' || item.label.kind === 'unsubscribe' ? 2 : 1;
};

export const missLines = (judged: readonly Judged[]): readonly string[] =>
  judged
    .filter((item) => missesOf(item).length > 0)
    .sort((a, b) => weight(b) - weight(a))
    .slice(0, MISSES_SHOWN)
    .map((item) => `${item.label.file}: ${missesOf(item).join('; ')} (${evidenceOf(item)})`);

export const printScore = (judged: readonly Judged[]): string => {
  const score = scoreOf(judged);
  const direct = scoreOf(judged.filter(({ label }) => !label.viaList));
  const { auto, phones, people } = score;
  return [
    `${score.n} mails, ${score.mailsPerSecond.toFixed(0)} a second, slowest ${score.slowestMs.toFixed(1)} ms, ${score.threw} threw`,
    '',
    ...Object.entries(score.kinds).map(([name, kind]) => kindLine(name, kind)),
    kindLine('automatic', { ...auto, n: 0 }).replace(/ n 0$/, ` missed ${auto.missed}, false ${auto.false}`),
    ...['reply', 'unsubscribe'].flatMap((name) => {
      const kind = direct.kinds[name];
      return kind ? [kindLine(name, kind).replace(/$/, ' without mails by list')] : [];
    }),
    '',
    ...confusionLines(score),
    '',
    share('absence or other', score.absenceOrOther),
    share('bounce class', score.bounceClass),
    share('return date', score.returnDate),
    share('reason', score.reason),
    share('reply text', score.replyText),
    share('intent', score.intent),
    share('authority', score.authority),
    `${kindLine('phones', phones)}  F1 ${percent(phones.f1)}`,
    share('phone owner', score.owners),
    share('phone urgent', score.urgent),
    `${kindLine('people', people)}  F1 ${percent(people.f1)}`,
    '',
    ...Object.entries(scoreLanguages(judged)).map(([name, one]) => {
      const kinds = Object.entries(one.kinds).map(
        ([kind, { recall, n }]) => `${kind} ${percent(recall).trim()} of ${n}`,
      );
      return `${name.padEnd(4)} n ${String(one.n).padStart(3)}  ${kinds.join(', ')}`;
    }),
    '',
    ...missLines(judged),
  ].join('\n');
};

const rounded = (value: number): number => Math.round(value * 10_000) / 10_000;

const jsonParts = (score: Score): object => ({
  n: score.n,
  kinds: Object.fromEntries(
    Object.entries(score.kinds).map(([name, { precision, recall, n }]) => [
      name,
      { precision: rounded(precision), recall: rounded(recall), n },
    ]),
  ),
  auto: { ...score.auto, precision: rounded(score.auto.precision), recall: rounded(score.auto.recall) },
  absenceOrOther: { exact: rounded(ratio(score.absenceOrOther)), n: score.absenceOrOther.n },
  bounceClass: rounded(ratio(score.bounceClass)),
  returnDate: { exact: rounded(ratio(score.returnDate)), n: score.returnDate.n },
  reason: { exact: rounded(ratio(score.reason)), n: score.reason.n },
  phones: {
    f1: rounded(score.phones.f1),
    n: score.phones.n,
    owner: rounded(ratio(score.owners)),
    urgent: rounded(ratio(score.urgent)),
  },
  people: { f1: rounded(score.people.f1), n: score.people.n },
  replyText: { match: rounded(ratio(score.replyText)), n: score.replyText.n },
  intent: { exact: rounded(ratio(score.intent)), n: score.intent.n },
  threw: score.threw,
  slowestMs: rounded(score.slowestMs),
});

/** One line. */
export const jsonScore = (judged: readonly Judged[]): string => {
  const score = scoreOf(judged);
  return JSON.stringify({
    ...jsonParts(score),
    languages: Object.fromEntries(
      Object.entries(scoreLanguages(judged)).map(([name, one]) => [name, jsonParts(one)]),
    ),
    confusion: score.confusion,
    mailsPerSecond: Math.round(score.mailsPerSecond),
  });
};
