/**
 * The words of one language that tell what a mail is and says. A lexicon is data: adding a language is adding one
 * file and naming it in `all.ts`. Phrases are lower case, with straight quotes and single spaces; ` … ` stands for up
 * to 40 characters inside a sentence; a trailing `*` lets the word go on (declensions, suffixes).
 */

/** What a word beside a date makes of it. `through` and `to` name the last day absent, `until` and `back` the return. */
export type DateRole = 'back' | 'until' | 'through' | 'from' | 'to';
export type DateCues = { readonly [Role in DateRole]?: readonly string[] };

export type Lexicon = {
  /** ISO 639-1. */
  readonly language: string;
  /** Frequent small words; scripts that only one language uses need none. */
  readonly common: readonly string[];
  /** Subjects of automatic mail of any kind, and of absence notes. */
  readonly automaticSubject: readonly string[];
  readonly absentSubject: readonly string[];
  /** Said by somebody who is away. */
  readonly absent: readonly string[];
  /** What only a note says, never a letter: "will be read when I return", "this is an automatic reply". */
  readonly note: readonly string[];
  readonly trip: readonly string[];
  readonly leave: readonly string[];
  /** Illness, bereavement, parenthood: stored as "away" and never quoted. */
  readonly private: readonly string[];
  /** Words in front of a date, and behind it. */
  readonly before: DateCues;
  readonly after: DateCues;
  readonly urgent: readonly string[];
  /** Introduces whom to turn to instead. */
  readonly standIn: readonly string[];
  readonly successor: readonly string[];
  /** The absent person's own number, or an invitation to use it. */
  readonly ownNumber: readonly string[];
  readonly switchboard: readonly string[];
  readonly left: readonly string[];
  /** "We have received your message", ticket numbers. */
  readonly received: readonly string[];
  readonly challenge: readonly string[];
  /** A wish to get no more mails, explicit enough to act on. */
  readonly optOut: readonly string[];
  /** Ends the line above a quotation: "… wrote". */
  readonly wrote: readonly string[];
  /** Begins that line: "On …". */
  readonly wroteBegins: readonly string[];
  /** Labels of an Outlook header block. */
  readonly labelFrom: readonly string[];
  readonly labelOther: readonly string[];
  /** Inside dashes: "Original Message", "Forwarded message". */
  readonly original: readonly string[];
  readonly sentFrom: readonly string[];
  readonly closing: readonly string[];
  /** January first; every form that occurs. */
  readonly months: readonly (readonly string[])[];
  /** Monday first. */
  readonly weekdays: readonly (readonly string[])[];
  /** How 05/06 is read where nothing else decides. */
  readonly order: 'dmy' | 'mdy';
};
