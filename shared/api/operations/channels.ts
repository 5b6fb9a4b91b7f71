/** The operations of /v1/senders/ID/channels. */
import { ChannelList, ChannelMade, ChannelTest, NewChannel } from '../channels.ts';
import { EXAMPLE_SENDER } from '../examples.ts';
import type { OperationsOf } from '../operation.ts';

const ofLin = { params: { id: EXAMPLE_SENDER.id } };
/** The one that a sender has from the beginning: their own mailbox. */
const ofLinsMailbox = { params: { id: EXAMPLE_SENDER.id, channelId: 'own' } };

export const channelOperations = {
  'channels.list': {
    summary: 'List the ways to a sender',
    scope: 'read',
    answers: { 200: ChannelList },
    example: ofLin,
  },
  'channels.add': {
    summary: 'Add a way to a sender',
    description:
      'Mail, a webhook signed by the Standard Webhooks scheme, or a group robot of WeCom, Feishu/Lark, DingTalk or Slack. `only` says which alerts it is for. The secret of a webhook is made here, unless one is given, and shown this once.',
    scope: 'write',
    body: NewChannel,
    answers: { 201: ChannelMade },
    example: {
      ...ofLin,
      body: {
        kind: 'dingtalk',
        id: 'sales-group',
        url: 'https://oapi.dingtalk.com/robot/send?access_token=0123456789abcdef',
        secret: 'SEC0123456789abcdef',
        only: { urgent: true, grades: ['A', 'B'] },
      },
    },
  },
  'channels.remove': {
    summary: 'Remove a way to a sender',
    description: 'Not the last one: alerts must reach somebody.',
    scope: 'write',
    answers: { 200: ChannelList },
    example: { params: { id: EXAMPLE_SENDER.id, channelId: 'desk' } },
  },
  'channels.test': {
    summary: 'Try whether a channel works',
    description: 'Sends one message by it now, and says what came back.',
    scope: 'write',
    answers: { 200: ChannelTest },
    example: ofLinsMailbox,
  },
} satisfies OperationsOf<'channels'>;
