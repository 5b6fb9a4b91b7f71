/** Where a letter did not go on its own day, does the product say so, and of that very day? */

import { WEEK_MS, WINDOWS } from './check-times.ts';
import { type Conversation, inLetter, type Letter } from './conversation.ts';
import { dayKind, isWeekStart } from './days.ts';
import { addDays, wallOf } from './local-time.ts';
import type { Violation } from './report.ts';
import { saidDay } from './said-day.ts';

/** The day on which a letter would go if every day were like every other. */
const ownDay = ({ first, prospect, scenario }: Conversation, letter: Letter): string | undefined => {
  if (letter.role === 'follow-up') return first && wallOf(first.time + WEEK_MS, prospect.zone).date;
  const { date, second } = wallOf(Date.parse(scenario.launchAt), prospect.zone);
  return second < WINDOWS.first.to ? date : addDays(date, 1);
};

type Moved = { readonly letter: Letter; readonly day: string; readonly why: 'holiday' | 'week-start' };

/** Surely moved: the own day is past any doubt one on which such a letter may not go. */
const movedLetters = (conversation: Conversation): Moved[] =>
  conversation.letters.flatMap((letter): Moved[] => {
    const { country, zone } = conversation.prospect;
    const day = ownDay(conversation, letter);
    if (day === undefined || wallOf(letter.time, zone).date <= day) return [];
    if (dayKind(country, day) === 'holiday') return [{ letter, day, why: 'holiday' }];
    const isStart =
      letter.role === 'follow-up' && dayKind(country, day) === 'working' && isWeekStart(country, day);
    return isStart ? [{ letter, day, why: 'week-start' }] : [];
  });

const WORDS = { holiday: /public holiday/, 'week-start': /first working day of their week/ } as const;

const isExplained = ({ reasons = [] }: Conversation, { day, why }: Moved): boolean =>
  reasons.some((text) => text.includes(saidDay(day)) && WORDS[why].test(text));

/** An absence, a hold or a WhatsApp explains a date before its weekday does. */
const hasOtherCause = ({ done, heard, held }: Conversation, { letter }: Moved): boolean =>
  letter.role === 'follow-up' &&
  (held !== undefined ||
    done.some(({ outcome }) => outcome === 'sent' || outcome === 'given' || outcome === 'no-answer') ||
    heard.some(({ answer, time }) => answer.kind === 'absence' && time < letter.time));

export const checkReasons = (conversation: Conversation): Violation[] =>
  conversation.reasons === undefined
    ? []
    : movedLetters(conversation)
        .filter((moved) => !isExplained(conversation, moved) && !hasOtherCause(conversation, moved))
        .map(({ letter, day, why }) =>
          inLetter(
            conversation,
            'reason-not-given',
            letter,
            `its own day was ${day} (${why}); no reason names it`,
          ),
        );

export const reasonFigures = (conversations: readonly Conversation[]) => {
  const count = (why: Moved['why']): number =>
    conversations.flatMap((one) =>
      movedLetters(one).filter((moved) => moved.why === why && isExplained(one, moved)),
    ).length;
  return { movedOffHoliday: count('holiday'), weekStartsAvoided: count('week-start') };
};
