/** Calls and WhatsApps between the letters: the salesperson closes each with an outcome, often while a letter goes. */
import { DAY, HOUR } from '../../../shared/domain/instant.ts';
import type { Outcome, Task } from '../../../shared/domain/task.ts';
import type { Script } from '../script.ts';
import type { Workload } from './workload.ts';
import { worstMoment } from './worst-moment.ts';

const OF_WHATSAPP: readonly Outcome[] = ['sent', 'sent', 'not-on-whatsapp', 'answered'];
const OF_CALL: readonly Outcome[] = ['no-answer', 'spoke', 'call-back-at', 'wrong-number'];
const ROUNDS = 5;

export const outcomes: Workload = {
  name: 'outcomes',
  about:
    'an absence note with a number, calls by the sequence; every task closed with an outcome at a bad moment',
  healOnDay: 60,
  focus: 'send-step',
  weight: 0.3,
  play: async (script) => {
    const { random } = script;
    script.onLetter(async (letter) => {
      if (random.chance(0.6)) {
        await script.wait(random.int(HOUR));
        script.answer(letter, 'absence', { back: 1 + random.int(12) });
      }
      for (let round = 0; round < ROUNDS; round++) {
        if (random.chance(0.6)) await worstMoment(script, letter);
        else await script.wait(random.int(4 * DAY));
        for (const task of script.openTasks(letter.who)) await close(script, task);
      }
    });
    await script.launch({
      campaign: 'calls',
      sender: { id: 'jane' },
      delayDays: [0, 7],
      tasks: [
        { channel: 'call', workingDays: 3 },
        { channel: 'whatsapp', workingDays: 6 },
      ],
      contacts: script.prospects(1 + random.int(3)),
      pesterReason: 'They asked to be called',
    });
  },
};

async function close(script: Script, task: Task): Promise<void> {
  const { random } = script;
  const outcome =
    task.kind === 'whatsapp'
      ? random.pick(OF_WHATSAPP)
      : task.kind === 'call'
        ? random.pick(OF_CALL)
        : undefined;
  if (outcome && random.chance(0.8)) await script.closeTask(task, outcome);
}
