/** The ways to a salesperson, and which alerts each of them is for. */
import type { Alert, AlertKind } from './alert.ts';
import type { Grade } from './contact.ts';

/** `secret`: `whsec_` + base64, as Standard Webhooks writes it. */
type WebhookChannel = {
  readonly kind: 'webhook';
  readonly id: string;
  readonly url: string;
  readonly secret: string;
};
type MailChannel = { readonly kind: 'mail'; readonly id: string; readonly address: string };

export const CHATS = ['wecom', 'feishu', 'dingtalk', 'slack'] as const;
export type ChatKind = (typeof CHATS)[number];
/** A group robot. Its URL is a secret itself; Feishu and DingTalk sign with another one where the robot asks for it. */
type ChatChannel = {
  readonly kind: ChatKind;
  readonly id: string;
  readonly url: string;
  readonly secret?: string;
};

export type Channel = (MailChannel | WebhookChannel | ChatChannel) & { readonly only?: Only };
export type ChannelOf<Kind extends Channel['kind']> = Extract<Channel, { kind: Kind }>;

/** An alert must meet all that is named; what is left out asks for nothing. */
export type Only = {
  readonly kinds?: readonly AlertKind[];
  /** Of the contact; whoever has none counts as C. Alerts about no contact pass. */
  readonly grades?: readonly Grade[];
  /** Only where a human being waits for an answer. */
  readonly urgent?: true;
};

/** A person waits: it rings, is due within 24 hours, and goes up the escalation list. */
export const isWaiting = (alert: Pick<Alert, 'kind' | 'urgency'>): boolean =>
  alert.urgency === undefined &&
  (alert.kind === 'reply' || alert.kind === 'unread' || alert.kind === 'unverified');

/**
 * Which of a sender's channels hear of an alert first. `later`: channels of the escalation list, which wait for their
 * turn where a person waits. An alert that the choices of all channels exclude still goes to the first of them: a rule
 * must not be able to lose an answer. Digests are read, not rung: webhooks get one only where they ask for it.
 */
export function channelsFor(
  channels: readonly Channel[],
  alert: Pick<Alert, 'kind' | 'urgency'>,
  grade: Grade | undefined,
  later: readonly string[] = [],
): readonly Channel[] {
  if (alert.urgency === 'list') return [];
  if (alert.kind === 'digest') return channels.filter(takesDigest);
  const first = isWaiting(alert) ? channels.filter(({ id }) => !later.includes(id)) : channels;
  const chosen = first.filter(({ only }) => passes(only, alert, grade));
  return chosen.length > 0 ? chosen : (first.length > 0 ? first : channels).slice(0, 1);
}

const takesDigest = ({ kind, only }: Channel): boolean =>
  only?.kinds ? only.kinds.includes('digest') : kind !== 'webhook' && only?.urgent !== true;

function passes(
  only: Only | undefined,
  alert: Pick<Alert, 'kind' | 'urgency'>,
  grade: Grade | undefined,
): boolean {
  if (only?.urgent && !isWaiting(alert)) return false;
  if (only?.kinds && !only.kinds.includes(alert.kind)) return false;
  return !only?.grades || only.grades.includes(grade ?? 'C');
}
