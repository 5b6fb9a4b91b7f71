/** Somebody asks to be forgotten at the worst moment: while a letter goes, while a mail of theirs is read. */
import { MINUTE, SECOND } from '../../../shared/domain/instant.ts';
import type { Workload } from './workload.ts';
import { worstMoment } from './worst-moment.ts';

export const eraseWhileSending: Workload = {
  name: 'erase-while-sending',
  about:
    'a wish to be forgotten around the follow-up, sometimes with an answer under way; nothing is left at rest',
  healOnDay: 20,
  focus: 'api',
  weight: 0.3,
  play: async (script) => {
    const { random } = script;
    script.onLetter((letter) => {
      if (letter.step > 0 || random.chance(0.2)) return;
      const moment = random.chance(0.7) ? worstMoment(script, letter) : script.wait(random.int(3 * MINUTE));
      moment.then(async () => {
        const sort = random.pick(['reply', 'absence', 'auto-reply', 'bounce'] as const);
        if (random.chance(0.5)) script.answer(letter, sort);
        await script.wait(random.int(20 * SECOND));
        await script.erase(letter.who);
        // Asked twice: somebody was in doubt.
        if (random.chance(0.2)) await script.erase(letter.who);
      });
    });
    const contacts = script.prospects(1 + random.int(3));
    await script.launch({ campaign: 'quiet', sender: { id: 'jane' }, delayDays: [0, 7], contacts });
  },
};
