// Launches campaign.json with the typed client: `node docs/examples/launch.ts`.
import { readFileSync } from 'node:fs';
import type { CampaignGiven } from '../../shared/api/campaigns.ts';
import { ApiRefusal, relanceClient } from '../../shared/client.ts';

const { RELANCE_URL = 'http://127.0.0.1:4000', RELANCE_TOKEN = '' } = process.env;
const client = relanceClient({
  baseUrl: RELANCE_URL,
  token: RELANCE_TOKEN,
  fetch: (request) => fetch(request),
});
const campaign = JSON.parse(readFileSync(new URL('campaign.json', import.meta.url), 'utf8')) as CampaignGiven;

try {
  const answer = await client.with({ idempotencyKey: 'porto-by-typescript' }).campaigns.create(campaign);
  process.stdout.write(`${JSON.stringify(answer)}\n`);
} catch (error) {
  if (!(error instanceof ApiRefusal)) throw error;
  // Each place that has to be changed, by JSON pointer.
  process.stderr.write(`${JSON.stringify(error.problem.errors ?? error.problem.detail)}\n`);
  process.exitCode = 1;
}
