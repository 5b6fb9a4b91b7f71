/** The salesperson answers from the console, whose requests die, are repeated, and meet the follow-up. */
import { DAY, HOUR, MINUTE } from '../../../shared/domain/instant.ts';
import type { Workload } from './workload.ts';
import { worstMoment } from './worst-moment.ts';

export const consoleAnswers: Workload = {
  name: 'console-answers',
  about:
    'answers from the console under one key, asked for again and again, while mails are read and letters are due',
  healOnDay: 20,
  focus: 'api',
  weight: 0.5,
  play: async (script) => {
    const { random } = script;
    script.onLetter(async (letter) => {
      if (letter.step > 0 || random.chance(0.2)) return;
      if (random.chance(0.5)) await worstMoment(script, letter);
      else await script.wait(random.int(5 * DAY));
      const sort = random.pick(['reply', 'auto-reply'] as const);
      script.answer(letter, sort);
      await script.wait(random.chance(0.5) ? random.int(3 * MINUTE) : random.int(2 * DAY));
      if (random.chance(0.2)) await script.suppress(letter.who);
      await Promise.all([
        script.answerFromConsole(letter),
        ...(random.chance(0.3) ? [script.answerFromConsole(letter)] : []),
      ]);
      // Nothing but a person ends what a person has begun.
      await script.wait(HOUR + random.int(DAY));
      if (sort === 'auto-reply') await script.stopWalk(letter.enrollment);
    });
    const contacts = script.prospects(1 + random.int(3));
    await script.launch({ campaign: 'desk', sender: { id: 'jane' }, delayDays: [0, 7], contacts });
  },
};
