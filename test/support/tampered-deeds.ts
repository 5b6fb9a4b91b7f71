/** More ways to spoil a run: what the salesperson did by hand, and the reasons that the product gives. */
import type { Path } from '../fixtures/demo/scenario-file.ts';
import type { Done } from './audit/input.ts';
import { addDays, instantAt, wallOf } from './audit/local-time.ts';
import type { Figures } from './audit/report.ts';
import type { IdealRun } from './ideal-run.ts';
import {
  answerOf,
  copyOf,
  firstTo,
  followUpTo,
  forbiddenFollowUp,
  prospectOf,
  type Tampering,
} from './tamperings.ts';

const DAY_MS = 86_400_000;

const deedsOf = (run: IdealRun, path: Path): Done[] =>
  run.desk.filter((one) => one.prospect === prospectOf(run, path).key);
const change = (run: IdealRun, old: Done, changed: Partial<Done>): void => {
  run.desk = run.desk.map((one) => (one === old ? { ...one, ...changed } : one));
};
const without = (run: IdealRun, path: Path, kind: Done['kind']): void => {
  const gone = deedsOf(run, path).filter((one) => one.kind === kind);
  run.desk = run.desk.filter((one) => !gone.includes(one));
};
/** The same day there, at another hour. */
const atHour = (run: IdealRun, path: Path, done: Done, hour: number): void => {
  const { zone } = prospectOf(run, path);
  const { date } = wallOf(Date.parse(done.at), zone);
  change(run, done, { at: new Date(instantAt(date, hour * 3600, zone)).toISOString() });
};
const withoutReasons = (run: IdealRun, rule: string): void => {
  run.state = { ...run.state, reasons: run.state.reasons.filter((one) => one.rule !== rule) };
};
const afterDays = (at: string, days: number): string =>
  new Date(Date.parse(at) + days * DAY_MS).toISOString();

export const DEED_TAMPERINGS: readonly Tampering[] = [
  [
    'a WhatsApp at night in São Paulo',
    'touch-at-a-bad-hour',
    (run) => atHour(run, 'absence-at-night', deedsOf(run, 'absence-at-night').at(-1)!, 22),
  ],
  [
    'a call on a Saturday',
    'touch-at-a-bad-hour',
    (run) => {
      const call = deedsOf(run, 'called-later')[0]!;
      const { zone } = prospectOf(run, 'called-later');
      let { date } = wallOf(Date.parse(call.at), zone);
      while (new Date(date).getUTCDay() !== 6) date = addDays(date, 1);
      change(run, call, { at: new Date(instantAt(date, 11 * 3600, zone)).toISOString() });
    },
  ],
  [
    'a WhatsApp to a number of nobody',
    'wrong-number',
    (run) => change(run, deedsOf(run, 'absence-at-night').at(-1)!, { link: 'https://wa.me/5511912345678' }),
  ],
  [
    'a call without a link',
    'wrong-number',
    (run) => change(run, deedsOf(run, 'called-first')[0]!, { link: '' }),
  ],
  ['a WhatsApp task that never came', 'deed-not-done', (run) => without(run, 'absence-at-night', 'whatsapp')],
  ['calls that never came', 'deed-not-done', (run) => without(run, 'called-first', 'call')],
  [
    'a letter for approval that nobody was shown',
    'deed-not-done',
    (run) => without(run, 'unapproved', 'approval'),
  ],
  [
    'a call to grade B before the follow-up',
    'called-too-early',
    (run) =>
      change(run, deedsOf(run, 'called-later')[0]!, { at: afterDays(firstTo(run, 'called-later').at, 1) }),
  ],
  [
    'grade B called before grade A',
    'called-out-of-order',
    (run) =>
      change(run, deedsOf(run, 'called-later')[0]!, { at: afterDays(firstTo(run, 'called-first').at, 0.1) }),
  ],
  [
    'a letter in the week after a WhatsApp',
    'letter-soon-after-whatsapp',
    (run) => {
      const sent = deedsOf(run, 'absence-at-night').at(-1)!;
      followUpTo(run, 'absence-at-night').at = afterDays(sent.at, 6);
    },
  ],
  [
    'a letter to a colleague while the company was held',
    'letter-to-held-colleague',
    (run) => {
      followUpTo(run, 'colleague').at = afterDays(answerOf(run, 'reply').at, 7);
    },
  ],
  [
    'a letter that nobody approved',
    'unapproved-letter',
    (run) => {
      const model = firstTo(run, 'approved');
      run.outbox.push({ ...copyOf(model, Date.parse(model.at)), to: prospectOf(run, 'unapproved').address });
    },
  ],
  [
    'a follow-up on the word for the first letter alone',
    'unapproved-letter',
    (run) => {
      run.desk.splice(run.desk.indexOf(deedsOf(run, 'approved').at(-1)!), 1);
    },
  ],
  [
    'a Monday avoided without saying why',
    'reason-not-given',
    (run) => withoutReasons(run, 'first-day-of-week'),
  ],
];

type Vanished = readonly [figure: keyof Figures, how: string, tamper: (run: IdealRun) => void];

/** A figure may not survive the loss of what it is read from, whatever else the run says. */
export const VANISHED: readonly Vanished[] = [
  ['weekStartsAvoided', 'no reason is given', (run) => withoutReasons(run, 'first-day-of-week')],
  ['waitedForMorning', 'no WhatsApp was written', (run) => without(run, 'absence-at-night', 'whatsapp')],
  [
    'waitedForMorning',
    'the note came by day',
    (run) => {
      answerOf(run, 'absence-at-night').at = afterDays(firstTo(run, 'absence-at-night').at, 1 / 24);
    },
  ],
  ['calledFirst', 'B was never called', (run) => without(run, 'called-later', 'call')],
  [
    'colleaguesHeld',
    'the salesperson let go before anything was due',
    (run) => change(run, deedsOf(run, 'reply')[0]!, { at: afterDays(answerOf(run, 'reply').at, 1) }),
  ],
  [
    'movedByWhatsapp',
    'the follow-up never came',
    (run) => {
      run.outbox.splice(run.outbox.indexOf(followUpTo(run, 'absence-at-night')), 1);
    },
  ],
  [
    'stayedHome',
    'it went',
    (run) => {
      const letter = forbiddenFollowUp(run, 'reply');
      run.outbox.push({ ...letter, to: prospectOf(run, 'unapproved').address });
    },
  ],
];
