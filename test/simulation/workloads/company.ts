/** A company asks never to be written to again, while letters to its people are due. */

import type { Workload } from './workload.ts';
import { worstMoment } from './worst-moment.ts';

export const company: Workload = {
  name: 'company',
  about: 'a domain is suppressed within seconds of the follow-up to one of its people',
  healOnDay: 20,
  focus: 'send-step',
  weight: 1,
  play: async (script) => {
    const { random, world } = script;
    script.onLetter((letter) => {
      const { domain } = letter.who;
      if (letter.step > 0 || !domain || random.chance(0.4)) return;
      worstMoment(script, letter).then(async () => {
        await script.suppressDomain(domain);
        // Behind a domain that stays suppressed a walk would wait for ever: the salesperson ends those.
        for (const { id } of script.prospects(5).filter((one) => one.domain === domain)) {
          const state = world.table.get({ pk: `contact#${id}`, sk: 'state' })?.document;
          const walk = (state as { enrollment?: { id: string } } | undefined)?.enrollment;
          if (walk) await script.stopWalk(walk.id as never);
        }
      });
    });
    await script.launch({
      campaign: 'firm',
      sender: { id: 'jane' },
      delayDays: [0, 7],
      contacts: script.prospects(5),
    });
  },
};
