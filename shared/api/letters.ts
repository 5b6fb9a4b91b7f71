/** What a letter says, in the API: the same fields in a step, in its variants and in a letter written for one contact. */
import * as z from 'zod';
import { line } from '../api.ts';

export const TEMPLATE_CHARS_MAX = 20_000;

/** Liquid, plain paragraphs; links may be written `[words](https://…)`. */
export const Template = z.string().min(1, 'Write it, or leave it out.').max(TEMPLATE_CHARS_MAX);

/** BCP 47. */
export const Language = z
  .string()
  .max(35)
  .refine(isLanguageTag, 'No such language. Use a BCP 47 tag such as en or pt-BR.');

/** A whole body, or the four parts of a first letter; in an override whatever is left out stays as it was. */
export const letterTextFields = {
  subject: line(500).optional(),
  body: Template.optional(),
  who: Template.optional(),
  why: Template.optional(),
  how: Template.optional(),
  contact: Template.optional(),
};

export const VARIANTS_MAX = 20;
export const Variant = z.strictObject({
  when: z
    .strictObject({
      language: Language,
      country: z.string().regex(/^[A-Z]{2}$/, 'Write the country as two capital letters, such as PT.'),
      context: z.enum(['no-answer', 'back-from-absence']),
    })
    .partial()
    .refine((when) => Object.keys(when).length > 0, 'Say for whom: a language, a country or a context.'),
  language: Language.optional(),
  ...letterTextFields,
});

/** By the index of its step, from 0. Frozen once it is taken. */
export const OwnLetter = z.strictObject({ language: Language.optional(), ...letterTextFields });
const OWN_LETTERS_MAX = 20;
const OWN_CHARS_MAX = 40_000;
export const OwnLetters = z
  .record(z.string().regex(/^(?:0|[1-9][0-9]?)$/, 'Name the step by its index, from 0.'), OwnLetter)
  .refine((letters) => Object.keys(letters).length <= OWN_LETTERS_MAX, `Keep to ${OWN_LETTERS_MAX} letters.`)
  .refine(
    (letters) => JSON.stringify(letters).length <= OWN_CHARS_MAX,
    `Keep the letters of one contact under ${OWN_CHARS_MAX} characters together.`,
  );

function isLanguageTag(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
}
