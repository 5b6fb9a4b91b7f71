/** A person reads a mail again at the very moment when the follow-up goes: from then on the right reading counts. */
import { DAY, HOUR, MINUTE } from '../../../shared/domain/instant.ts';
import type { Workload } from './workload.ts';
import { worstMoment } from './worst-moment.ts';

export const correctedReading: Workload = {
  name: 'corrected-reading',
  about:
    'a machine’s note that was a reply, or a reply that was a machine’s note, corrected while a letter is due',
  healOnDay: 24,
  focus: 'api',
  weight: 1,
  play: async (script) => {
    const { random } = script;
    const hurry = random.fork('hurry');
    script.onLetter((letter) => {
      if (letter.step > 0) return;
      script.wait(random.int(2 * DAY)).then(async () => {
        if (random.chance(0.6)) {
          script.answer(letter, random.pick(['auto-reply', 'absence']), { back: 2 });
          await worstMoment(script, letter);
          await script.correctReading(letter, 'reply');
          return;
        }
        script.answer(letter, 'reply');
        // Hours later, or while the mail is still being read.
        const later = HOUR + random.int(3 * DAY);
        await script.wait(hurry.chance(0.3) ? hurry.int(3 * MINUTE) : later);
        await script.correctReading(letter, 'auto-reply');
        if (random.chance(0.5)) {
          await script.wait(random.int(DAY));
          return script.bringAgain(letter);
        }
        await worstMoment(script, letter);
        await script.correctReading(letter, 'reply');
      });
    });
    const contacts = script.prospects(1 + random.int(3));
    await script.launch({ campaign: 'corrected', sender: { id: 'jane' }, delayDays: [0, 7], contacts });
  },
};
