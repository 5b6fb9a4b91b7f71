/** What a template may name, in the words of the templates: the contact, their own fields, and the sender. */

import type { Contact } from '../contact.ts';
import { remembered } from '../remembered.ts';
import type { Sender } from '../sender.ts';
import type { Scope } from './liquid.ts';

/**
 * `contact.*` holds the person and every key of `contact.fields`; the person's own data wins over a field of the
 * same name. `contact.country` is the country's name in the letter's language, `contact.countryCode` its code.
 */
export function letterScope(contact: Contact, sender: Sender, language: string): Scope {
  const fields = filled(contact.fields);
  return {
    contact: {
      ...fields,
      ...filled({
        firstName: contact.firstName,
        lastName: contact.lastName,
        // Never the address in its stead: "Dear ana@acme.example" is what a careless person writes.
        name: [contact.firstName, contact.lastName].filter(Boolean).join(' '),
        title: contact.title,
        company: contact.company,
        country: contact.country && countryName(contact.country, language),
        countryCode: contact.country,
        city: contact.city,
      }),
    },
    fields,
    sender: filled({
      name: sender.name,
      company: sender.company,
      phone: sender.phone,
      whatsapp: sender.whatsapp,
      website: sender.website,
      address: sender.postalAddress,
    }),
  };
}

/** An empty value is a missing one: "Dear ," must be refused like "Dear {{ nothing }}". */
function filled(values: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const entries = Object.entries(values).map(([key, value]) => [key, value?.trim() ?? ''] as const);
  return Object.fromEntries(entries.filter(([, value]) => value !== ''));
}

function countryName(code: string, language: string): string {
  if (!/^[A-Z]{2}$/.test(code)) return code;
  return namesOfCountries(language).of(code) ?? code;
}

const namesOfCountries = remembered(
  (language) => new Intl.DisplayNames([languageOr(language, 'en')], { type: 'region' }),
);

/** `fallback` where the text is no BCP 47 tag: `Intl` would throw. */
export function languageOr(language: string, fallback: string): string {
  try {
    return Intl.getCanonicalLocales(language)[0] ?? fallback;
  } catch {
    return fallback;
  }
}
