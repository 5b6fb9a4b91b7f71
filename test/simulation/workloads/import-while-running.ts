/** A file of contacts comes into a campaign that writes already; its function dies in the middle, or runs twice. */
import { DAY, HOUR, MINUTE, SECOND } from '../../../shared/domain/instant.ts';
import type { Workload } from './workload.ts';

export const importWhileRunning: Workload = {
  name: 'import-while-running',
  about: 'a file with good and bad rows into a running campaign; every good row exactly once, no row lost',
  healOnDay: 6,
  focus: 'import-contacts',
  weight: 0.3,
  play: async (script) => {
    const { random, world } = script;
    const [first, ...others] = script.prospects(2 + random.int(22));
    if (!first) return;
    const sender = { id: 'jane', dailyQuota: 10_000 };
    await script.launch({ campaign: 'fair', sender, delayDays: [0], contacts: [first] });
    await script.wait(random.int(2 * HOUR));
    if (random.chance(0.3)) {
      // Its messages end among the dead letters, where they lie until somebody looks.
      world.platform.breakDown('import-contacts', true);
      script.wait(random.int(DAY)).then(() => world.platform.breakDown('import-contacts', false));
    }
    if (random.chance(0.4)) {
      script
        .nextRun('import-contacts')
        .then(() => script.wait(random.int(SECOND)))
        .then(() => world.platform.freeze('import-contacts', random.int(20 * MINUTE)));
    }
    await script.importInto('fair', others);
  },
};
