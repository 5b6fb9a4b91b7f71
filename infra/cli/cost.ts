/** `npm run cost`: meters a run, reckons what it costs on AWS, prints it and writes docs/costs.md. */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { meteredRun } from '../cost/metered-run.ts';
import { costPage } from '../cost/page.ts';
import { linesOf } from '../cost/reckon.ts';
import { readOptions, told, UsageError } from './arguments.ts';

const PAGE = fileURLToPath(new URL('../../docs/costs.md', import.meta.url));
const CONTACTS_MIN = 20;
const CONTACTS_MAX = 2_000;

process.exitCode = await told(async () => {
  const options = readOptions(process.argv.slice(2), {
    contacts: { type: 'string', default: '100' },
    write: { type: 'boolean', default: false },
  });
  const contacts = Number(options.contacts);
  if (!Number.isInteger(contacts) || contacts < CONTACTS_MIN || contacts > CONTACTS_MAX) {
    throw new UsageError(`--contacts must be a whole number from ${CONTACTS_MIN} to ${CONTACTS_MAX}`);
  }
  const quiet = await meteredRun({ contacts, answers: false });
  const silent = linesOf(quiet);
  const answered = linesOf(await meteredRun({ contacts, answers: true }));
  const page = costPage({ contacts, silent, answered, writes: quiet.usage.writes });
  console.log(page);
  if (options.write) writeFileSync(PAGE, page);
  return 0;
});
