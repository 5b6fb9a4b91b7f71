/** Who writes: one salesperson with a name, an address and a working day of their own. */
import type { SenderId } from './ids.ts';

export type Sender = {
  readonly id: SenderId;
  readonly name: string;
  readonly company: string;
  /** The From address; its domain is a verified SES identity. */
  readonly address: string;
  readonly phone?: string;
  readonly whatsapp?: string;
  readonly website?: string;
  /** Stands below every letter: CAN-SPAM §5(a)(5) asks for a valid postal address in B2B mail too. */
  readonly postalAddress: string;
  /** IANA name. */
  readonly zone: string;
  /** Letters per day of the sender's own zone. */
  readonly dailyQuota: number;
  readonly listUnsubscribe: 'always' | 'follow-ups' | 'never';
  /** Where alerts go: mail addresses and signed webhooks. At least one. */
  readonly channels: readonly Channel[];
};

export type Channel =
  | { readonly kind: 'mail'; readonly id: string; readonly address: string }
  /** `secret`: `whsec_` + base64, as Standard Webhooks writes it. */
  | { readonly kind: 'webhook'; readonly id: string; readonly url: string; readonly secret: string };
