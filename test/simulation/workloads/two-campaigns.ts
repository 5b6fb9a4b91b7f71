/** Two campaigns of one sender want the same people at the same time; a third comes when the first may be over. */
import { DAY, MINUTE } from '../../../shared/domain/instant.ts';
import type { Workload } from './workload.ts';

export const twoCampaigns: Workload = {
  name: 'two-campaigns',
  about: 'two launches for the same contacts in the same minute, a third weeks later',
  healOnDay: 45,
  focus: 'enroll-contacts',
  weight: 2,
  play: async (script) => {
    const { random } = script;
    script.onLetter((letter) => {
      if (random.chance(0.2)) script.wait(random.int(8 * DAY)).then(() => script.answer(letter, 'reply'));
      if (random.chance(0.1)) script.wait(random.int(8 * DAY)).then(() => script.optOut(letter));
    });
    const contacts = script.prospects(1 + random.int(3));
    const one = { sender: { id: 'jane' }, delayDays: [0, 7], contacts };
    const two = { sender: { id: 'jane' }, delayDays: [0, 5], contacts };
    // The third comes weeks later, or within hours of a first letter to somebody who was stopped at once.
    const [someone] = contacts;
    const third = random.chance(0.5)
      ? script.wait(random.int(25 * DAY)).then(() => script.launch({ campaign: 'north', ...two }))
      : new Promise<unknown>((resolve, reject) => {
          let isFirst = true;
          script.onLetter((letter) => {
            if (!isFirst || letter.who !== someone) return;
            isFirst = false;
            script
              .stopWalk(letter.enrollment)
              .then(() => script.launch({ campaign: 'north', ...two, contacts: [letter.who] }))
              .then(resolve, reject);
          });
        });
    await Promise.all([
      script.launch({ campaign: 'east', ...one }),
      script.wait(random.int(2 * MINUTE)).then(() => script.launch({ campaign: 'west', ...two })),
    ]);
    await third;
  },
};
