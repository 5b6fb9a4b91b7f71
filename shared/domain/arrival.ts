/** What is known of an inbound mail before it is read; kept so that an unread one can be queued again. */
import type { ContactId } from './ids.ts';
import type { Instant } from './instant.ts';

export type Arrival = {
  /** SES's id of the inbound mail: names the hold. */
  readonly id: string;
  readonly rawKey: string;
  readonly at: Instant;
  /** Envelope recipients: the token stands here. */
  readonly recipients: readonly string[];
  readonly verdicts: Verdicts;
  /** Set once, by the first run that got so far: its reading counts, or a person's. */
  readonly fate?: 'read' | 'unread';
  /** A person has said whose it is: nobody's list shows it again, however often it is brought. */
  readonly assignedTo?: ContactId;
};
export type Verdict = 'PASS' | 'FAIL' | 'GRAY' | 'PROCESSING_FAILED' | 'DISABLED';
export type Verdicts = {
  readonly spf: Verdict;
  readonly dkim: Verdict;
  readonly dmarc: Verdict;
  readonly spam: Verdict;
  readonly virus: Verdict;
};
