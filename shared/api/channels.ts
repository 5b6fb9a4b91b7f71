/** A sender's channels in the API. Secrets, and the robots' URLs, which are secrets too, go in and never come out. */
import * as z from 'zod';
import { At, GivenSenderId, pageOf } from '../api.ts';
import { ALERT_KINDS } from '../domain/alert.ts';
import { CHATS, type ChatKind } from '../domain/channel.ts';
import { normaliseAddress } from '../domain/ids.ts';

const CHANNELS_MAX = 10;
const ESCALATION_MAX = 10;
const REPLY_MINUTES_MAX = 1_440;

/** Normalised: the same text is the same mailbox. */
export const Address = z
  .string()
  .max(320)
  .transform((text, context) => {
    const address = normaliseAddress(text);
    if (address) return address;
    context.addIssue({
      code: 'custom',
      message:
        'This is no mail address that can be written to. Write it as name@example.com, without a display name.',
    });
    return z.NEVER;
  });

const ChannelId = z.string().regex(/^[a-z0-9-]{1,40}$/, 'Use a-z, 0-9 and "-".');
export const HookUrl = z.url({ protocol: /^https?$/, error: 'Write an https:// address.' }).max(2_000);
/** Standard Webhooks: 24 to 64 bytes, base64 behind `whsec_`. */
export const HookSecret = z
  .string()
  .regex(/^whsec_[A-Za-z0-9+/]{32,88}={0,2}$/, 'Write whsec_ and 24 to 64 random bytes in base64.');
/** What Feishu and DingTalk show beside "signature verification"; DingTalk's begins with SEC. */
const RobotSecret = z.string().regex(/^[\x21-\x7e]{8,200}$/, 'Copy the secret as the robot shows it.');

/** Which alerts this channel is for; all of them where it is left out. */
const Only = z.strictObject({
  kinds: z.array(z.enum(ALERT_KINDS)).min(1).max(ALERT_KINDS.length).readonly().optional(),
  grades: z
    .array(z.enum(['A', 'B', 'C', 'D']))
    .min(1)
    .max(4)
    .readonly()
    .optional(),
  urgent: z.literal(true).optional(),
});
const about = { id: ChannelId, only: Only.optional() };

const MailChannel = z.strictObject({ kind: z.literal('mail'), ...about, address: Address });
const WebhookChannel = z.strictObject({
  kind: z.literal('webhook'),
  ...about,
  url: HookUrl,
  secret: HookSecret,
});
const chat = <Kind extends ChatKind>(kind: Kind) =>
  z.strictObject({ kind: z.literal(kind), ...about, url: HookUrl, secret: RobotSecret.optional() });
const wecom = chat('wecom').omit({ secret: true });
const slack = chat('slack').omit({ secret: true });

export const ChannelInput = z.discriminatedUnion('kind', [
  MailChannel,
  WebhookChannel,
  wecom,
  chat('feishu'),
  chat('dingtalk'),
  slack,
]);
/** Where a secret or a robot's URL is left out, an edit keeps the one that is there. */
const ChannelPatch = z.discriminatedUnion('kind', [
  MailChannel,
  WebhookChannel.partial({ secret: true }),
  wecom.partial({ url: true }),
  chat('feishu').partial({ url: true }),
  chat('dingtalk').partial({ url: true }),
  slack.partial({ url: true }),
]);
/** A webhook's secret is made here and shown once, unless one is given. */
export const NewChannel = z.discriminatedUnion('kind', [
  MailChannel,
  WebhookChannel.partial({ secret: true }),
  wecom,
  chat('feishu'),
  chat('dingtalk'),
  slack,
]);
export type NewChannel = z.output<typeof NewChannel>;
export type NewChannelGiven = z.input<typeof NewChannel>;

const several = <Channel extends z.ZodType<{ id: string }>>(channel: Channel) =>
  z
    .array(channel)
    .min(1, 'Alerts must reach somebody: name at least one channel.')
    .max(CHANNELS_MAX)
    .refine(
      (channels) => new Set(channels.map(({ id }) => id)).size === channels.length,
      'Two channels have the same id: give each its own.',
    );
export const ChannelInputs = several(ChannelInput);
export const ChannelPatches = several(ChannelPatch);
export type ChannelPatches = z.output<typeof ChannelPatches>;

/** Who is told next while an answer waits unacknowledged; `minutes` count only while somebody is on duty. */
export const ReplyClockInput = z.strictObject({
  minutes: z.number().int().min(1).max(REPLY_MINUTES_MAX),
  escalation: z
    .array(z.union([z.strictObject({ channel: ChannelId }), z.strictObject({ sender: GivenSenderId })]))
    .max(ESCALATION_MAX)
    .readonly()
    .default([]),
  cover: GivenSenderId.optional(),
});

const viewed = { id: z.string(), only: Only.optional() };
export const ChannelView = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('mail'), ...viewed, address: z.string() }),
  z.object({ kind: z.literal('webhook'), ...viewed, url: z.string() }),
  z.object({
    kind: z.enum(CHATS),
    ...viewed,
    /** Of the robot's URL only this is no secret. */
    host: z.string(),
    isSigned: z.boolean(),
  }),
]);
export type ChannelView = z.infer<typeof ChannelView>;
export const ChannelList = z.object({ items: z.array(ChannelView) });
/** `secret`: of a new webhook, shown this once. */
export const ChannelMade = z.object({ channel: ChannelView, secret: z.string().optional() });
export type ChannelMade = z.infer<typeof ChannelMade>;

export const ChannelTest = z.object({
  delivered: z.boolean(),
  /** A sentence: what the channel answered, and what to do about it. */
  detail: z.string(),
});
export type ChannelTest = z.infer<typeof ChannelTest>;

/** One way of an alert: delivered, waiting for its next attempt, or given up after a day. */
export const DeliveryView = z.object({
  channel: z.string(),
  /** Whose channel it is, where it is not the alert's own sender's. */
  sender: z.string().optional(),
  /** The how-manieth further ring this is. */
  ring: z.number().int().optional(),
  state: z.enum(['delivered', 'retrying', 'given-up']),
  at: At,
  attempts: z.number().int(),
  /** A code such as `503` or `errcode 45009`. */
  why: z.string().optional(),
});
export type DeliveryView = z.infer<typeof DeliveryView>;

/** `way`: `[<sender>.]<channel>[~<ring>]`. `outcome`: `taken`, or a code. */
export const AttemptPage = pageOf(z.object({ at: At, way: z.string(), outcome: z.string() }));
