/**
 * `relance doctor`: what is wrong, and what to do. Without `--url` it looks at a configuration before the deploy; with
 * it, at what stands there. `--url=http://127.0.0.1:4000` is the local runtime, where nothing of AWS is asked.
 */
import { Resolver } from 'node:dns/promises';
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { SESClient } from '@aws-sdk/client-ses';
import { type Config, isPlaceholder, readConfig } from '../config.ts';
import { readOptions, told, UsageError } from './arguments.ts';
import { checkDeployment, checkWebhooks } from './doctor/deployment.ts';
import { checkDns } from './doctor/dns.ts';
import { type Finding, isHealthy, right, skipped, tableOf, wrong } from './doctor/finding.ts';
import { checkSes } from './doctor/ses.ts';
import { roundTrips } from './doctor/simulator.ts';

const LOOK_MS = 5_000;
const OPTIONS = {
  url: { type: 'string' },
  json: { type: 'boolean', default: false },
  token: { type: 'string' },
  webhook: { type: 'string', multiple: true },
  'round-trips': { type: 'boolean', default: false },
  'configuration-set': { type: 'string' },
  bucket: { type: 'string' },
  set: { type: 'string', short: 'c', multiple: true },
} as const;

export const doctor = (args: readonly string[]): Promise<number> =>
  told(async () => {
    const options = readOptions(args, OPTIONS);
    const isLocal = /^http:\/\/(127\.0\.0\.1|localhost)[:/]?/.test(options.url ?? '');
    const findings: Finding[] = [];
    if (!isLocal) findings.push(...(await lookAtAws(settings(options.set ?? []), options)));
    findings.push(...(await checkDeployment(fetch, { url: options.url, token: options.token })));
    findings.push(...(await checkWebhooks(fetch, options.webhook ?? [])));
    console.log(options.json ? JSON.stringify(findings) : tableOf(findings));
    return isHealthy(findings) ? 0 : 1;
  });

type Asked = {
  readonly 'round-trips'?: boolean;
  readonly 'configuration-set'?: string;
  readonly bucket?: string;
};

async function lookAtAws(config: Config, asked: Asked): Promise<readonly Finding[]> {
  const first = configured(config);
  // With a name kept for examples, everything else would only repeat that.
  if (first.some(({ state }) => state === 'wrong')) return first;
  const ses = new SESClient({ region: config.region });
  const look = await checkSes(ses, config);
  const tokens = look.dkimTokens ? { dkimTokens: look.dkimTokens } : {};
  const dns = await checkDns(new Resolver(), { ...config, ...tokens });
  return [...first, ...look.findings, ...dns, ...(await trips(config, ses, asked))];
}

function configured(config: Config): readonly Finding[] {
  const what = 'configuration';
  if (isPlaceholder(config.domain)) {
    const todo = 'Choose your own: cdk.json context, -c domain=… or RELANCE_DOMAIN';
    return [wrong(what, `the domain is ${config.domain}`, todo)];
  }
  return [
    right(what, `${config.stage}: ${config.domain}, answers to ${config.replyDomain}, ${config.region}`),
  ];
}

async function trips(config: Config, ses: SESClient, asked: Asked): Promise<readonly Finding[]> {
  const configurationSet = asked['configuration-set'];
  if (!asked['round-trips']) return [skipped('simulator', 'add --round-trips to send four test mails')];
  const { bucket } = asked;
  if (!configurationSet || !bucket) {
    throw new UsageError('--round-trips needs --configuration-set and --bucket (the outputs of the stacks)');
  }
  const s3 = new S3Client({ region: config.region });
  const since = new Date();
  return roundTrips({
    ses,
    configurationSet,
    from: config.alertAddress,
    replyDomain: config.replyDomain,
    hasArrived: async (address) => hasArrived(s3, bucket, address, since),
    pause: () => pause(LOOK_MS),
  });
}

/** The newest mails only: a trip takes seconds. */
const MAILS_LOOKED_AT = 20;
const HEAD_BYTES = 8_192;

async function hasArrived(s3: S3Client, bucket: string, address: string, since: Date): Promise<boolean> {
  const { GetObjectCommand } = await import('@aws-sdk/client-s3');
  const listing = await s3.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: 'inbound/' }));
  const fresh = (listing.Contents ?? [])
    .filter((one) => one.LastModified && one.LastModified >= since)
    .sort((a, b) => Number(b.LastModified) - Number(a.LastModified))
    .slice(0, MAILS_LOOKED_AT);
  for (const { Key } of fresh) {
    const object = await s3.send(
      new GetObjectCommand({ Bucket: bucket, Key, Range: `bytes=0-${HEAD_BYTES - 1}` }),
    );
    if ((await object.Body?.transformToString('latin1'))?.includes(address)) return true;
  }
  return false;
}

/** As `cdk` reads it: `-c name=value`, `cdk.json`, the environment. */
function settings(given: readonly string[]): Config {
  const set = Object.fromEntries(given.map((one) => one.split(/=(.*)/s).slice(0, 2)));
  const file = JSON.parse(readFileSync(new URL('../../cdk.json', import.meta.url), 'utf8'));
  return readConfig((name) => set[name] ?? file.context[name], process.env);
}
