/** The customer file of practice 003: four sections of known and free fields. It outlives the salesperson. */

export const DOSSIER_SECTIONS = ['contact', 'company', 'country', 'negotiation'] as const;
export type DossierSection = (typeof DOSSIER_SECTIONS)[number];

/** Name of the field → what is known. Free fields stand beside the known ones. */
export type Dossier = { readonly [section in DossierSection]?: Readonly<Record<string, string>> };

/** What is worth asking about everybody, in the order in which a person would fill it in. */
export const KNOWN_FIELDS: { readonly [section in DossierSection]: readonly string[] } = {
  contact: ['authority', 'englishLevel', 'character', 'religion', 'holidays', 'visits', 'otherAddress'],
  company: ['age', 'channels', 'brands', 'suppliers', 'organisation', 'news', 'fairs'],
  country: ['population', 'law', 'certification', 'holidays', 'currency', 'taste'],
  negotiation: ['terms', 'forwarder', 'quality', 'payment', 'objections'],
};

export type DossierPatch = {
  readonly [section in DossierSection]?: Readonly<Record<string, string | null>> | undefined;
};

/** `null` takes a field out; an emptied section is gone. */
export function mergeDossier(known: Dossier | undefined, patch: DossierPatch): Dossier {
  const sections = DOSSIER_SECTIONS.flatMap((section) => {
    const merged = Object.entries({ ...known?.[section], ...patch[section] }).filter(
      (entry): entry is [string, string] => entry[1] !== null,
    );
    return merged.length === 0 ? [] : [[section, Object.fromEntries(merged)] as const];
  });
  return Object.fromEntries(sections);
}
