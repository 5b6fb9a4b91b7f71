/** SES pauses the account, finds its daily quota used up, or knows the configuration no more; later all is well. */
import { DAY, HOUR } from '../../../shared/domain/instant.ts';
import type { Workload } from './workload.ts';

export const sesRefuses: Workload = {
  name: 'ses-refuses',
  about: 'sending paused, daily quota, configuration: for hours, around either letter',
  healOnDay: 28,
  focus: 'send-step',
  weight: 2,
  play: async (script) => {
    const { random } = script;
    const why = random.pick(['sending-paused', 'daily-quota', 'configuration'] as const);
    const from = script.now() + random.int(12 * DAY);
    const to = from + random.int(2 * DAY);
    script.world.ses.refuseWhile(() => (script.now() >= from && script.now() < to ? why : undefined));
    const contacts = script.prospects(1 + random.int(3));
    await script.launch({ campaign: 'barred', sender: { id: 'jane' }, delayDays: [0, 7], contacts });
    await script.until(to + HOUR);
  },
};
