/** One page of a campaign (SQS). A throw means: bring it again; after 5 times it is a dead letter. */
import * as z from 'zod';
import { handleCampaignPage } from '../shared/campaign-pages.ts';
import type { CampaignId, ContactId, SenderId } from '../shared/domain/ids.ts';
import type { Instant } from '../shared/domain/instant.ts';
import type { Ports } from '../shared/ports.ts';
import { awsTimers } from './aws/timers.ts';
import { forEachMessage } from './queue-batch.ts';
import { onAws } from './wire.ts';

const campaignId = z.string().transform((id) => id as CampaignId);
const senderId = z.string().transform((id) => id as SenderId);
const contactIds = z.array(z.string().transform((id) => id as ContactId));
const Page = z.discriminatedUnion('kind', [
  z.object({ kind: z.enum(['enroll', 'stop']), campaignId, contactIds, afterwards: contactIds.optional() }),
  z.object({
    kind: z.literal('gate-opened'),
    campaignId,
    since: z.iso.datetime().transform((at) => at as Instant),
    after: z.string().optional(),
  }),
  z.object({
    kind: z.literal('transfer'),
    campaignId,
    from: senderId,
    to: senderId,
    after: z.string().optional(),
  }),
]);

export const enrollContacts = (ports: Ports) => (event: unknown) =>
  forEachMessage(event, ({ body }) => handleCampaignPage(ports, Page.parse(body)));

export const handler = onAws(enrollContacts, { timers: awsTimers });
