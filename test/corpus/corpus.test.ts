/**
 * Real public mails, which stay outside of the repository: `../shared/corpus` beside it, or the folder named by
 * RELANCE_CORPUS. The score is printed; the floors may only rise.
 */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { type Score, type Share, scoreCorpus } from './score.ts';

const FOLDER =
  process.env.RELANCE_CORPUS ?? fileURLToPath(new URL('../../../shared/corpus/', import.meta.url));

/** Recall and precision of each kind that the corpus has often enough to count. */
const KIND_FLOORS: Readonly<Record<string, readonly [recall: number, precision: number]>> = {
  reply: [0.99, 0.8],
  bounce: [0.96, 0.98],
  absence: [0.9, 1],
  'auto-reply': [0.72, 0.82],
  complaint: [1, 1],
  unsubscribe: [0.9, 1],
  list: [0.75, 0.73],
};
const FLOORS: Readonly<Record<Exclude<keyof Score, 'kinds'>, number>> = {
  bounceClass: 0.9,
  replyText: 0.85,
  phonesFound: 0.8,
  phonesTrue: 0.86,
  returnDays: 1,
};

const ratio = ({ right, of }: Share): number => (of === 0 ? 1 : right / of);
const percent = (value: number): string => `${(value * 100).toFixed(1)} %`;

it('the corpus is read as well as before, or better', async () => {
  if (!existsSync(`${FOLDER}/labels.jsonl`)) {
    console.log('corpus absent');
    return;
  }
  const score = await scoreCorpus(FOLDER);
  for (const [kind, { right, wanted, given }] of score.kinds) {
    const recall = ratio({ right, of: wanted });
    const precision = ratio({ right, of: given });
    console.log(
      `${kind}: recall ${percent(recall)} of ${wanted}, precision ${percent(precision)} of ${given}`,
    );
    const floor = KIND_FLOORS[kind];
    if (floor) expect([kind, recall >= floor[0], precision >= floor[1]]).toEqual([kind, true, true]);
  }
  for (const [name, floor] of Object.entries(FLOORS) as [keyof typeof FLOORS, number][]) {
    const share = score[name];
    console.log(`${name}: ${share.right} of ${share.of}, ${percent(ratio(share))}`);
    expect([name, ratio(share) >= floor]).toEqual([name, true]);
  }
});
