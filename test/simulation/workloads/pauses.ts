/** Campaign, sender and walks are held and let go again, at the worst moments. */
import { DAY, HOUR } from '../../../shared/domain/instant.ts';
import type { Workload } from './workload.ts';
import { worstMoment } from './worst-moment.ts';

export const pauses: Workload = {
  name: 'pauses',
  about: 'campaign, sender and single walks paused at the follow-up and resumed hours or days later',
  healOnDay: 32,
  focus: 'send-step',
  weight: 2,
  play: async (script) => {
    const { random } = script;
    const interrupt = async (
      pause: () => Promise<unknown>,
      resume: () => Promise<unknown>,
    ): Promise<void> => {
      await pause();
      await script.wait(random.chance(0.5) ? random.int(2 * HOUR) : random.int(3 * DAY));
      await resume();
    };
    script.onLetter((letter) => {
      if (letter.step > 0) return;
      worstMoment(script, letter).then(() => {
        const what = random.int(3);
        if (what === 0)
          return interrupt(
            () => script.pauseCampaign('calm'),
            () => script.resumeCampaign('calm'),
          );
        if (what === 1)
          return interrupt(
            () => script.pauseSender('jane'),
            () => script.resumeSender('jane'),
          );
        return interrupt(
          () => script.holdWalk(letter.enrollment),
          () => script.releaseWalk(letter.enrollment, 'person'),
        );
      });
    });
    const contacts = script.prospects(1 + random.int(3));
    await script.launch({ campaign: 'calm', sender: { id: 'jane' }, delayDays: [0, 7], contacts });
  },
};
