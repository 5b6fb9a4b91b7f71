/** A receiver of alerts and one of news are down for hours or days and come back, or never do. */
import { DAY, HOUR, MINUTE } from '../../../shared/domain/instant.ts';
import type { Workload } from './workload.ts';

const CRM = 'https://crm.example.com/alerts';
const NEWS = 'https://crm.example.com/news';
const GROUP = 'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=k1';
const SECRET = `whsec_${Buffer.from('the secret of the simulation, 32').toString('base64')}`;

const CHANNELS = [
  { kind: 'mail', id: 'own', address: 'jane@doe.example' },
  { kind: 'webhook', id: 'crm', url: CRM, secret: SECRET },
  { kind: 'wecom', id: 'group', url: GROUP },
];

export const channelDown: Workload = {
  name: 'channel-down',
  about: 'a webhook for alerts and one for news go down while answers come, and are back later or never',
  healOnDay: 16,
  focus: 'send-alert',
  weight: 0.3,
  play: async (script) => {
    const { random, world } = script;
    const { platform, down } = world;
    script.onLetter((letter) => {
      const sort = random.pick(['reply', 'reply', 'reply', 'absence', 'unsubscribe', 'auto-reply'] as const);
      if (random.chance(0.8))
        script.wait(random.int(4 * DAY)).then(() => script.answer(letter, sort, { back: 3 }));
    });
    await platform.ask('POST', '/v1/webhooks', { url: NEWS, secret: SECRET });
    const sender = { id: 'jane', channels: CHANNELS };
    await script.createSender(sender);
    const replyClock = { minutes: 30, escalation: [{ channel: 'group' }] };
    await platform.ask('PATCH', '/v1/senders/jane', { replyClock });
    const contacts = script.prospects(2 + random.int(3));
    await script.launch({ campaign: 'deaf', sender, delayDays: [0, 7], contacts });
    const falls = [CRM, NEWS, GROUP].filter(() => random.chance(0.7));
    for (const url of falls) {
      const isForGood = url === CRM && random.chance(0.3);
      script.wait(random.int(3 * DAY)).then(async () => {
        down.add(url);
        if (!isForGood) {
          await script.wait(random.pick([20 * MINUTE, 5 * HOUR, 30 * HOUR, 3 * DAY]));
          return void down.delete(url);
        }
        // Nobody repairs it: days later somebody takes it away, and its dead letters with it.
        await script.wait(4 * DAY);
        await platform.ask('DELETE', '/v1/senders/jane/channels/crm');
      });
    }
  },
};
