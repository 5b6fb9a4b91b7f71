/** A salesperson leaves in the middle of everything; a colleague takes it all over, and writes from then on. */
import { DAY, SECOND } from '../../../shared/domain/instant.ts';
import { statesIn } from '../world.ts';
import type { Workload } from './workload.ts';
import { worstMoment } from './worst-moment.ts';

const HEAL_ON_DAY = 30;

export const transfer: Workload = {
  name: 'transfer',
  about: 'everything of one sender goes to another while letters are due and answers come',
  healOnDay: HEAL_ON_DAY,
  focus: 'enroll-contacts',
  weight: 0.3,
  play: async (script) => {
    const { random, world } = script;
    const healedMs = script.now() + (HEAL_ON_DAY + 2) * DAY;
    let movedAt = Number.POSITIVE_INFINITY;
    let isAsked = false;
    await script.createSender({ id: 'kate' });
    script.onLetter(async (letter) => {
      const from = /^From: .*?<?([a-z]+)@/im.exec(Buffer.from(letter.raw).toString('latin1'))?.[1];
      // Two days after everything has healed nothing may be under way in the leaver's name.
      if (letter.callAt > Math.max(healedMs, movedAt + 2 * DAY) && from !== 'kate')
        world.ledger.violated('transferred', `${letter.enrollment} step ${letter.step}: written by ${from}`);
      if (random.chance(0.2)) script.wait(random.int(9 * DAY)).then(() => script.answer(letter, 'reply'));
      if (isAsked || letter.step > 0 || random.chance(0.3)) return;
      await worstMoment(script, letter);
      await script.wait(random.int(5 * SECOND));
      isAsked = true;
      const { status } = await script.transfer('jane', 'kate');
      if (status < 300) movedAt = script.now();
      else world.ledger.violated('transferred', `The transfer was answered ${status}`);
    });
    const delayDays = random.chance(0.5) ? [0, 7] : [0, 20, 20];
    const contacts = script.prospects(2 + random.int(4));
    await script.launch({ campaign: 'hers', sender: { id: 'jane' }, delayDays, contacts });
    // What still walks a month later belongs to whoever took it over.
    script.until(healedMs).then(() => {
      for (const { enrollment } of statesIn(world.table)) {
        if (movedAt < healedMs - 2 * DAY && enrollment?.kind === 'open' && enrollment.senderId !== 'kate')
          world.ledger.violated('transferred', `${enrollment.id} still belongs to ${enrollment.senderId}`);
      }
    });
  },
};
