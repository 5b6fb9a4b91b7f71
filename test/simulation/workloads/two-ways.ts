/** One mail by two ways in, at once: the reply address, and the salesperson's own mailbox that redirects it. */
import { DAY, SECOND } from '../../../shared/domain/instant.ts';
import type { Workload } from './workload.ts';
import { worstMoment } from './worst-moment.ts';

export const twoWays: Workload = {
  name: 'two-ways',
  about: 'the same mail by the reply address and by a redirect: one record, one hold given back for each',
  healOnDay: 20,
  focus: 'receive-mail',
  weight: 1,
  play: async (script) => {
    const { random } = script;
    script.onLetter((letter) => {
      if (letter.step > 0) return;
      const moment = random.chance(0.5) ? worstMoment(script, letter) : script.wait(random.int(6 * DAY));
      moment.then(async () => {
        const sort = random.pick(['reply', 'auto-reply', 'unsubscribe'] as const);
        script.answerOwnMailbox(letter, sort, 'redirect', { both: true });
        if (random.chance(0.3)) return;
        await script.wait(random.int(20 * SECOND));
        script.answerOwnMailbox(letter, 'auto-reply', 'redirect', { both: true });
      });
    });
    const contacts = script.prospects(1 + random.int(3));
    await script.launch({ campaign: 'ways', sender: { id: 'jane' }, delayDays: [0, 7], contacts });
  },
};
