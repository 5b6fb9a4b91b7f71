/** What the salesperson did by hand: at a decent hour, in the right order, with the right number, and to what effect. */
import type { Deed } from '../../fixtures/demo/scenario-file.ts';
import { firstDeadline, followUpDeadline } from './check-missing.ts';
import { WEEK_MS } from './check-times.ts';
import { type Conversation, inLetter, inProspect } from './conversation.ts';
import { addWorkingDays, dayKind, isOff } from './days.ts';
import type { Done } from './input.ts';
import { instantAt, shown, wallOf } from './local-time.ts';
import { header } from './mime.ts';
import type { Rule, Violation } from './report.ts';

const HOUR = 3600;
const DAYTIME = { from: 10 * HOUR, to: 17 * HOUR };
/** A task is taken up within a minute or two of its hour. */
const TAKEN_UP_SECONDS = 180;
const MINUTE_MS = 60_000;
const IN_FLIGHT_MS = 8_000;
/** "2–3 working days" and "3–4", one more because the hour of the day may be over. */
const CALL_BY = { A: 4, B: 5 } as const;
const WHATSAPP_BY_DAYS = 4;

type Deeds = Conversation['done'];
const isTouch = ({ kind, outcome }: Done): boolean =>
  (kind === 'whatsapp' || kind === 'call') && outcome !== 'put-off';
const touches = ({ done }: Conversation): Deeds => done.filter(isTouch);
const sentOf = ({ done }: Conversation): Deeds => done.filter(({ outcome }) => outcome === 'sent');
const calls = ({ done }: Conversation): Deeds => done.filter(({ kind }) => kind === 'call');
const deedOf = <Kind extends Deed['kind']>({ prospect }: Conversation, kind: Kind) =>
  prospect.deeds.find((deed): deed is Extract<Deed, { kind: Kind }> => deed.kind === kind);
const isDaytime = (second: number): boolean =>
  second >= DAYTIME.from && second < DAYTIME.to + TAKEN_UP_SECONDS;

const hourFaults = (conversation: Conversation): Violation[] =>
  touches(conversation).flatMap((touch) => {
    const { country, zone } = conversation.prospect;
    const { date, second } = wallOf(touch.time, zone);
    if (isDaytime(second) && !isOff(dayKind(country, date))) return [];
    const detail = `${touch.kind} on ${shown(touch.time, zone)} there; 10:00–17:00 on working days`;
    return [inProspect(conversation, 'touch-at-a-bad-hour', detail, touch.at)];
  });

const digits = (text: string): string => text.replace(/[^0-9]/g, '');

/** The number behind the link stands in their own mail, or was known before. */
const numberFaults = (conversation: Conversation): Violation[] =>
  touches(conversation).flatMap((touch) => {
    const number = digits(/^(?:https:\/\/wa\.me\/|tel:)([+0-9]{6,20})/.exec(touch.link ?? '')?.[1] ?? '');
    const known = [
      ...conversation.prospect.phones,
      ...conversation.heard.filter(({ time }) => time < touch.time).map(({ mail }) => mail.text),
    ];
    if (number !== '' && known.some((text) => digits(text).includes(number))) return [];
    const detail = `${touch.link ?? 'no link'} leads to a number that they never gave`;
    return [inProspect(conversation, 'wrong-number', detail, touch.at)];
  });

const by = (conversation: Conversation, from: number, days: number): number => {
  const { country, zone } = conversation.prospect;
  return instantAt(
    addWorkingDays(country, wallOf(from, zone).date, days),
    DAYTIME.to + TAKEN_UP_SECONDS,
    zone,
  );
};

/** From when on, and until when, each deed must have been done; a run that ends before demands nothing. */
function* demands(conversation: Conversation): Generator<{ from: number; until: number; done: Deeds }> {
  const { first, followUp, heard, prospect, scenario } = conversation;
  const whatsapp = deedOf(conversation, 'whatsapp');
  const note = heard.find(({ answer }) => answer.kind === 'absence');
  if (whatsapp && note) {
    const from = note.time + whatsapp.putOffDays * 24 * HOUR * 1000;
    yield { from, until: by(conversation, from, WHATSAPP_BY_DAYS), done: sentOf(conversation) };
  }
  if (deedOf(conversation, 'call')) {
    const after = prospect.grade === 'A' ? [first, followUp] : [followUp];
    const days = prospect.grade === 'A' ? CALL_BY.A : CALL_BY.B;
    for (const letter of after) {
      if (!letter) continue;
      yield { from: letter.time, until: by(conversation, letter.time, days), done: calls(conversation) };
    }
  }
  const approval = deedOf(conversation, 'approval');
  if (approval) {
    const from = Date.parse(scenario.launchAt);
    const seen = conversation.done.filter(({ outcome }) => outcome === approval.outcome);
    yield { from, until: by(conversation, from, 1), done: seen };
  }
}

