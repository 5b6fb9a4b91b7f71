/** Everything that stops a walk, at the very moment when its follow-up goes, and often two of them at once. */
import { HOUR, SECOND } from '../../../shared/domain/instant.ts';
import type { Letter, Script } from '../script.ts';
import type { Workload } from './workload.ts';
import { worstMoment } from './worst-moment.ts';

const STOPS: readonly ((script: Script, letter: Letter) => unknown)[] = [
  (script, letter) => script.answer(letter, 'reply'),
  (script, letter) => script.answer(letter, 'unsubscribe'),
  (script, letter) => script.optOut(letter),
  (script, letter) => script.stopWalk(letter.enrollment),
  (script, letter) => script.suppress(letter.who),
  (script, letter) => script.answer(letter, 'auto-reply'),
  // Two mails at once: what the reading of one lets go, the other must still hold.
  (script, letter) => {
    script.answer(letter, 'reply');
    script.answer(letter, 'auto-reply');
  },
  (script, letter) => script.world.ses.complain(letter),
];

export const stopRaces: Workload = {
  name: 'stop-races',
  about: 'replies, opt-outs, stops and suppressions within seconds of the follow-up',
  healOnDay: 20,
  focus: 'send-step',
  weight: 3,
  play: async (script) => {
    const { random } = script;
    script.onLetter((letter) => {
      if (letter.step > 0) return;
      // Either at the follow-up, or at once: the first letter's own mark may still be missing.
      const moment = random.chance(0.7) ? worstMoment(script, letter) : script.wait(random.int(40 * SECOND));
      if (random.chance(0.3)) sleepWhileSending(script, letter);
      moment.then(async () => {
        for (let count = 1 + random.int(3); count > 0; count--) {
          const stop = random.pick(STOPS);
          if (stop === STOPS.at(-1)) script.world.ledger.causes.set(letter.who.id, 'complained');
          stop(script, letter);
          await script.wait(random.int(5 * SECOND));
        }
      });
    });
    const contacts = script.prospects(1 + random.int(3));
    await script.launch({ campaign: 'races', sender: { id: 'jane' }, delayDays: [0, 7], contacts });
  },
};

/** The sending machine sleeps, here before its claim, there between claim and call; the stop comes meanwhile. */
async function sleepWhileSending(script: Script, letter: Letter): Promise<void> {
  const { random, world } = script;
  await script.wait(HOUR);
  const due = script.plannedAt(letter.enrollment);
  if (due === undefined) return;
  await script.until(Math.max(script.now(), due - 5 * SECOND));
  await script.nextRun('send-step');
  await script.wait(200 + random.int(250));
  world.platform.freeze('send-step', 12 * SECOND + random.int(40 * SECOND));
  await script.wait(random.int(2 * SECOND));
  await script.stopWalk(letter.enrollment);
}
