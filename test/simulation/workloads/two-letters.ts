/** The plain story: a first letter, a follow-up a week later, and sometimes an answer in between. */
import { DAY, HOUR } from '../../../shared/domain/instant.ts';
import type { Workload } from './workload.ts';

export const twoLetters: Workload = {
  name: 'two-letters',
  about: 'a letter and its follow-up; answers of every sort, at any time',
  healOnDay: 20,
  focus: 'send-step',
  weight: 3,
  play: async (script) => {
    const { random } = script;
    script.onLetter((letter) => {
      if (!random.chance(0.4)) return;
      const sort = random.pick(['reply', 'reply', 'auto-reply', 'left-company', 'unsubscribe'] as const);
      script.wait(random.int(9 * DAY)).then(() => script.answer(letter, sort));
    });
    const contacts = script.prospects(1 + random.int(3));
    await script.launch({ campaign: 'spring', sender: { id: 'jane' }, delayDays: [0, 7], contacts });
    await script.wait(HOUR);
  },
};
