// `npm run alert-bench [COUNT]`: how long after a mail server has taken a prospect's answer (the 250 behind DATA) the
// salesperson's signed webhook has it. The whole product on this machine, by the real clock, one answer after the other.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createTransport } from 'nodemailer';
import { makeClock } from '../../infra/local/clock.ts';
import type { CampaignGiven } from '../../shared/api/campaigns.ts';
import type { SenderGiven } from '../../shared/api/senders.ts';
import { aCampaign, answerTo, aWorld, type Got, replyToOf } from '../support/world.ts';
import { contactsNamed } from './scene.ts';

const COUNT = 40;
/** What takes longer is lost, and the bench says so; the letters alone wait for the next whole minute. */
const LOST_AFTER_MS = 180_000;
const AT_ONCE = { anyDay: true, spread: false, avoidWeekEdges: false, seasons: 'ignore' } as const;

const count = Number(process.argv[2] ?? COUNT);
const letters: Got[] = [];
const rung = new Map<string, number>();
const receiver = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const number = /answer number (\d{1,6})\./.exec(Buffer.concat(chunks).toString())?.[1];
    if (number !== undefined && !rung.has(number)) rung.set(number, performance.now());
    response.writeHead(204).end();
  });
});
await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/alerts`;
const world = await aWorld(new Date().toISOString(), { clock: makeClock({ mode: 'real' }) });
const smtp = createTransport({ host: '127.0.0.1', port: world.runtime.smtpPort, ignoreTLS: true });
try {
  await launch();
  await until(() => lettersOut().length >= count, 'the letters');
  letters.push(...lettersOut());
  const latencies: number[] = [];
  for (const [number, letter] of letters.slice(0, count).entries()) {
    const raw = answerTo(letter, { text: `This is answer number ${number}. Please send prices.` });
    await smtp.sendMail({ envelope: { from: letter.to, to: [replyToOf(letter)] }, raw });
    const accepted = performance.now();
    await until(() => rung.has(String(number)), `the alert of answer ${number}`);
    latencies.push(Math.max(0, (rung.get(String(number)) ?? 0) - accepted));
  }
  latencies.sort((a, b) => a - b);
  const at = (share: number): number =>
    Math.round(latencies[Math.floor((latencies.length - 1) * share)] ?? 0);
  console.log(`${count} answers, from DATA accepted to webhook received:`);
  console.log(`  median ${at(0.5)} ms   90 % ${at(0.9)} ms   slowest ${at(1)} ms`);
  if (at(0.5) >= 1_000) process.exitCode = 1;
} finally {
  smtp.close();
  await world.close();
  receiver.close();
}

async function launch(): Promise<void> {
  const sender: SenderGiven = {
    ...(aCampaign().sender as SenderGiven),
    dailyQuota: count,
    hourlyCeiling: count,
    channels: [{ kind: 'webhook', id: 'crm', url, secret: `whsec_${'A'.repeat(43)}=` }],
  };
  const names = Array.from(
    { length: count },
    (_, n) => `Ana${'abcdefghij'[n % 10]}${'abcdefghij'[Math.floor(n / 10) % 10]}`,
  );
  const rules = { ...AT_ONCE, window: { from: '00:00', to: '23:59' } };
  const { sequence } = aCampaign();
  const steps = (sequence as Exclude<CampaignGiven['sequence'], string | undefined>).steps;
  await world.client.campaigns.create({
    ...aCampaign({ sender, contacts: contactsNamed(...names), acceptWarnings: 'all' }),
    sequence: { name: 'At once', language: 'en', steps: steps.map((step) => ({ ...step, rules })) },
  });
}

function lettersOut(): readonly Got[] {
  return world.got.filter(({ mail }) => mail.subject.startsWith('Tools for'));
}

async function until(isThere: () => boolean, what: string): Promise<void> {
  const begun = performance.now();
  while (!isThere()) {
    if (performance.now() - begun > LOST_AFTER_MS) throw new Error(`${what} did not come`);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}
