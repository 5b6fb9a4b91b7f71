/** What other systems are told, by event: the schema of each body that is POSTed, and the endpoints that get them. */
import * as z from 'zod';
import { At, pageOf } from '../api.ts';
import { NOTICE_TYPES } from '../domain/notice.ts';
import { HookSecret, HookUrl } from './channels.ts';

const contact = z.object({
  id: z.string(),
  address: z.string().optional(),
  name: z.string().optional(),
  company: z.string().optional(),
  country: z.string().optional(),
  grade: z.enum(['A', 'B', 'C', 'D']).optional(),
});
const about = {
  contact,
  enrollmentId: z.string().optional(),
  campaignId: z.string().optional(),
  senderId: z.string().optional(),
};
/** The first 8,000 characters; `isCut` where there were more. */
const text = { text: z.string(), isCut: z.literal(true).optional() };
const mail = {
  id: z.string(),
  at: At,
  from: z.string().optional(),
  subject: z.string().optional(),
  /** Their new words: no quote, no signature. */
  ...text,
  /** ISO 639-1, `und` where too little text. */
  language: z.string(),
  phones: z.array(z.object({ e164: z.string(), owner: z.enum(['contact', 'stand-in', 'switchboard']) })),
};

const body = <Type extends (typeof NOTICE_TYPES)[number], Data extends z.ZodRawShape>(
  type: Type,
  data: Data,
) =>
  z.object({
    /** The same in every attempt and in the header `webhook-id`: deduplicate by it. */
    id: z.string(),
    type: z.literal(type),
    /** Fields may be added under one version; none is removed or given another meaning. */
    version: z.string(),
    /** When it happened. */
    timestamp: At,
    /** 1, 2, 3… per contact: puts them in order and shows whether one is missing. */
    sequence: z.number().int(),
    data: z.object({ ...about, ...data }),
  });

const letterSent = body('letter.sent', {
  letter: z.object({ id: z.string(), step: z.number().int(), subject: z.string(), ...text }),
});
const replyReceived = body('reply.received', {
  message: z.object({
    ...mail,
    intent: z
      .enum(['interested', 'asks', 'later', 'not-interested', 'wrong-person', 'unsubscribe', 'other'])
      .optional(),
  }),
});
const absenceDetected = body('absence.detected', {
  message: z.object(mail),
  /** ISO dates; `returnOn` is the first day they can be reached again. */
  absence: z.object({ from: z.string().optional(), returnOn: z.string().optional() }),
});
const taskDue = body('task.due', {
  task: z.object({
    id: z.string(),
    kind: z.string(),
    dueAt: At,
    phone: z.string().optional(),
    person: z.string().optional(),
  }),
});
const contactSuppressed = body('contact.suppressed', { why: z.string() });

export type NoticeBody =
  | z.infer<typeof letterSent>
  | z.infer<typeof replyReceived>
  | z.infer<typeof absenceDetected>
  | z.infer<typeof taskDue>
  | z.infer<typeof contactSuppressed>;

const ANA = {
  id: '264djzic6k6htos6moffum7z7e',
  address: 'ana.silva@ferragens.example',
  name: 'Ana Silva',
  company: 'Ferragens Lda',
  country: 'PT',
  grade: 'A',
} as const;
const OF_ANA = {
  contact: ANA,
  enrollmentId: `${ANA.id}-1`,
  campaignId: 'porto-dealers',
  senderId: 'linwei',
} as const;
const HEAD = { version: '2026-11-01', timestamp: '2026-12-02T10:12:00.000Z' } as const;

export type WebhookDeclaration = {
  readonly summary: string;
  readonly description?: string;
  readonly payload: z.ZodType;
  readonly example: unknown;
};

