/** A launch of many, whose pages and requests die in the middle; stopped or grown while it still enrolls. */
import { DAY, MINUTE, SECOND } from '../../../shared/domain/instant.ts';
import type { Script } from '../script.ts';
import type { Workload } from './workload.ts';

const play =
  (count: number) =>
  async (script: Script): Promise<void> => {
    const { random } = script;
    const contacts = script.prospects(count);
    const sender = { id: 'jane', dailyQuota: 10_000 };
    if (random.chance(0.3)) {
      // The page ends among the dead letters, where it lies until somebody looks.
      script.world.platform.breakDown('enroll-contacts', true);
      script.wait(10 * MINUTE).then(() => script.world.platform.breakDown('enroll-contacts', false));
    }
    const launched = script.launch({ campaign: 'fair', sender, delayDays: [0], contacts });
    if (random.chance(0.4)) {
      await launched;
      // Pages begin five seconds after the launch: most stops meet them at work.
      const isAtWork = random.chance(0.7);
      await script.wait(isAtWork ? 4 * SECOND + random.int(4 * SECOND) : random.int(2 * DAY));
      await script.stopCampaign('fair');
    }
    await launched;
  };

export const launch: Workload = {
  name: 'launch',
  about: 'one letter each to 12 contacts at once; the campaign is sometimes stopped while it enrolls',
  healOnDay: 6,
  focus: 'enroll-contacts',
  weight: 0.5,
  play: play(12),
};

/** The same for a whole trade fair: too slow for every seed, run by name. */
export const launchThousand: Workload = {
  ...launch,
  name: 'launch-thousand',
  about: 'the same with 1,000 contacts in 20 pages; run by name',
  weight: 0,
  spares: ['api'],
  play: play(1_000),
};
