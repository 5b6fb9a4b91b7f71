/**
 * What is done where a campaign names no sequence: a first letter of four parts, after a week without an answer the
 * seeds' own follow-up (practice 000), with its English and its manners mended, and calls by grade. It asks of each contact the
 * fields `product` (what we make, in a few words), `why` (true of their company alone) and `how` (our plan in their
 * market), or letters of their own.
 */
import type { LetterStep, TaskStep } from './sequence.ts';

/**
 * "I know you may be too busy to get back to me lately, but l believe your company are definitely interested in
 * working together. The category is currently growing at a YoY growth rate of 300%, and the cooperation with us could
 * help your company expand your local market share. Hopefully l can schedule a zoom meeting or a call with you next
 * week to see if you are available next Tuesday at 11am?" — without the claim about their interest and the figure
 * without a source; with a reason to answer, another channel, and an hour of their own clock.
 */
const FOLLOW_UP = [
  'Dear {{ contact.firstName }},',
  'I know how busy you must be, so only a few lines. I still believe that {{ contact.company }} and we could work well together: with {{ contact.product }} we could help you to win more of your local market.',
  'Could we arrange a short Zoom meeting or a call? {{ "tuesday 11:00" | slot }} would suit me, and so would any other hour that is better for you.',
  '{% if sender.whatsapp %}If a short message is easier, you can reach me on WhatsApp: {{ sender.whatsapp }}.{% else %}If somebody else at {{ contact.company }} looks after this, a name would already help me.{% endif %}',
  'Kind regards,\n{{ sender.name }}',
].join('\n\n');

const AFTER_ABSENCE = [
  'Dear {{ contact.firstName }},',
  'My letter reached you while you were away, so here it is once more below. I still believe that {{ contact.company }} and we could work well together: with {{ contact.product }} we could help you to win more of your local market.',
  'Once you have had time to arrive, could we arrange a short Zoom meeting or a call? {{ "tuesday 11:00" | slot }} would suit me, and so would any other hour that is better for you.',
  'Kind regards,\n{{ sender.name }}',
].join('\n\n');

const FIRST = {
  kind: 'letter' as const,
  delay: { days: 0 },
  subject: '{{ contact.product | capitalize }} for {{ contact.company }}',
  who: 'Dear {{ contact.firstName }},\n\nmy name is {{ sender.name }} and I work for {{ sender.company }}. We make {{ contact.product }}.',
  why: '{{ contact.why }}',
  how: '{{ contact.how }}',
  contact:
    'You will find our products at {% if contact.productUrl %}{{ contact.productUrl }}{% else %}{{ sender.website }}{% endif %}. I answer this address myself{% if sender.phone %}, and the number below reaches me directly{% endif %}.\n\nKind regards,\n{{ sender.name }}',
} satisfies LetterStep;

const SECOND = {
  kind: 'letter' as const,
  delay: { days: 7 },
  body: FOLLOW_UP,
  bodyAfterAbsence: AFTER_ABSENCE,
} satisfies LetterStep;

/** Practice 002: "重要客户 2–3 个工作日" after each unanswered letter, ordinary ones 3–4 after the second; D waits. */
const CALL_A = {
  kind: 'task' as const,
  delay: { workingDays: 2 },
  channel: 'call' as const,
  grades: ['A' as const],
  text: 'Call: open with the point, note it afterwards, and write a mail about it.',
} satisfies TaskStep;
const CALL_B_C = {
  ...CALL_A,
  delay: { workingDays: 3 },
  grades: ['B' as const, 'C' as const],
} satisfies TaskStep;

/** As a call would give it; its id is taken like any other, and each wording is a version. */
export const DEFAULT_SEQUENCE = {
  id: 'default-first-letter-and-follow-up',
  name: 'First letter, a follow-up after a week, and calls by grade',
  language: 'en',
  steps: [FIRST, CALL_A, SECOND, CALL_A, CALL_B_C],
};
