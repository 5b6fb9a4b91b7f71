/** One person of a company answers: the letters to the others wait until somebody releases or leaves them. */
import { DAY, SECOND } from '../../../shared/domain/instant.ts';
import type { Task } from '../../../shared/domain/task.ts';
import type { Script } from '../script.ts';
import type { Workload } from './workload.ts';
import { worstMoment } from './worst-moment.ts';

export const companyGate: Workload = {
  name: 'company-gate',
  about: 'an answer from a company while letters to its other people are due; released or left by a person',
  healOnDay: 25,
  focus: 'receive-mail',
  weight: 0.3,
  play: async (script) => {
    const { random } = script;
    // 1 and 2 share a company, 4 and 5 too.
    const contacts = script.prospects(6);
    script.onLetter(async (letter) => {
      if (letter.step > 0 || random.chance(0.5)) return;
      await worstMoment(script, letter);
      script.answer(letter, 'reply');
      // The person decides at once, or days later, or in the middle of the next letter.
      await script.wait(random.chance(0.5) ? random.int(30 * SECOND) : random.int(4 * DAY));
      for (const task of script.openTasks(letter.who)) await decide(script, task);
    });
    await script.launch({ campaign: 'firms', sender: { id: 'jane' }, delayDays: [0, 7], contacts });
  },
};

async function decide(script: Script, task: Task): Promise<void> {
  if (task.kind !== 'company-held') return;
  const outcome = script.random.chance(0.5) ? 'release' : 'leave';
  const others = script
    .prospects(6)
    .filter(({ id, domain }) => id !== task.contactId && domain === domainOf(script, task));
  if (outcome === 'leave')
    for (const { id } of others) script.world.ledger.causes.set(id, 'left to their colleague');
  await script.closeTask(task, outcome);
}

const domainOf = (script: Script, task: Task): string | undefined =>
  script.prospects(6).find(({ id }) => id === task.contactId)?.domain;
