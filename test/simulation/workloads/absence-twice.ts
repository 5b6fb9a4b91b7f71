/** Out of office on the first letter, and again before the return: the later date counts, and nothing goes before it. */
import { DAY, HOUR } from '../../../shared/domain/instant.ts';
import type { Workload } from './workload.ts';

export const absenceTwice: Workload = {
  name: 'absence-twice',
  about: 'two out-of-office notes with different dates, then perhaps an answer',
  healOnDay: 34,
  focus: 'receive-mail',
  weight: 2,
  play: async (script) => {
    const { random } = script;
    script.onLetter((letter) => {
      if (letter.step > 0) return;
      const first = 8 + random.int(10);
      const second = 3 + random.int(14);
      script.wait(random.int(2 * HOUR)).then(() => script.answer(letter, 'absence', { back: first }));
      script.wait(random.int(2 * DAY)).then(() => script.answer(letter, 'absence', { back: second }));
      if (random.chance(0.3)) script.wait(random.int(14 * DAY)).then(() => script.answer(letter, 'reply'));
    });
    const contacts = script.prospects(1 + random.int(2));
    await script.launch({ campaign: 'away', sender: { id: 'jane' }, delayDays: [0, 7], contacts });
  },
};
