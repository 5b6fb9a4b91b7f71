/** Was anything written after the prospect had answered, left, bounced or said no, and was anything written twice? */
import type { AnswerKind } from '../../fixtures/demo/scenario-file.ts';
import { type Conversation, inLetter } from './conversation.ts';
import { shown } from './local-time.ts';
import type { Rule, Violation } from './report.ts';

/** A send that was already on the wire when the answer arrived cannot be called back. */
const IN_FLIGHT_MS = 8_000;

const RULES: Partial<Record<AnswerKind, Rule>> = {
  reply: 'letter-after-reply',
  unsubscribe: 'letter-to-unsubscribed',
  bounce: 'letter-after-bounce',
  'left-company': 'letter-after-left-company',
};

const afterStop = (conversation: Conversation): Violation[] =>
  conversation.letters.flatMap((letter) => {
    // Every stopping mail counts, not only the first: an unsubscribe after a reply is the graver one.
    const broken = conversation.heard.filter(
      (mail) => RULES[mail.answer.kind] && letter.time > mail.time + IN_FLIGHT_MS,
    );
    return broken.map((mail) =>
      inLetter(
        conversation,
        RULES[mail.answer.kind] as Rule,
        letter,
        `accepted ${shown(letter.time, conversation.prospect.zone)}, the ${mail.answer.kind} had arrived ${shown(mail.time, conversation.prospect.zone)}`,
      ),
    );
  });

/** The sequence has one first letter and one follow-up; every further acceptance of a kind is a double. */
const doubled = (conversation: Conversation): Violation[] =>
  (['first', 'follow-up'] as const).flatMap((role) =>
    conversation.letters
      .filter((letter) => letter.role === role)
      .slice(1)
      .map((letter) =>
        inLetter(conversation, 'doubled-letter', letter, `the ${role} letter was accepted before`),
      ),
  );

export const checkStops = (conversation: Conversation): Violation[] => [
  ...afterStop(conversation),
  ...doubled(conversation),
];
