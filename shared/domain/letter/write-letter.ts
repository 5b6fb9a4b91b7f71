/** A step's template and a contact become the letter that goes out: own words, signature, opt-out, quoted first letter. */
import type { Contact } from '../contact.ts';
import { derivedId } from '../ids.ts';
import type { OutgoingMessage } from '../message.ts';
import type { Sender } from '../sender.ts';
import { lettersBefore, type Sequence } from '../sequence.ts';
import { FIRST_PARTS, type FirstPart, type LetterFinding, type LetterPart } from './finding.ts';
import { chooseText, type FrozenLetter, givenParts, type LetterText, overriding } from './letter-text.ts';
import { letterWords } from './letter-words.ts';
import { type InvalidTemplate, type Rendered, renderTemplate, type Scope } from './liquid.ts';
import { plainWords } from './markup.ts';
import { type Quote, quotedText, quoteLetter } from './quote.ts';
import { letterScope } from './scope.ts';
import {
  exampleSlotWords,
  SLOTS_PER_LETTER_MAX,
  type SlotsByWish,
  slotWishesIn,
  slotWords,
  withSlotWords,
} from './slot-marker.ts';
import type { WrittenLetter } from './written-letter.ts';

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
  /** They were away when this letter was due: takes the words for that context where the step has some. */
  readonly wasAbsent: boolean;
  readonly optOutUrl: string;
  /** The letter written for this contact: it is taken as it stands, whatever the step says by now. */
  readonly own?: FrozenLetter;
  /** The meeting hours that it offers, by their wish; one that is not among them reads like an example. */
  readonly slots?: SlotsByWish;
};

/** Pure: the same order is the same letter. Throws only if `step` is no letter step. */
export function writeLetter(order: LetterOrder): WrittenOrNot {
  const { sequence, sender } = order;
  const first = firstLetter(order);
  const marked = wordsOf(order);
  if (marked.kind === 'invalid') return marked;
  const timetable = tooManySlots(marked);
  if (timetable) return { kind: 'invalid', findings: [timetable] };
  const words = slotted(marked, order);
  const { language } = words;
  const body = plainWords(words.marked);
  const signature = signatureOf(sender, body, language);
  const optOut = { sentence: letterWords(language).optOut, url: order.optOutUrl };
  const quote = first && quoteOf(first, language, sender);
  const below = [signature, `${optOut.sentence} ${optOut.url}`, ...(quote ? [quotedText(quote)] : [])];
  const letter: WrittenLetter = {
    subject: oneSpaced(words.subject ?? threadSubject(first)),
    text: `${[body, ...below].join('\n\n')}\n`,
    body,
    ...(body === words.marked ? {} : { marked: words.marked }),
    ...(words.parts ? { parts: words.parts } : {}),
    signature,
    optOut,
    ...(quote ? { quote } : {}),
    language,
    isFollowUp: lettersBefore(sequence.steps, order.step) > 0,
  };
  return { kind: 'written', letter };
}

const wordsOf = (order: LetterOrder): Words | Extract<WrittenOrNot, { kind: 'invalid' }> =>
  order.own ? asItStands(order.own) : renderWords(order);

/**
 * What tells one letter's own words from another's, for whoever approves it: subject and body with their links, as
 * they are before the meeting hours are known. Signature, opt-out and quote may still change. `undefined`: it cannot
 * be written.
 */
export function letterPrint(order: LetterOrder): string | undefined {
  const words = wordsOf(order);
  if (words.kind === 'invalid') return undefined;
  return derivedId('letter', words.language, words.subject ?? '', words.marked);
}

/** The meeting hours that this letter wants to offer; none where it cannot be written. */
export function slotWishesOf(order: LetterOrder): readonly string[] {
  const words = wordsOf(order);
  return words.kind === 'invalid' || tooManySlots(words) ? [] : wishesOf(words);
}

const wishesOf = (words: Words): readonly string[] => slotWishesIn(`${words.subject ?? ''}\n${words.marked}`);

function tooManySlots(words: Words): LetterFinding | undefined {
  const wishes = wishesOf(words);
  if (wishes.length <= SLOTS_PER_LETTER_MAX) return undefined;
  const fix = `Offer at most ${SLOTS_PER_LETTER_MAX} hours in one letter; each is kept free for this contact.`;
  return {
    rule: 'too-many-slots',
    severity: 'error',
    part: 'body',
    words: wishes.join(', ').slice(0, 80),
    fix,
  };
}