/** Event → what it is, the schema of its body, and one. The OpenAPI document's `webhooks` are made from this. */
export const WEBHOOKS = {
  'letter.sent': {
    summary: 'SES has accepted a letter',
    payload: letterSent,
    example: {
      ...HEAD,
      id: 'n1letter7q2x3kz4vb5n',
      type: 'letter.sent',
      sequence: 1,
      data: {
        ...OF_ANA,
        letter: {
          id: `letter-${ANA.id}-1-0`,
          step: 0,
          subject: 'Hand tools for Ferragens Lda',
          text: 'Dear Ana,\n\nYour new shop in Porto repairs tools while people wait.',
        },
      },
    },
  },
  'reply.received': {
    summary: 'A person has answered',
    payload: replyReceived,
    example: {
      ...HEAD,
      id: 'n2reply7q2x3kz4vb5nm',
      type: 'reply.received',
      sequence: 2,
      data: {
        ...OF_ANA,
        message: {
          id: 'mail2q7x3kz4vb5n6m',
          at: HEAD.timestamp,
          from: ANA.address,
          subject: 'Re: Hand tools for Ferragens Lda',
          text: 'Please send us your price list.',
          language: 'en',
          phones: [],
          intent: 'asks',
        },
      },
    },
  },
  'absence.detected': {
    summary: 'An out-of-office note has come',
    payload: absenceDetected,
    example: {
      ...HEAD,
      id: 'n3absence7q2x3kz4vb5',
      type: 'absence.detected',
      sequence: 2,
      data: {
        ...OF_ANA,
        message: {
          id: 'mail4q7x3kz4vb5n6m',
          at: HEAD.timestamp,
          from: ANA.address,
          subject: 'Automatic reply',
          text: 'I am travelling until 9 December. In urgent cases: +351 912 345 678.',
          language: 'en',
          phones: [{ e164: '+351912345678', owner: 'contact' }],
        },
        absence: { returnOn: '2026-12-10' },
      },
    },
  },
  'task.due': {
    summary: 'Work for the salesperson has fallen due',
    payload: taskDue,
    example: {
      ...HEAD,
      id: 'n4task7q2x3kz4vb5n6m',
      type: 'task.due',
      sequence: 3,
      data: {
        ...OF_ANA,
        task: { id: 'task4whatsapp5ana6', kind: 'whatsapp', dueAt: HEAD.timestamp, phone: '+351912345678' },
      },
    },
  },
  'contact.suppressed': {
    summary: 'A contact is never written to again',
    payload: contactSuppressed,
    example: {
      ...HEAD,
      id: 'n5suppressed7q2x3kz4',
      type: 'contact.suppressed',
      sequence: 4,
      data: { ...OF_ANA, why: 'unsubscribed' },
    },
  },
} satisfies Readonly<Record<string, WebhookDeclaration>>;

const Types = z.array(z.enum(NOTICE_TYPES)).min(1).max(NOTICE_TYPES.length).readonly();

export const EndpointInput = z.strictObject({
  /** https, to a public address; redirects are not followed, and an answer is waited for 5 seconds. */
  url: HookUrl,
  /** All of them where it is left out. */
  types: Types.optional(),
  /** Made here, and shown once, where it is left out. */
  secret: HookSecret.optional(),
});
export type EndpointInput = z.output<typeof EndpointInput>;

export const EndpointView = z.object({
  id: z.string(),
  url: z.string(),
  types: Types.optional(),
  createdAt: At,
});
export type EndpointView = z.infer<typeof EndpointView>;
export const EndpointList = z.object({ items: z.array(EndpointView) });
export const EndpointMade = EndpointView.extend({ secret: z.string().optional() });

/** A notice that an endpoint has not taken: still being tried, or dead after a day. */
export const UndeliveredView = z.object({
  id: z.string(),
  type: z.enum(NOTICE_TYPES),
  at: At,
  contactId: z.string(),
  sequence: z.number().int(),
  state: z.enum(['waiting', 'dead']),
  attempts: z.number().int(),
  lastTriedAt: At.optional(),
  /** A code such as `503`, or `no answer`. */
  why: z.string().optional(),
});
export type UndeliveredView = z.infer<typeof UndeliveredView>;
export const UndeliveredPage = pageOf(UndeliveredView);
