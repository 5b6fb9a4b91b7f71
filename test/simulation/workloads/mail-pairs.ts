/** Two mails at once, seconds before the follow-up, the first of which cannot be read yet: each holds for itself. */
import { DAY, MINUTE, SECOND } from '../../../shared/domain/instant.ts';
import type { Workload } from './workload.ts';

export const mailPairs: Workload = {
  name: 'mail-pairs',
  about: 'a reply whose bytes come late and a machine note beside it, within a minute of the follow-up',
  healOnDay: 18,
  focus: 'receive-mail',
  weight: 1,
  play: async (script) => {
    const { random } = script;
    script.onLetter((letter) => {
      if (letter.step > 0) return;
      script.wait(15 * MINUTE).then(async () => {
        const due = script.plannedAt(letter.enrollment) ?? script.now() + 7 * DAY;
        await script.until(due - 70 * SECOND + random.int(80 * SECOND));
        script.answer(letter, 'reply', { lateMs: random.chance(0.5) ? random.int(3 * MINUTE) : 0 });
        await script.wait(random.int(15 * SECOND));
        script.answer(letter, 'auto-reply');
      });
    });
    const contacts = script.prospects(1 + random.int(3));
    await script.launch({ campaign: 'pairs', sender: { id: 'jane' }, delayDays: [0, 7], contacts });
  },
};
