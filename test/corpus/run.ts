/** `npm run corpus -- DIR [--json]`: reads a folder of labelled mails and prints the score; JSON as the last line. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { judgeCorpus } from './judge.ts';
import { jsonScore, printScore } from './print.ts';

const args = process.argv.slice(2);
const folder = args.find((arg) => !arg.startsWith('--'));
if (!folder || !existsSync(join(folder, 'labels.jsonl'))) {
  console.error('usage: npm run corpus -- DIR [--json], where DIR holds labels.jsonl and the mails it names');
  process.exitCode = 2;
} else {
  const judged = await judgeCorpus(folder);
  console.log(printScore(judged));
  if (args.includes('--json')) console.log(jsonScore(judged));
}
