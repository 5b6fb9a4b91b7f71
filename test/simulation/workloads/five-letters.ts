/** A long walk: five letters over seven weeks, so that every mark must lead to the next plan. */
import { DAY } from '../../../shared/domain/instant.ts';
import type { Workload } from './workload.ts';

export const fiveLetters: Workload = {
  name: 'five-letters',
  about: 'five letters over seven weeks; hardly anybody answers',
  healOnDay: 62,
  focus: 'send-step',
  weight: 0.5,
  play: async (script) => {
    const { random } = script;
    script.onLetter((letter) => {
      if (!random.chance(0.08)) return;
      const sort = random.pick(['reply', 'auto-reply'] as const);
      script.wait(random.int(6 * DAY)).then(() => script.answer(letter, sort));
    });
    const contacts = script.prospects(1 + random.int(2));
    await script.launch({ campaign: 'long', sender: { id: 'jane' }, delayDays: [0, 4, 7, 10, 14], contacts });
  },
};
