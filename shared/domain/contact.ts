/** A person to whom a letter may go, and what is known about them. */
import type { Dossier } from './dossier.ts';
import type { GradeFactors } from './grade.ts';
import type { ContactId, MessageId } from './ids.ts';
import type { Instant } from './instant.ts';
import type { ZoneSource } from './time/zone.ts';

export type Grade = 'A' | 'B' | 'C' | 'D';

export type Contact = {
  readonly id: ContactId;
  readonly address: string;
  readonly firstName?: string;
  readonly lastName?: string;
  readonly title?: string;
  /** The company's name as a person would write it. */
  readonly company?: string;
  /** The mail domain, or `undefined` for free-mail domains. */
  readonly companyDomain?: string;
  /** ISO 3166-1 alpha-2, upper case. */
  readonly country?: string;
  readonly region?: string;
  readonly city?: string;
  readonly zone: string;
  readonly zoneSource: ZoneSource;
  /** E.164. */
  readonly phones: readonly string[];
  readonly language?: string;
  readonly grade?: Grade;
  /** Absent: given when the contact was. One from factors follows them. */
  readonly gradeFrom?: 'given' | 'factors';
  readonly factors?: GradeFactors;
  readonly dossier?: Dossier;
  /** Where this contact comes from; GDPR Art. 14 asks for it at first contact. */
  readonly source?: string;
  /** Who named them instead of themselves. */
  readonly referredBy?: ContactId;
  /** What allows writing to them where the law asks for it: "asked for our catalogue at the fair, 2026-10-15". */
  readonly lawfulBasis?: string;
  /** What only this contact's letters need: `{{ contact.why }}` and the like. */
  readonly fields: Readonly<Record<string, string>>;
  /** What their mails say of them, for a person to take over; never written into the profile by itself. */
  readonly suggestions?: readonly Suggestion[];
  /** When one was last added. */
  readonly suggestedAt?: Instant;
  readonly createdAt: Instant;
};

export type Suggestion = {
  readonly field: 'title' | 'authority' | 'company' | 'phone' | 'address';
  readonly value: string;
  /** Their own words. */
  readonly quote?: string;
  /** 0…1. */
  readonly confidence: number;
  readonly messageId: MessageId;
  readonly at: Instant;
  /** What a person said to it; kept, so that the next mail's signature does not suggest it again. */
  readonly settled?: 'accepted' | 'dismissed';
};

/** "Ana Silva", or the address where no name is known. */
export const displayName = (contact: Contact): string =>
  [contact.firstName, contact.lastName].filter(Boolean).join(' ') || contact.address;
