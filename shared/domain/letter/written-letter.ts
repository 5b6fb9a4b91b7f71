/** A letter as it goes out to one contact: its words, and what stands below them. */
import type { FirstPart } from './finding.ts';
import type { Quote } from './quote.ts';

export type WrittenLetter = {
  readonly subject: string;
  /** The whole plain text as it is sent: body, signature, opt-out, quote. */
  readonly text: string;
  /** The letter's own words, plain: what a follow-up quotes, and what a timeline shows. */
  readonly body: string;
  /** The body with its links and emphasis as written; the HTML is made from it. Absent: `body` has none. */
  readonly marked?: string;
  /** The named sections of which `body` consists, where it was written in sections; an empty one is missing. */
  readonly parts?: Readonly<Record<FirstPart, string>>;
  /** Lines of name, company, phones, website and postal address. */
  readonly signature: string;
  readonly optOut: { readonly sentence: string; readonly url: string };
  readonly quote?: Quote;
  readonly language: string;
  readonly isFollowUp: boolean;
};

/** RFC 5322 §2.1.1 asks for lines under 78 characters; beyond this no client shows a subject whole. */
export const SUBJECT_CHARS_MAX = 255;
