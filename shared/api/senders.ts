/** Senders in the API. A webhook's secret goes in and never comes out again. */
import * as z from 'zod';
import { At, GivenSenderId, line, Moment, pageOf } from '../api.ts';
import { DIGEST_PERIODS } from '../domain/sender.ts';
import { isKnownCountry } from '../domain/time/calendar.ts';
import { isKnownZone } from '../domain/time/zone.ts';
import { Address, ChannelInputs, ChannelPatches, ChannelView, ReplyClockInput } from './channels.ts';

export { Address };

const DAILY_QUOTA_MAX = 10_000;
const DAYS_OFF_MAX = 400;
/** One new human conversation at a time is what the product is for; SES's sandbox takes 200. */
const DAILY_QUOTA_DEFAULT = 50;

const Phone = z
  .string()
  .regex(/^\+[1-9][0-9]{6,14}$/, 'Write the number as +351912345678: with country code, without blanks.');

export const Zone = z
  .string()
  .refine(isKnownZone, 'No such time zone. Use an IANA name such as Europe/Lisbon.');

const WallTime = z.string().regex(/^([01][0-9]|2[0-3]):[0-5][0-9]$/, 'Write the time as 09:00.');
const Hours = z
  .strictObject({ from: WallTime, to: WallTime })
  .refine(({ from, to }) => from < to, 'The working day ends before it begins.');
const WorkingDays = z
  .array(z.number().int().min(1).max(7))
  .min(1, 'Name at least one working day: 1 is Monday, 7 is Sunday.')
  .max(7)
  .refine((days) => new Set(days).size === days.length, 'Name each working day once.')
  .readonly();
const Country = z
  .string()
  .refine(isKnownCountry, 'No such country. Use an ISO 3166-1 code of two letters, such as PT.');

/** The sender's own week; whatever is left out follows their country, or 09:00–18:00. */
const week = {
  country: Country,
  region: line(100),
  workingDays: WorkingDays,
  hours: Hours,
  eveningUntil: WallTime,
  daysOff: z.array(z.iso.date()).max(DAYS_OFF_MAX).readonly(),
  hourlyCeiling: z.number().int().min(1).max(DAILY_QUOTA_MAX),
};
/** How they are told. */
const told = {
  replyClock: ReplyClockInput,
  digests: z.array(z.enum(DIGEST_PERIODS)).max(DIGEST_PERIODS.length).readonly(),
  language: z.enum(['en', 'zh']),
};
const orNone = <Fields extends Record<string, z.ZodType>>(of: Fields) =>
  Object.fromEntries(Object.entries(of).map(([name, type]) => [name, type.nullable()])) as {
    [Name in keyof Fields]: z.ZodNullable<Fields[Name]>;
  };

const fields = {
  name: line(100),
  company: line(100),
  address: Address,
  phone: Phone.optional(),
  whatsapp: Phone.optional(),
  website: line(200).optional(),
  postalAddress: z.string().trim().min(1, 'The law asks for a postal address below every letter.').max(500),
  zone: Zone,
  dailyQuota: z.number().int().min(1).max(DAILY_QUOTA_MAX),
  listUnsubscribe: z.enum(['always', 'follow-ups', 'never']),
};

export const SenderInput = z
  .strictObject({
    id: GivenSenderId.optional(),
    ...fields,
    ...z.object({ ...week, ...told }).partial().shape,
    dailyQuota: fields.dailyQuota.default(DAILY_QUOTA_DEFAULT),
    listUnsubscribe: fields.listUnsubscribe.default('follow-ups'),
    /** Absent: the sender's own mailbox. */
    channels: ChannelInputs.optional(),
  })
  .meta({ id: 'SenderInput' });
export type SenderInput = z.output<typeof SenderInput>;
export type SenderGiven = z.input<typeof SenderInput>;

/** RFC 7396: what is left out stays, `null` removes. A webhook named without its secret keeps the one it has. */
export const SenderPatch = z
  .strictObject({
    ...fields,
    ...orNone({ ...week, ...told }),
    phone: Phone.nullable(),
    whatsapp: Phone.nullable(),
    website: line(200).nullable(),
    channels: ChannelPatches,
  })
  .partial()
  .meta({ id: 'SenderPatch' });
export type SenderPatch = z.output<typeof SenderPatch>;

export const SenderPause = z.strictObject({ until: Moment.optional() }).meta({ id: 'SenderPause' });

export const SenderView = z
  .object({
    /** They have left: whom everything went to. */
    transferredTo: z.string().optional(),
    id: z.string(),
    /** A mailbox rule that redirects the sender's own mail here lets answers to that address stop the sequence too. */
    redirectTo: z.string(),
    name: z.string(),
    company: z.string(),
    address: z.string(),
    phone: z.string().optional(),
    whatsapp: z.string().optional(),
    website: z.string().optional(),
    postalAddress: z.string(),
    zone: z.string(),
    ...z.object({ ...week, ...told }).partial().shape,
    dailyQuota: z.number(),
    /** What SES lets the account send is less than asked for: these are the letters of a day and of an hour. */
    sesAllows: z.object({ perDay: z.number(), perHour: z.number() }).optional(),
    listUnsubscribe: fields.listUnsubscribe,
    /** No letter goes out in this name: until then, or until a person resumes. Told by `list`, `get`, `pause`, `resume`. */
    paused: z.object({ until: At.optional() }).optional(),
    /** Whether a probe has come back from the sender's own mailbox. */
    ownMailbox: z.object({ probedAt: At.optional(), seenAt: At.optional() }).optional(),
    channels: z.array(ChannelView),
  })
  .meta({ id: 'Sender' });
export type SenderView = z.infer<typeof SenderView>;
export const SenderPage = pageOf(SenderView).meta({ id: 'SenderPage' });

/** Companies, campaigns, walks, tasks and waiting alerts go to another sender. */
export const TransferInput = z.strictObject({ to: GivenSenderId }).meta({ id: 'TransferInput' });
export const TransferAnswer = z
  .object({
    from: z.string(),
    to: z.string(),
    /** Their walks, tasks and companies follow in the background. */
    campaigns: z.number().int(),
    alerts: z.number().int(),
  })
  .meta({ id: 'TransferAnswer' });
export type TransferAnswer = z.infer<typeof TransferAnswer>;
