/**
 * What a letter says, before it is rendered: a whole body, or the four named parts of a first letter. A step has one,
 * its variants and the letter written for one contact override it piece by piece.
 */
import type { Contact } from '../contact.ts';
import type { CampaignId, ContactId } from '../ids.ts';
import type { Instant } from '../instant.ts';
import { FIRST_PARTS, type FirstPart } from './finding.ts';

export type LetterText = {
  readonly subject?: string;
  /** Plain paragraphs. Where it is given, it is the whole letter and the parts are not looked at. */
  readonly body?: string;
} & { readonly [part in FirstPart]?: string };

export type LetterContext = 'no-answer' | 'back-from-absence';

/** Said instead of the step's own words to some of the contacts. */
export type LetterVariant = LetterText & {
  /** All that are named must hold; at least one. */
  readonly when: {
    /** BCP 47: `pt` holds for pt-BR as well, `pt-BR` for nothing else, `zh-Hant` for zh-TW and zh-HK. */
    readonly language?: string;
    /** ISO 3166-1 alpha-2. */
    readonly country?: string;
    readonly context?: LetterContext;
  };
  /** Of its words, where `when` does not say it. */
  readonly language?: string;
};

/** A letter as it was approved for one contact: no template any more, and no later edit changes it. */
export type FrozenLetter = LetterText & { readonly language: string };

/** The letters written for one contact in one campaign, by the index of their step. */
export type ContactLetters = {
  readonly contactId: ContactId;
  readonly campaignId: CampaignId;
  readonly steps: Readonly<Record<string, FrozenLetter>>;
  /** How often a person has changed them: two edits at once must not lose one. */
  readonly edits?: number;
  /** What a person did not want sent, by the index of its step, in their words. */
  readonly declined?: Readonly<Record<string, { readonly reason: string; readonly at: Instant }>>;
};

export type ChosenText = { readonly text: LetterText; readonly language: string };

/** The variant that says most about this contact and this moment; of equals the first; the step's own words if none. */
export function chooseText(
  step: LetterText & {
    readonly bodyAfterAbsence?: string;
    readonly variants?: readonly LetterVariant[];
  },
  contact: Contact,
  wasAbsent: boolean,
  language: string,
): ChosenText {
  const context: LetterContext = wasAbsent ? 'back-from-absence' : 'no-answer';
  const variants: readonly LetterVariant[] = [
    ...(step.variants ?? []),
    ...(step.bodyAfterAbsence === undefined
      ? []
      : [{ when: { context: 'back-from-absence' } as const, body: step.bodyAfterAbsence }]),
  ];
  const fitting = variants.filter(({ when }) => holds(when, contact, context));
  const best = fitting.toSorted((a, b) => weight(b) - weight(a))[0];
  if (!best) return { text: step, language };
  const own = best.when.language === undefined ? undefined : contact.language;
  return { text: overriding(step, best), language: best.language ?? own ?? language };
}

/** What `over` says wins; a whole body replaces parts, and a part replaces a whole body. */
export function overriding(base: LetterText, over: LetterText): LetterText {
  const subject = over.subject ?? base.subject;
  const titled = subject === undefined ? {} : { subject };
  if (over.body !== undefined) return { ...titled, body: over.body };
  const ownParts = givenParts(over);
  if (Object.keys(ownParts).length === 0) {
    return base.body === undefined ? { ...titled, ...givenParts(base) } : { ...titled, body: base.body };
  }
  return { ...titled, ...givenParts(base), ...ownParts };
}

export function givenParts(text: LetterText): { readonly [part in FirstPart]?: string } {
  return Object.fromEntries(
    FIRST_PARTS.flatMap((part) => (text[part] === undefined ? [] : [[part, text[part]]])),
  );
}

const weight = ({ when }: LetterVariant): number =>
  [when.language, when.country, when.context].filter((one) => one !== undefined).length;

function holds(when: LetterVariant['when'], contact: Contact, context: LetterContext): boolean {
  if (when.context !== undefined && when.context !== context) return false;
  if (when.country !== undefined && when.country.toUpperCase() !== contact.country) return false;
  return when.language === undefined || speaks(contact.language, when.language);
}

/** Whether somebody whose language is `own` is meant by `asked`. */
function speaks(own: string | undefined, asked: string): boolean {
  const have = localeOf(own);
  const want = localeOf(asked);
  if (!have || !want || have.language !== want.language) return false;
  if (want.region !== undefined && want.region !== have.region) return false;
  return want.script === undefined || want.script === have.maximize().script;
}

function localeOf(tag: string | undefined): Intl.Locale | undefined {
  if (tag === undefined) return undefined;
  try {
    return new Intl.Locale(tag);
  } catch {
    return undefined;
  }
}
