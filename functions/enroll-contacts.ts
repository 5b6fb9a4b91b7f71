/** One page of a campaign (SQS). A throw means: bring it again; after 5 times it is a dead letter. */
import * as z from 'zod/mini';
import { handleCampaignPage } from '../shared/campaign-pages.ts';
import type { CampaignId, ContactId, SenderId } from '../shared/domain/ids.ts';
import type { Instant } from '../shared/domain/instant.ts';
import type { Ports } from '../shared/ports.ts';
import { awsTimers } from './aws/timers.ts';
import { forEachMessage } from './queue-batch.ts';
import { onAws } from './wire.ts';

const campaignId = z.pipe(
  z.string(),
  z.transform((id) => id as CampaignId),
);
const senderId = z.pipe(
  z.string(),
  z.transform((id) => id as SenderId),
);
const contactIds = z.array(
  z.pipe(
    z.string(),
    z.transform((id) => id as ContactId),
  ),
);
const Page = z.discriminatedUnion('kind', [
  z.object({ kind: z.enum(['enroll', 'stop']), campaignId, contactIds, afterwards: z.optional(contactIds) }),
  z.object({
    kind: z.literal('gate-opened'),
    campaignId,
    since: z.pipe(
      z.iso.datetime(),
      z.transform((at) => at as Instant),
    ),
    after: z.optional(z.string()),
  }),
  z.object({
    kind: z.literal('transfer'),
    campaignId,
    from: senderId,
    to: senderId,
    after: z.optional(z.string()),
  }),
]);

export const enrollContacts = (ports: Ports) => (event: unknown) =>
  forEachMessage(event, ({ body }) => handleCampaignPage(ports, Page.parse(body)));

export const handler = onAws(enrollContacts, { timers: awsTimers });