const undone = (conversation: Conversation): Violation[] =>
  [...demands(conversation)]
    .filter(({ until }) => until <= Date.parse(conversation.scenario.endsAt))
    .filter(({ from, until, done }) => !done.some(({ time }) => time >= from && time <= until))
    .map(({ until }) => {
      const words = conversation.prospect.deeds.map(({ kind }) => kind).join(', ');
      const when = new Date(until).toISOString();
      return inProspect(
        conversation,
        'deed-not-done',
        `no work for the salesperson (${words}) by ${when}`,
        when,
      );
    });

/** Nobody below A is called before their second letter. */
const earlyCalls = (conversation: Conversation): Violation[] => {
  if (conversation.prospect.grade === 'A') return [];
  const second = conversation.followUp?.time ?? Number.POSITIVE_INFINITY;
  return calls(conversation)
    .filter(({ time }) => time < second)
    .map(({ at }) =>
      inProspect(
        conversation,
        'called-too-early',
        `grade ${conversation.prospect.grade}, before the follow-up`,
        at,
      ),
    );
};

const ofLetters = (
  conversation: Conversation,
  rule: Rule,
  detail: string,
  isWrong: (time: number) => boolean,
) =>
  conversation.letters
    .filter((letter) => isWrong(letter.time))
    .map((letter) => inLetter(conversation, rule, letter, `${detail} (${header(letter.mail, 'subject')})`));

const effectFaults = (conversation: Conversation): Violation[] => {
  const { done, held, letters } = conversation;
  const sent = sentOf(conversation);
  const given = done.filter(({ kind, outcome }) => kind === 'approval' && outcome === 'given');
  return [
    ...ofLetters(conversation, 'letter-soon-after-whatsapp', 'within a week of a WhatsApp', (time) =>
      sent.some((one) => time > one.time && time < one.time + WEEK_MS - MINUTE_MS),
    ),
    ...(held
      ? ofLetters(
          conversation,
          'letter-to-held-colleague',
          'a colleague had answered',
          (time) => time > held.from + IN_FLIGHT_MS && time < held.to,
        )
      : []),
    ...(deedOf(conversation, 'approval')
      ? ofLetters(conversation, 'unapproved-letter', 'nobody had said yes', (time) => {
          const before = letters.filter((letter) => letter.time <= time).length;
          return given.filter((one) => one.time <= time).length < before;
        })
      : []),
  ];
};

const firstCall = (conversation: Conversation): number =>
  calls(conversation)[0]?.time ?? Number.POSITIVE_INFINITY;
const called = (conversations: readonly Conversation[], grade: string) =>
  conversations.filter(
    (one) => one.prospect.grade === grade && one.prospect.campaign === 'calls' && calls(one).length > 0,
  );

export const checkDeeds = (conversations: readonly Conversation[]): Violation[] => [
  ...conversations.flatMap((conversation) => [
    ...hourFaults(conversation),
    ...numberFaults(conversation),
    ...undone(conversation),
    ...earlyCalls(conversation),
    ...effectFaults(conversation),
  ]),
  ...called(conversations, 'A').flatMap((one) =>
    called(conversations, 'B')
      .filter((other) => firstCall(other) <= firstCall(one))
      .map((other) =>
        inProspect(other, 'called-out-of-order', `before ${one.prospect.key}, who is of grade A`),
      ),
  ),
];

/** What the run has shown, from the mails and the desk alone. */
export const deedFigures = (conversations: readonly Conversation[]) => {
  const count = (isShown: (conversation: Conversation) => boolean): number =>
    conversations.filter(isShown).length;
  const firstB = Math.min(...called(conversations, 'B').map(firstCall));
  return {
    waitedForMorning: count((one) => {
      const note = one.heard.find(({ answer }) => answer.kind === 'absence');
      const first = one.done.find(({ kind }) => kind === 'whatsapp');
      if (!note || !first || hourFaults(one).length > 0) return false;
      const [noted, met] = [note, first].map(({ time }) => wallOf(time, one.prospect.zone));
      return !isDaytime(noted?.second ?? 0) && isDaytime(met?.second ?? 0) && note.time < first.time;
    }),
    calledFirst: called(conversations, 'A').filter(
      (one) => firstCall(one) < firstB && firstB < Number.POSITIVE_INFINITY,
    ).length,
    colleaguesHeld: count(({ held, ...one }) => {
      if (!held || effectFaults({ held, ...one }).length > 0) return false;
      const due =
        one.first && one.first.time < held.from
          ? followUpDeadline({ held, ...one }, 'natural')
          : firstDeadline(one);
      return due !== undefined && due > held.from && due < held.to;
    }),
    movedByWhatsapp: count((one) => {
      const [sent] = sentOf(one);
      const natural = followUpDeadline(one, 'natural');
      const isMoved = sent && natural !== undefined && one.followUp && one.followUp.time > natural;
      return isMoved === true && one.followUp!.time >= sent.time + WEEK_MS - MINUTE_MS;
    }),
    stayedHome: count(
      (one) =>
        deedOf(one, 'approval')?.outcome === 'withheld' &&
        one.letters.length === 0 &&
        one.done.some(({ outcome }) => outcome === 'withheld') &&
        firstDeadline(one) !== undefined,
    ),
  };
};
