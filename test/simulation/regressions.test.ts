// Bugs that the simulation found in the product. Each is planted again: its seed finds it there, and nothing today.
import { describe, expect, it } from 'vitest';
import { simulate } from './command.ts';

const PATIENCE_MS = 300_000;

describe('a bug that was found stays found', () => {
  it.each([
    ['a mail read by one run and given up by another leaves two records', 'two-records', 'stop-races'],
    [
      'a contact whose page died is forgotten by a campaign that finishes',
      'forgotten-contacts',
      'two-letters',
    ],
  ])(
    '%s',
    async (_what, bug, workload) => {
      const { text } = await simulate('--planted', `--bug=${bug}`, '--seeds=400', '--workers=1');
      const seed = new RegExp(`^${bug} +seed (\\d+)`, 'm').exec(text)?.[1];
      expect(seed).toBeDefined();
      const clean = await simulate(`--seed=${seed}`, `--workload=${workload}`);
      expect(clean.text).toContain(', 0 violations');
    },
    PATIENCE_MS,
  );
});
