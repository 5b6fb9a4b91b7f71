/** One person of a company answers: the letters to the others wait until somebody releases or leaves them. */
import { DAY, MINUTE, SECOND } from '../../../shared/domain/instant.ts';
import type { Task } from '../../../shared/domain/task.ts';
import type { Script } from '../script.ts';
import type { Workload } from './workload.ts';
import { worstMoment } from './worst-moment.ts';

const LEFT = 'left to their colleague';

export const companyGate: Workload = {
  name: 'company-gate',
  about:
    'an answer from a company while letters to its other people are due; released or left by a person, or no answer',
  healOnDay: 25,
  focus: 'receive-mail',
  weight: 0.3,
  play: async (script) => {
    const { random } = script;
    const { causes } = script.world.ledger;
    const left = new Set<string>();
    // 1 and 2 share a company, 4 and 5 too.
    const contacts = script.prospects(6);
    script.onLetter(async (letter) => {
      if (letter.step > 0 || random.chance(0.5)) return;
      await worstMoment(script, letter);
      script.answer(letter, 'reply');
      if (random.chance(0.3)) {
        // It was no answer, says somebody, perhaps while the mail is still being read.
        await script.wait(random.int(3 * MINUTE));
        await script.correctReading(letter, 'auto-reply');
        if (left.has(letter.who.id)) causes.set(letter.who.id, LEFT);
        return;
      }
      // The person decides at once, or days later, or in the middle of the next letter.
      await script.wait(random.chance(0.5) ? random.int(30 * SECOND) : random.int(4 * DAY));
      for (const task of script.openTasks(letter.who)) {
        for (const id of await decide(script, task)) left.add(id);
      }
    });
    await script.launch({ campaign: 'firms', sender: { id: 'jane' }, delayDays: [0, 7], contacts });
  },
};

/** Answers who is left alone. */
async function decide(script: Script, task: Task): Promise<readonly string[]> {
  if (task.kind !== 'company-held') return [];
  const outcome = script.random.chance(0.5) ? 'release' : 'leave';
  const domain = domainOf(script, task);
  const others = script.prospects(6).filter((one) => one.id !== task.contactId && one.domain === domain);
  const left = outcome === 'leave' ? others.map(({ id }) => id) : [];
  for (const id of left) script.world.ledger.causes.set(id, LEFT);
  await script.closeTask(task, outcome);
  return left;
}

const domainOf = (script: Script, task: Task): string | undefined =>
  script.prospects(6).find(({ id }) => id === task.contactId)?.domain;
