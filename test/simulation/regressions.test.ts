// Bugs that the simulation found in the product. Where one can be planted again, it must be found again; and the
// seeds that found them find nothing today.
import { describe, expect, it } from 'vitest';
import { simulate } from './command.ts';

const PATIENCE_MS = 600_000;

describe('a bug that was found', () => {
  it.each([
    ['a mail read by one run and given up by another left two records', 'two-records'],
    ['a contact whose page died was forgotten by a campaign that finished', 'forgotten-contacts'],
  ])(
    'is found again when it is planted: %s',
    async (_what, bug) => {
      const { text } = await simulate('--planted', `--bug=${bug}`, '--seeds=400', '--workers=1');
      expect(text).toMatch(new RegExp(`^${bug} +seed \\d+`, 'm'));
    },
    PATIENCE_MS,
  );

  it.each([
    ['a given-up mail whose reader died was recorded by nobody', 173, 'two-letters'],
    ['a frozen page enrolled contacts of a campaign that was stopped meanwhile', 136, 'launch'],
    ['such a walk whose timer was lost waited behind a gate that never opens', 314, 'launch'],
    ['a page that came late enrolled somebody of a company suppressed meanwhile', 7728, 'company'],
    ['“send again” about one claim, asked twice, sent a later one twice', 4843, 'pauses'],
    ['a walk reopened by a person ended at the gate of its finished campaign', 144, 'corrected-reading'],
    [
      'an answer was dropped for a wish to be forgotten that had stopped nothing yet',
      126,
      'erase-while-sending',
    ],
    ['copies of an alert that waited for the next minute bred within the old one', 190, 'channel-down'],
    ['a company held by a run that died before it asked anybody stayed shut', 702_953, 'corrected-reading'],
    [
      'a reader that woke up ended a walk again whose mail a person had called no answer',
      163,
      'company-gate',
    ],
    ['an unread mail that was given to its writer was listed as nobody’s again', 52, 'own-mailbox'],
    ['a redirected answer that nobody could read let the follow-up go', 169, 'own-mailbox'],
  ])(
    'is found no more: %s',
    async (_what, seed, workload) => {
      const { text } = await simulate(`--seed=${seed}`, `--workload=${workload}`);
      expect(text).toContain(', 0 violations');
    },
    PATIENCE_MS,
  );
});
