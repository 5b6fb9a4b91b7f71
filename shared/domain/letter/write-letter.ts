/** A step's template and a contact become the letter that goes out: own words, signature, opt-out, quoted first letter. */
import type { Contact } from '../contact.ts';
import type { OutgoingMessage } from '../message.ts';
import type { Sender } from '../sender.ts';
import { type LetterStep, lettersBefore, type Sequence } from '../sequence.ts';
import { letterWords } from './letter-words.ts';
import type { LetterFinding } from './lint-letter.ts';
import { type InvalidTemplate, type Rendered, renderTemplate } from './liquid.ts';
import { type Quote, quotedText, quoteLetter } from './quote.ts';
import { letterScope } from './scope.ts';

export type WrittenLetter = {
  readonly subject: string;
  /** The whole plain text as it is sent: body, signature, opt-out, quote. */
  readonly text: string;
  /** The letter's own words: what a follow-up quotes, and what a timeline shows. */
  readonly body: string;
  /** Lines of name, company, phones, website and postal address. */
  readonly signature: string;
  readonly optOut: { readonly sentence: string; readonly url: string };
  readonly quote?: Quote;
  readonly language: string;
  readonly isFollowUp: boolean;
};

export type WrittenOrNot =
  | { readonly kind: 'written'; readonly letter: WrittenLetter }
  | { readonly kind: 'invalid'; readonly findings: readonly LetterFinding[] };

export type LetterOrder = {
  readonly sequence: Sequence;
  /** Index into the sequence's steps; must be a letter step. */
  readonly step: number;
  readonly contact: Contact;
  readonly sender: Sender;
  /** The walk's letters so far. The first of them gives a follow-up its subject and its quote. */
  readonly earlier: readonly OutgoingMessage[];
  /** They were away when this letter was due: takes the step's `bodyAfterAbsence` where it has one. */
  readonly wasAbsent: boolean;
  readonly optOutUrl: string;
};

/** RFC 5322 §2.1.1 asks for lines under 78 characters; beyond this no client shows a subject whole. */
export const SUBJECT_CHARS_MAX = 255;

/** Pure: the same order is the same letter. Throws only if `step` is no letter step. */
export function writeLetter(order: LetterOrder): WrittenOrNot {
  const { sequence, sender, contact } = order;
  const step = sequence.steps[order.step];
  if (step?.kind !== 'letter') throw new Error(`Step ${order.step} of ${sequence.id} is no letter.`);
  const first = firstLetter(order);
  const scope = letterScope(contact, sender, sequence.language);
  const template = (order.wasAbsent ? step.bodyAfterAbsence : undefined) ?? step.body;
  const rendered = renderTemplate(template, scope);
  const titled = subjectOf(step, first, scope);
  if (rendered.kind === 'invalid' || titled.kind === 'invalid') {
    return { kind: 'invalid', findings: [...findingsOf('subject', titled), ...findingsOf('body', rendered)] };
  }
  const body = tidyText(rendered.text);
  const signature = signatureOf(sender, body, sequence.language);
  const optOut = { sentence: letterWords(sequence.language).optOut, url: order.optOutUrl };
  const quote = first && quoteOf(first, sequence.language, sender);
  const below = [signature, `${optOut.sentence} ${optOut.url}`, ...(quote ? [quotedText(quote)] : [])];
  const letter: WrittenLetter = {
    subject: titled.text.replace(/\s+/gu, ' ').trim(),
    text: `${[body, ...below].join('\n\n')}\n`,
    body,
    signature,
    optOut,
    ...(quote ? { quote } : {}),
    language: sequence.language,
    isFollowUp: lettersBefore(sequence.steps, order.step) > 0,
  };
  return { kind: 'written', letter };
}

/** The one that went out first. Absent before the first letter, whatever `earlier` holds of other steps. */
function firstLetter(order: LetterOrder): OutgoingMessage | undefined {
  if (lettersBefore(order.sequence.steps, order.step) === 0) return undefined;
  const before = order.earlier.filter((letter) => letter.step < order.step);
  return before.reduce<OutgoingMessage | undefined>(
    (first, letter) => (first && first.step <= letter.step ? first : letter),
    undefined,
  );
}

function subjectOf(
  step: LetterStep,
  first: OutgoingMessage | undefined,
  scope: Parameters<typeof renderTemplate>[1],
): Rendered {
  if (step.subject !== undefined) return renderTemplate(step.subject, scope);
  if (!first) return { kind: 'rendered', text: '' };
  // RFC 5322 §3.6.5: one "Re: ", however many letters it has been.
  return { kind: 'rendered', text: /^re\s?:/iu.test(first.subject) ? first.subject : `Re: ${first.subject}` };
}

const quoteOf = (first: OutgoingMessage, language: string, sender: Sender): Quote =>
  quoteLetter({
    language,
    sentAt: first.sentAt ?? first.at,
    zone: sender.zone,
    name: sender.name,
    address: sender.address,
    text: first.body ?? first.text,
  });

/** CR, trailing blanks and more than one empty line in a row come from templates, never from a person. */
function tidyText(text: string): string {
  const lines = text
    .replace(/\r\n?/g, '\n')
    .split('\n')
    .map((line) => line.trimEnd());
  return lines
    .filter((line, at) => line !== '' || lines[at - 1] !== '')
    .join('\n')
    .trim();
}

function signatureOf(sender: Sender, body: string, language: string): string {
  const phone = letterWords(language).phone;
  const both = sender.phone !== undefined && sender.phone === sender.whatsapp;
  // Many letters close with the writer's name already: it is not said twice.
  const closesWithName = body.split('\n').at(-1)?.trim() === sender.name;
  const lines = [
    closesWithName ? undefined : sender.name,
    sender.company,
    sender.phone && `${both ? `${phone} / WhatsApp` : phone}: ${sender.phone}`,
    both || !sender.whatsapp ? undefined : `WhatsApp: ${sender.whatsapp}`,
    sender.website && withScheme(sender.website),
    ...sender.postalAddress.split(/\r?\n/u).map((line) => line.trim()),
  ];
  return lines.filter(Boolean).join('\n');
}

const withScheme = (website: string): string =>
  /^https?:\/\//iu.test(website) ? website : `https://${website}`;

const findingsOf = (part: 'subject' | 'body', rendered: Rendered): LetterFinding[] =>
  rendered.kind === 'rendered' ? [] : [findingOf(part, rendered)];

const findingOf = (part: 'subject' | 'body', invalid: InvalidTemplate): LetterFinding => ({
  rule: invalid.variable ? 'missing-value' : 'broken-template',
  severity: 'error',
  part,
  words: invalid.variable ?? '',
  fix: invalid.message,
});
