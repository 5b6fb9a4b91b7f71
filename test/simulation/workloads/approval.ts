/** Letters wait for a person, who looks in when it suits them: approves, edits, or says "not this one". */
import { readEnrollmentId } from '../../../shared/domain/ids.ts';
import { DAY, HOUR, SECOND } from '../../../shared/domain/instant.ts';
import type { Script } from '../script.ts';
import { statesIn } from '../world.ts';
import type { Workload } from './workload.ts';

const LOOKS = 14;

export const approval: Workload = {
  name: 'approval',
  about: 'each letter approved, edited or declined by a person, sometimes at the very moment when it goes',
  healOnDay: 30,
  focus: 'send-step',
  weight: 0.3,
  play: async (script) => {
    const contacts = script.prospects(1 + script.random.int(3));
    const campaign = { campaign: 'seen', sender: { id: 'jane' }, delayDays: [0, 7], contacts };
    await script.launch({ ...campaign, approval: 'each' });
    let edition = 0;
    for (let look = 0; look < LOOKS; look++) {
      await script.wait(script.random.chance(0.5) ? script.random.int(3 * HOUR) : script.random.int(2 * DAY));
      for (const { enrollment } of statesIn(script.world.table)) {
        if (enrollment?.kind !== 'open' || !readEnrollmentId(enrollment.id)) continue;
        edition += 1;
        await speak(script, enrollment.id, enrollment.letter.step, enrollment.sent.length, edition);
      }
    }
  },
};

type Walk = Parameters<Script['approve']>[0];

async function speak(script: Script, walk: Walk, step: number, sent: number, edition: number): Promise<void> {
  const { random } = script;
  const due = script.plannedAt(walk);
  // Half of all words come while the letter is on its way out.
  if (due !== undefined && due > script.now() && due - script.now() < DAY && random.chance(0.5))
    await script.until(due + random.between(-5 * SECOND, 3 * SECOND));
  const what = random.int(10);
  if (what < 5) await script.approve(walk);
  else if (what < 8) await script.approve(walk, { edition });
  else if (what === 8) await script.decline(walk, step, sent > 0 && random.chance(0.5) ? 'skip' : 'stop');
}