function slotted(words: Words, { contact, slots }: Pick<LetterOrder, 'contact' | 'slots'>): Words {
  const say = (wish: string): string => {
    const at = slots?.get(wish);
    return at === undefined
      ? exampleSlotWords(wish, contact, words.language)
      : slotWords(at, contact, words.language);
  };
  const put = (text: string): string => withSlotWords(text, say);
  const { subject, marked, parts } = words;
  return {
    ...words,
    marked: put(marked),
    ...(subject === undefined ? {} : { subject: put(subject) }),
    ...(parts === undefined
      ? {}
      : {
          parts: {
            who: put(parts.who),
            why: put(parts.why),
            how: put(parts.how),
            contact: put(parts.contact),
          },
        }),
  };
}

/**
 * A letter written for one contact, rendered once and for all: what it leaves out is taken from the step as it is
 * today. Findings where a value is missing or a template is broken. A follow-up's thread subject, its quote and the
 * footer are no part of it: they are only known at sending.
 */
export function freezeLetter(
  order: Pick<LetterOrder, 'sequence' | 'step' | 'contact' | 'sender'>,
  given: LetterText & { readonly language?: string },
):
  | { readonly kind: 'frozen'; readonly letter: FrozenLetter }
  | { readonly kind: 'invalid'; readonly findings: readonly LetterFinding[] } {
  const words = renderWords({ ...order, wasAbsent: false }, given);
  if (words.kind === 'invalid') return words;
  const { subject, parts, marked, language } = words;
  const titled = subject === undefined ? {} : { subject: oneSpaced(subject) };
  return { kind: 'frozen', letter: { ...titled, ...(parts ?? { body: marked }), language } };
}

type Words = {
  readonly kind: 'words';
  readonly subject?: string;
  readonly marked: string;
  readonly parts?: Readonly<Record<FirstPart, string>>;
  readonly language: string;
};

function renderWords(
  order: Pick<LetterOrder, 'sequence' | 'step' | 'contact' | 'sender' | 'wasAbsent'>,
  over?: LetterText & { readonly language?: string },
): Words | Extract<WrittenOrNot, { kind: 'invalid' }> {
  const { sequence, contact, sender } = order;
  const step = sequence.steps[order.step];
  if (step?.kind !== 'letter') throw new Error(`Step ${order.step} of ${sequence.id} is no letter.`);
  const chosen = chooseText(step, contact, order.wasAbsent, sequence.language);
  const text = over ? overriding(chosen.text, over) : chosen.text;
  const language = over?.language ?? chosen.language;
  const scope = letterScope(contact, sender, language);
  const findings: LetterFinding[] = [];
  const render = (part: LetterPart, template: string): string => {
    const rendered: Rendered = renderTemplate(template, scope satisfies Scope);
    if (rendered.kind === 'rendered') return rendered.text;
    findings.push(findingOf(part, rendered));
    return '';
  };
  const subject = text.subject === undefined ? undefined : render('subject', text.subject);
  const rendered: LetterText =
    text.body !== undefined
      ? { body: render('body', text.body) }
      : Object.fromEntries(FIRST_PARTS.map((part) => [part, render(part, text[part] ?? '')]));
  if (findings.length > 0) return { kind: 'invalid', findings };
  return asItStands({ ...rendered, ...(subject === undefined ? {} : { subject }), language });
}

function asItStands(text: FrozenLetter): Words {
  const { subject, body, language } = text;
  const titled = { kind: 'words', language, ...(subject === undefined ? {} : { subject }) } as const;
  if (body !== undefined) return { ...titled, marked: tidyText(body) };
  const given = givenParts(text);
  const parts = {
    who: tidyText(given.who ?? ''),
    why: tidyText(given.why ?? ''),
    how: tidyText(given.how ?? ''),
    contact: tidyText(given.contact ?? ''),
  };
  const filled = FIRST_PARTS.map((part) => parts[part]).filter((part) => part !== '');
  return { ...titled, marked: filled.join('\n\n'), parts };
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

/** RFC 5322 §3.6.5: one "Re: ", however many letters it has been. */
const threadSubject = (first: OutgoingMessage | undefined): string =>
  !first ? '' : /^re\s?:/iu.test(first.subject) ? first.subject : `Re: ${first.subject}`;

const oneSpaced = (text: string): string => text.replace(/\s+/gu, ' ').trim();

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

const findingOf = (part: LetterPart, invalid: InvalidTemplate): LetterFinding => ({
  rule: invalid.variable ? 'missing-value' : 'broken-template',
  severity: 'error',
  part,
  words: invalid.variable ?? '',
  fix: invalid.message,
});
