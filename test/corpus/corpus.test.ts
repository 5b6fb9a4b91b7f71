/**
 * Real public mails, which stay outside of the repository: `../shared/corpus` beside it, or the folder named by
 * RELANCE_CORPUS. The score is printed; the floors may only rise.
 */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { PUBLIC_FLOORS } from './floors.ts';
import { judgeCorpus } from './judge.ts';
import { printScore } from './print.ts';
import { below, scoreOf } from './score.ts';

const FOLDER =
  process.env.RELANCE_CORPUS ?? fileURLToPath(new URL('../../../shared/corpus/', import.meta.url));

it('the public corpus is read as well as before, or better', async () => {
  if (!existsSync(`${FOLDER}/labels.jsonl`)) {
    console.log('corpus absent');
    return;
  }
  const judged = await judgeCorpus(FOLDER);
  console.log(printScore(judged));
  const score = scoreOf(judged);
  expect(score.threw).toBe(0);
  expect(below(score, PUBLIC_FLOORS)).toEqual([]);
});
