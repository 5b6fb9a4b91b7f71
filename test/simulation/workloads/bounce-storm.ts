/** Most addresses are dead: SES reports it, and the forwarded report comes by mail as well. Some complain. */
import { DAY, MINUTE } from '../../../shared/domain/instant.ts';
import type { Workload } from './workload.ts';

export const bounceStorm: Workload = {
  name: 'bounce-storm',
  about:
    'most letters bounce, told twice (event and mail); some prospects complain; a second campaign tries again',
  healOnDay: 24,
  focus: 'record-delivery',
  weight: 1,
  play: async (script) => {
    const { random } = script;
    const { ses, ledger } = script.world;
    const dead = new Set(
      script
        .prospects(6)
        .filter(() => random.chance(0.7))
        .map(({ address }) => address),
    );
    ses.bounces((address) => dead.has(address));
    script.onLetter((letter) => {
      if (dead.has(letter.to)) {
        ledger.causes.set(letter.who.id, 'bounced');
        if (random.chance(0.6))
          script.wait(random.int(10 * MINUTE)).then(() => script.answer(letter, 'bounce'));
      } else if (random.chance(0.3)) {
        ledger.causes.set(letter.who.id, 'complained');
        script.wait(random.int(8 * DAY)).then(() => ses.complain(letter));
      }
    });
    const contacts = script.prospects(6);
    await script.launch({ campaign: 'storm', sender: { id: 'jane' }, delayDays: [0, 7], contacts });
    await script.wait(random.int(18 * DAY));
    await script.launch({ campaign: 'after', sender: { id: 'jane' }, delayDays: [0], contacts });
  },
};
