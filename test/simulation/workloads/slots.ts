/** Several letters want to offer the same hour of the same salesperson: each hour is offered once. */
import { MINUTE } from '../../../shared/domain/instant.ts';
import type { Workload } from './workload.ts';

/** Every fifth prospect lives in Lisbon, so that the same words are the same hour. */
const IN_LISBON = 5;

export const slots: Workload = {
  name: 'slots',
  about: 'two campaigns of one sender whose letters all wish to offer Tuesday at eleven',
  healOnDay: 25,
  focus: 'send-step',
  weight: 0.3,
  play: async (script) => {
    const { random, world } = script;
    const offered = new Map<string, string>();
    script.onLetter((letter) => {
      const text = Buffer.from(letter.raw).toString('latin1').replaceAll('=\r\n', '');
      const hour = /talk on (.{10,60}), by telephone/s.exec(text)?.[1]?.replaceAll(/\s+/g, ' ');
      const name = `${letter.enrollment} ${letter.step}`;
      if (hour === undefined) {
        world.ledger.violated('a slot is offered', `${name} offers no hour`);
        return;
      }
      const other = offered.get(hour);
      if (other !== undefined && other !== name)
        world.ledger.violated('a slot is offered once', `${hour}: ${other} and ${name}`);
      offered.set(hour, name);
    });
    const people = script.prospects(6 * IN_LISBON).filter(({ number }) => number % IN_LISBON === 0);
    const given = {
      sender: { id: 'jane' },
      delayDays: [0, 7],
      besides: ' Shall we talk on {{ "tuesday 11:00" | slot }}, by telephone?',
    };
    const half = 1 + random.int(people.length - 1);
    await Promise.all([
      script.launch({ campaign: 'early', ...given, contacts: people.slice(0, half) }),
      script
        .wait(random.int(30 * MINUTE))
        .then(() => script.launch({ campaign: 'late', ...given, contacts: people.slice(half) })),
    ]);
  },
};
