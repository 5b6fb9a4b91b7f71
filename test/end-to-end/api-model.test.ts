/**
 * Any order of calls against a small model: what each call answers at once, and what every contact has become when
 * the queues have been worked off. One product for all runs; each run has its own campaign and its own people.
 */
import fc from 'fast-check';
import { afterAll, beforeAll, it } from 'vitest';
import { aWorld, type World } from '../support/world.ts';
import { commands, create, pass } from './api-model/commands.ts';
import { freshModel } from './api-model/model.ts';
import { SENDER, SEQUENCE } from './api-model/parts.ts';
import { START } from './scene.ts';

const RUNS = 30;
const COMMANDS_MAX = 24;
const calls = fc.commands(commands, { maxCommands: COMMANDS_MAX, size: 'max' });

let world: World;
let run = 0;
beforeAll(async () => {
  world = await aWorld(START);
  await world.client.senders.create(SENDER);
  await world.client.sequences.save(SEQUENCE);
});
afterAll(() => world.close());

it('the API answers as the model does, whatever the order of calls', async () => {
  await fc.assert(
    fc.asyncProperty(fc.boolean(), calls, async (isUnderWay, asked) => {
      run += 1;
      const given = { model: freshModel(), real: { world, run } };
      // Half of the runs begin with people on their way, or too few would come that far.
      const before = isUnderWay ? [create(['Ana', 'Bea'], true), pass] : [];
      for (const call of before) await call.run(given.model, given.real);
      await fc.asyncModelRun(() => given, asked);
    }),
    { numRuns: RUNS },
  );
});
