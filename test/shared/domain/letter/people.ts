/** Ana, who is written to, and Jane, who writes: the two people of the letter tests. */
import type { Contact } from '../../../../shared/domain/contact.ts';
import type {
  CampaignId,
  ContactId,
  EnrollmentId,
  MessageId,
  SenderId,
  SequenceId,
} from '../../../../shared/domain/ids.ts';
import { instant } from '../../../../shared/domain/instant.ts';
import type { OutgoingMessage } from '../../../../shared/domain/message.ts';
import type { Sender } from '../../../../shared/domain/sender.ts';
import type { LetterStep, Sequence } from '../../../../shared/domain/sequence.ts';

export const OPT_OUT_URL = 'https://relance.example.com/u/abc234';

export const JANE: Sender = {
  id: 'jane' as SenderId,
  name: 'Jane Doe',
  company: 'Doe Ceramics Ltd.',
  address: 'jane@doe.example',
  phone: '+86 20 5555 0100',
  whatsapp: '+86 139 5555 0100',
  website: 'doe.example',
  postalAddress: '1 Kiln Road\nFoshan, China',
  zone: 'Asia/Shanghai',
  dailyQuota: 40,
  listUnsubscribe: 'follow-ups',
  channels: [{ kind: 'mail', id: 'm', address: 'jane@doe.example' }],
};

export const ANA: Contact = {
  id: 'a'.repeat(26) as ContactId,
  address: 'ana@acme.example',
  firstName: 'Ana',
  lastName: 'Silva',
  title: 'Buyer',
  company: 'Acme',
  companyDomain: 'acme.example',
  country: 'PT',
  city: 'Porto',
  zone: 'Europe/Lisbon',
  zoneSource: 'country',
  phones: [],
  grade: 'A',
  fields: { why: 'Your shops in Porto sell tableware. You know clay.' },
  createdAt: instant('2026-11-01T00:00:00Z'),
};

export const letterStep = (step: Partial<LetterStep>): LetterStep => ({
  kind: 'letter',
  delay: { days: 7 },
  body: 'Dear {{ contact.firstName }},\n\n{{ contact.why }}\n\nBest regards',
  ...step,
});

export const sequenceOf = (...steps: LetterStep[]): Sequence => ({
  id: 's' as SequenceId,
  version: 1,
  name: 'Tableware',
  language: 'en',
  steps,
});

export const sentLetter = (given: Partial<OutgoingMessage>): OutgoingMessage => ({
  kind: 'out',
  id: 'm' as MessageId,
  contactId: ANA.id,
  enrollmentId: `${ANA.id}-1` as EnrollmentId,
  campaignId: 'c' as CampaignId,
  step: 0,
  at: instant('2026-11-24T02:12:00Z'),
  sentAt: instant('2026-11-24T02:12:00Z'),
  subject: 'Tableware for Acme',
  text: 'Dear Ana,\n\nWe make plates.\n\nJane Doe',
  body: 'Dear Ana,\n\nWe make plates.',
  ...given,
});
