/** Nobody reads the inbound queue for hours or days around the follow-up, and answers are waiting in it. */
import { DAY, HOUR, MINUTE } from '../../../shared/domain/instant.ts';
import type { Workload } from './workload.ts';

export const inboundDown: Workload = {
  name: 'inbound-down',
  about: 'the inbound path stands still around the follow-up: the fence must hold it back',
  healOnDay: 24,
  focus: 'receive-mail',
  weight: 1,
  play: async (script) => {
    const { random, world } = script;
    script.onLetter((letter) => {
      if (letter.step > 0) return;
      script.wait(15 * MINUTE).then(async () => {
        const due = script.plannedAt(letter.enrollment) ?? script.now() + 7 * DAY;
        const before = random.int(6 * HOUR);
        await script.until(due - before);
        world.queues.block('inbound', true);
        if (random.chance(0.7)) {
          await script.wait(random.int(Math.max(1, before - 80 * MINUTE)));
          script.answer(letter, random.pick(['reply', 'unsubscribe', 'absence'] as const), { back: 6 });
        }
        await script.wait(before + random.int(DAY));
        world.queues.block('inbound', false);
      });
    });
    const contacts = script.prospects(1 + random.int(2));
    await script.launch({ campaign: 'deaf', sender: { id: 'jane' }, delayDays: [0, 7], contacts });
  },
};
