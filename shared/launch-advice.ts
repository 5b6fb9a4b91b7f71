/** What a launch must say aloud and need not refuse. */
import type { Sender } from './domain/sender.ts';
import { senderAddress } from './domain/token.ts';
import type { Ports } from './ports.ts';

export type Advice = {
  readonly code: 'own-mailbox-unproven' | 'ses-allows-less';
  readonly detail: string;
};

export const launchAdvice = (ports: Ports, sender: Sender): readonly Advice[] => [
  ...mailboxAdvice(ports, sender),
  ...allowanceAdvice(sender),
];

function mailboxAdvice({ settings, ids }: Ports, { id, address, ownMailbox }: Sender): readonly Advice[] {
  if (ownMailbox?.seenAt) return [];
  const redirectTo = senderAddress(settings.replyDomain, ids.tokenKeys, id);
  const detail =
    `Answers to ${address} itself will not stop the follow-up: no probe has come back from there yet. ` +
    `Redirect that mailbox to ${redirectTo}, then POST /v1/senders/${id}/probe.`;
  return [{ code: 'own-mailbox-unproven', detail }];
}

function allowanceAdvice({ name, dailyQuota, sesAllows }: Sender): readonly Advice[] {
  if (sesAllows === undefined) return [];
  const detail =
    `SES lets ${name} send ${sesAllows.perDay} letters a day and ${sesAllows.perHour} an hour for now, of ${dailyQuota} a day asked ` +
    'for: the plan goes by that. Ask AWS for a higher sending quota; it is heeded within the hour.';
  return [{ code: 'ses-allows-less', detail }];
}
