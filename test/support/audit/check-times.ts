/** Was each letter sent on a day and at an hour on which one may write to this prospect, and not too early? */
import { type Conversation, inLetter, type Letter } from './conversation.ts';
import { dayKind, firstDate, isFirstDayBack, isOff, isWeekEdge } from './days.ts';
import { addDays, shown, wallMillis, wallOf } from './local-time.ts';
import type { Violation } from './report.ts';

const HOUR = 3600;
export const WINDOWS = {
  first: { from: 9 * HOUR, to: 11.5 * HOUR, words: '09:00–11:30' },
  'follow-up': { from: 9 * HOUR, to: 16.5 * HOUR, words: '09:00–16:30' },
} as const;
/** A letter claimed in the window's last second is accepted a little after it. */
const ACCEPTANCE_SECONDS = 60;
export const WEEK_MS = 7 * 86_400_000;
const MINUTE_MS = 60_000;
/** "Without a date: 7 days." */
export const UNDATED_DAYS = 7;
const LONGEST_BREAK = 30;

const dayFaults = (conversation: Conversation, letter: Letter): Violation[] => {
  const { country, zone } = conversation.prospect;
  const { date } = wallOf(letter.time, zone);
  const when = shown(letter.time, zone);
  const kind = dayKind(country, date);
  if (kind === 'weekend')
    return [inLetter(conversation, 'letter-on-weekend', letter, `${when} in ${country}`)];
  if (kind === 'holiday')
    return [inLetter(conversation, 'letter-on-holiday', letter, `${when} is a holiday in ${country}`)];
  if (letter.role === 'first') return [];
  if (isWeekEdge(country, date))
    return [
      inLetter(
        conversation,
        'follow-up-on-week-edge',
        letter,
        `${when} is the first or last day of their week`,
      ),
    ];
  if (isFirstDayBack(country, date))
    return [
      inLetter(conversation, 'follow-up-on-first-day-back', letter, `${when} follows three or more days off`),
    ];
  return [];
};

const hourFaults = (conversation: Conversation, letter: Letter): Violation[] => {
  const window = WINDOWS[letter.role];
  const { second } = wallOf(letter.time, conversation.prospect.zone);
  if (second >= window.from && second < window.to + ACCEPTANCE_SECONDS) return [];
  const when = shown(letter.time, conversation.prospect.zone);
  return [
    inLetter(
      conversation,
      'wrong-hour',
      letter,
      `${when} local; a ${letter.role} letter goes ${window.words}`,
    ),
  ];
};

/**
 * A week is measured both as 168 hours and on the wall clock, and one of them suffices: across a change to summer
 * time "the same hour a week later" is 167 hours away.
 */
const weekFaults = (conversation: Conversation): Violation[] => {
  const { first, letters, prospect } = conversation;
  return letters
    .filter((letter) => letter.role === 'follow-up')
    .flatMap((letter) => {
      if (!first || first.time > letter.time)
        return [
          inLetter(conversation, 'follow-up-too-early', letter, 'no first letter was accepted before it'),
        ];
      const elapsed = letter.time - first.time;
      const onTheWall = wallMillis(letter.time, prospect.zone) - wallMillis(first.time, prospect.zone);
      if (Math.max(elapsed, onTheWall) >= WEEK_MS - MINUTE_MS) return [];
      const hours = Math.floor(elapsed / 3_600_000);
      return [
        inLetter(conversation, 'follow-up-too-early', letter, `only ${hours} hours after the first letter`),
      ];
    });
};

/** The day of return as a working day: a note that names a Saturday means the Monday after it. */
export const workingReturn = (country: string, returnOn: string): string =>
  firstDate(returnOn, LONGEST_BREAK, (date) => !isOff(dayKind(country, date))) ?? returnOn;

const absenceFaults = (conversation: Conversation, letter: Letter): Violation[] => {
  const { country, zone } = conversation.prospect;
  const { date } = wallOf(letter.time, zone);
  return conversation.heard
    .filter((mail) => mail.answer.kind === 'absence' && mail.time < letter.time)
    .flatMap((mail) => {
      const noted = wallOf(mail.time, zone).date;
      const back = mail.returnOn ? workingReturn(country, mail.returnOn) : undefined;
      const lastForbidden = back ?? addDays(noted, UNDATED_DAYS - 1);
      if (date > lastForbidden) return [];
      const because = back
        ? `the note gives ${mail.returnOn} as the day of return; the next letter goes a working day later at the earliest`
        : `the note of ${noted} gives no date; nothing goes for ${UNDATED_DAYS} days`;
      return [inLetter(conversation, 'letter-in-absence', letter, `${shown(letter.time, zone)}: ${because}`)];
    });
};

export const checkTimes = (conversation: Conversation): Violation[] => [
  ...conversation.letters.flatMap((letter) => [
    ...dayFaults(conversation, letter),
    ...hourFaults(conversation, letter),
    ...absenceFaults(conversation, letter),
  ]),
  ...weekFaults(conversation),
];
