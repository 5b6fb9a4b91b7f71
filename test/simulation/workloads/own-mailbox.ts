/** Answers to the sender's own address, redirected or forwarded inline, and the salesperson's own answers, copied. */
import { DAY, HOUR } from '../../../shared/domain/instant.ts';
import type { Workload } from './workload.ts';
import { worstMoment } from './worst-moment.ts';

export const ownMailbox: Workload = {
  name: 'own-mailbox',
  about:
    'redirects, inline forwards and Bcc copies from the salesperson’s own mailbox, about when the follow-up goes',
  healOnDay: 20,
  focus: 'receive-mail',
  weight: 1,
  // Without a token nobody knows whose a given-up mail is: a person is told, and nothing can be held meanwhile.
  play: async (script) => {
    const { random } = script;
    script.onLetter((letter) => {
      if (letter.step > 0) return;
      const moment = random.chance(0.6) ? worstMoment(script, letter) : script.wait(random.int(6 * DAY));
      const isByHand = random.chance(0.4);
      moment.then(async () => {
        const way = random.chance(0.5) ? 'redirect' : 'inline';
        if (!isByHand) return script.answerOwnMailbox(letter, random.pick(['reply', 'unsubscribe']), way);
        script.answerByHand(letter);
        // Nothing but a person ends what a person has begun.
        await script.wait(HOUR + random.int(2 * DAY));
        await script.stopWalk(letter.enrollment);
      });
    });
    const contacts = script.prospects(1 + random.int(3));
    await script.launch({ campaign: 'own', sender: { id: 'jane' }, delayDays: [0, 7], contacts });
  },
};
