/** What the wizard holds between an empty page and a running campaign. Pure. */

import type { z } from 'zod';
import type { ContactInput } from '../../../shared/api/contacts.ts';
import type { OwnLetter } from '../../../shared/api/letters.ts';
import type { PreviewAnswer } from '../../../shared/api/previews.ts';
import type { WordKey } from '../lexicon/load-words.ts';

export type Column = { readonly header: string; readonly field: string };
export type RowError = {
  readonly row: number;
  readonly column?: string;
  readonly detail: string;
};
export type LaunchPlan = {
  readonly fileName?: string;
  /** The file's bytes, kept so that another mapping can read it again. */
  readonly base64?: string;
  readonly columns: readonly Column[];
  readonly contacts: readonly ContactInput[];
  readonly errors: readonly RowError[];
  readonly name: string;
  readonly senderId?: string;
  /** Absent: the built-in sequence. */
  readonly sequenceId?: string;
  /** By address and step: what was written for this one person. */
  readonly own: Readonly<Record<string, Readonly<Record<string, z.input<typeof OwnLetter>>>>>;
  readonly approval: 'each' | 'none';
  readonly acceptWarnings: boolean;
  /** Whoever cannot be written to is left out instead of stopping everybody. */
  readonly skipRefused: boolean;
};

export const emptyPlan: LaunchPlan = {
  columns: [],
  contacts: [],
  errors: [],
  name: '',
  own: {},
  approval: 'none',
  acceptWarnings: false,
  skipRefused: true,
};

export type Previewed = PreviewAnswer['contacts'][number];
export type Letters = {
  readonly people: readonly Previewed[];
  readonly total: number;
  readonly isLoading: boolean;
  readonly error: unknown;
};

/** With the letters that were written for each. */
export const contactsOf = (plan: LaunchPlan): readonly ContactInput[] =>
  plan.contacts.map((contact) => {
    const own = plan.own[contact.address];
    return own ? { ...contact, letters: { ...contact.letters, ...own } } : contact;
  });

export const hasErrors = (person: Previewed): boolean =>
  person.refused.length > 0 ||
  person.letters.some(({ findings }) => findings.some(({ severity }) => severity === 'error'));

/** Each kind of warning once, with how many people it concerns: it is accepted once. */
export function warningsOf(people: readonly Previewed[]) {
  const all = new Map<string, { rule: string; words: string; fix: string; people: number }>();
  for (const person of people) {
    const seen = new Set<string>();
    for (const { findings } of person.letters) {
      for (const { severity, rule, words, fix } of findings) {
        const key = `${rule} ${words}`;
        if (severity !== 'warning' || seen.has(key)) continue;
        seen.add(key);
        const before = all.get(key) ?? { rule, words, fix, people: 0 };
        all.set(key, { ...before, people: before.people + 1 });
      }
    }
  }
  return [...all.values()].sort((a, b) => b.people - a.people);
}

/** What keeps the wizard from leaving this step; `undefined`: nothing. */
export function problemsOf(plan: LaunchPlan, letters: Letters, step: number): WordKey | undefined {
  switch (step) {
    case 0:
      return plan.contacts.length === 0 ? 'launch.no-people' : undefined;
    case 1:
      if (!plan.senderId) return 'launch.no-sender';
      return plan.name.trim() ? undefined : 'launch.no-name';
    case 2:
      if (letters.isLoading) return 'launch.still-reading';
      if (letters.error) return 'launch.not-read';
      if (letters.people.length > 0 && letters.people.every(hasErrors)) return 'launch.all-refused';
      return warningsOf(letters.people).length > 0 && !plan.acceptWarnings
        ? 'launch.accept-first'
        : undefined;
    default:
      return undefined;
  }
}

export const isReady = (plan: LaunchPlan, letters: Letters): boolean =>
  [0, 1, 2].every((step) => problemsOf(plan, letters, step) === undefined);

/** The plan by day: what goes out when, if nobody answers. */
export function planByDay(people: readonly Previewed[]) {
  const days = new Map<string, { who: Previewed; step: Previewed['plan'][number] }[]>();
  for (const who of people) {
    for (const step of who.plan) {
      const day = step.ours.date;
      days.set(day, [...(days.get(day) ?? []), { who, step }]);
    }
  }
  return [...days]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([day, items]) => ({ day, items: items.sort((a, b) => (a.step.at < b.step.at ? -1 : 1)) }));
}
