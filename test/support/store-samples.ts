// One plain document of each kind, for whoever must put something into a Store. Override what the test is about.
import type { Alert } from '../../shared/domain/alert.ts';
import type { Arrival } from '../../shared/domain/arrival.ts';
import type { Campaign } from '../../shared/domain/campaign.ts';
import type { Contact } from '../../shared/domain/contact.ts';
import type { ContactState, EndedEnrollment, OpenEnrollment } from '../../shared/domain/enrollment/state.ts';
import {
  type AlertId,
  type CampaignId,
  type ContactId,
  contactIdOf,
  type EnrollmentId,
  enrollmentIdOf,
  type MessageId,
  type SenderId,
  type SequenceId,
  type TaskId,
} from '../../shared/domain/ids.ts';
import { type Instant, instant, MINUTE, plus } from '../../shared/domain/instant.ts';
import type { IncomingMessage } from '../../shared/domain/message.ts';
import type { Sender } from '../../shared/domain/sender.ts';
import type { Sequence } from '../../shared/domain/sequence.ts';
import type { Task } from '../../shared/domain/task.ts';

export const AT = instant('2027-03-02T09:14:00Z');
export const CAMPAIGN = 'spring' as CampaignId;
export const SENDER = 'anna' as SenderId;

/** A different, but always the same, contact for each number. */
export const contactNumber = (n: number): ContactId => contactIdOf('sample secret', `person${n}@example.com`);

export const sampleSender = (over: Partial<Sender> = {}): Sender => ({
  id: SENDER,
  name: 'Anna Berg',
  company: 'Acme',
  address: 'anna@acme.example',
  postalAddress: '1 Harbour Street, Bergen',
  zone: 'Europe/Oslo',
  dailyQuota: 40,
  listUnsubscribe: 'follow-ups',
  channels: [{ kind: 'mail', id: 'mail', address: 'anna@acme.example' }],
  ...over,
});

export const sampleSequence = (over: Partial<Sequence> = {}): Sequence => ({
  id: 'intro' as SequenceId,
  version: 1,
  name: 'Introduction',
  language: 'en',
  steps: [{ kind: 'letter', delay: { days: 0 }, subject: 'Hello', body: 'Dear {{ contact.firstName }}' }],
  ...over,
});

export const sampleCampaign = (over: Partial<Campaign> = {}): Campaign => ({
  id: CAMPAIGN,
  name: 'Spring',
  senderId: SENDER,
  sequenceId: 'intro' as SequenceId,
  sequenceVersion: 1,
  status: 'running',
  statusSince: AT,
  createdAt: AT,
  ...over,
});

export const sampleContact = (over: Partial<Contact> = {}): Contact => ({
  id: contactNumber(1),
  address: 'person1@example.com',
  zone: 'Europe/Berlin',
  zoneSource: 'given',
  phones: [],
  fields: { why: 'your new line' },
  createdAt: AT,
  ...over,
});

export const sampleMessage = (over: Partial<IncomingMessage> = {}): IncomingMessage => ({
  kind: 'in',
  id: 'mail1' as MessageId,
  at: AT,
  rawKey: 'inbound/mail1',
  reading: {
    kind: { value: 'reply', evidence: [], confidence: 1 },
    replyText: 'Call me.',
    language: 'en',
    phones: [],
    people: [],
    ambiguous: [],
  },
  ...over,
});

export const sampleTask = (over: Partial<Task> = {}): Task => ({
  id: 'task1' as TaskId,
  kind: 'call',
  contactId: contactNumber(1),
  enrollmentId: enrollmentIdOf(contactNumber(1), 1),
  campaignId: CAMPAIGN,
  senderId: SENDER,
  dueAt: AT,
  createdAt: AT,
  status: 'open',
  ...over,
});

export const sampleAlert = (over: Partial<Alert> = {}): Alert => ({
  id: 'alert1' as AlertId,
  kind: 'reply',
  at: AT,
  delivered: {},
  ...over,
});

export const sampleArrival = (over: Partial<Arrival> = {}): Arrival => ({
  id: 'arrival1',
  rawKey: 'inbound/arrival1',
  at: AT,
  recipients: ['r+token@reply.example.com'],
  verdicts: { spf: 'PASS', dkim: 'PASS', dmarc: 'PASS', spam: 'DISABLED', virus: 'PASS' },
  ...over,
});

export const sampleState = (contactId: ContactId, over: Partial<ContactState> = {}): ContactState => ({
  contactId,
  standing: { kind: 'open' },
  because: [],
  becauseCount: 0,
  ...over,
});

export const openWalk = (
  contactId: ContactId,
  n = 1,
  over: Partial<OpenEnrollment> = {},
): OpenEnrollment => ({
  kind: 'open',
  id: enrollmentIdOf(contactId, n),
  campaignId: CAMPAIGN,
  senderId: SENDER,
  sent: [],
  letter: { kind: 'planned', step: 0, dueAt: AT },
  holds: [],
  ...over,
});

export const endedWalk = (
  contactId: ContactId,
  n = 1,
  over: Partial<EndedEnrollment> = {},
): EndedEnrollment => ({
  kind: 'ended',
  id: enrollmentIdOf(contactId, n),
  campaignId: CAMPAIGN,
  senderId: SENDER,
  sent: [],
  end: { kind: 'stopped', why: 'replied' },
  endedAt: AT,
  ...over,
});

/** Moments in the order of their numbers, a minute apart. */
export const dated = (n: number): Instant => plus(instant('2027-03-01T00:00:00Z'), n * MINUTE);
export const walkOf = (n: number, walk = 1): EnrollmentId => enrollmentIdOf(contactNumber(n), walk);
