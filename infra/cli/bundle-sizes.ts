/**
 * `npm run bundles`: bytes of each function's bundle and CPU until its module is loaded, beside a bundle of nothing but
 * the SDK clients that the function needs, built the same way. Each measurement is a process of its own.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleEntry, bundleFunction } from '../bundle.ts';
import { GRANTS } from '../grants.ts';
import { FUNCTIONS, type FunctionName } from '../queue-settings.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** The best of these: other work on the machine only ever adds. */
const TRIES = 5;

const CLIENTS: Readonly<Record<string, string>> = {
  dynamodb:
    "export { DynamoDBClient } from '@aws-sdk/client-dynamodb'; export { DynamoDBDocumentClient, GetCommand, PutCommand, UpdateCommand, QueryCommand, BatchGetCommand } from '@aws-sdk/lib-dynamodb';",
  sqs: "export { SQSClient, SendMessageCommand } from '@aws-sdk/client-sqs';",
  scheduler: "export { SchedulerClient, CreateScheduleCommand } from '@aws-sdk/client-scheduler';",
  ses: "export { SESClient, SendRawEmailCommand } from '@aws-sdk/client-ses';",
  s3: "export { S3Client, GetObjectCommand } from '@aws-sdk/client-s3';",
};

/** By what it may do: a function needs the clients of the services in its grants. */
function servicesOf(name: FunctionName): readonly string[] {
  const actions = Object.values(GRANTS[name]).flat();
  return Object.keys(CLIENTS).filter((service) => actions.some((action) => action.startsWith(`${service}:`)));
}

const PROBE =
  'const before=process.cpuUsage();await import(process.argv[1]);const{user,system}=process.cpuUsage(before);console.log((user+system)/1000)';

/** CPU milliseconds, the best of several processes. */
function loadMs(index: string): number {
  const once = (): number =>
    Number(execFileSync(process.execPath, ['--input-type=module', '-e', PROBE, index], { encoding: 'utf8' }));
  return Math.min(...Array.from({ length: TRIES }, once));
}

const kb = (bytes: number): string => `${Math.round(bytes / 1_024)} KB`;

const folder = mkdtempSync(join(ROOT, 'dist', 'bare-'));
try {
  console.log('function          loaded at start  CPU      bare clients       CPU     bytes  CPU ratio');
  for (const name of FUNCTIONS) {
    const services = servicesOf(name);
    const source = join(folder, `${name}.ts`);
    writeFileSync(source, services.map((service) => CLIENTS[service]).join('\n'));
    const bare = join(await bundleEntry(source, join(folder, name)), 'index.mjs');
    const own = join(await bundleFunction(name), 'index.mjs');
    const [ownMs, bareMs] = [loadMs(own), loadMs(bare)];
    const [ownBytes, bareBytes] = [statSync(own).size, statSync(bare).size];
    console.log(
      [
        name.padEnd(17),
        kb(ownBytes).padStart(15),
        `${ownMs.toFixed(0)} ms`.padStart(7),
        kb(bareBytes).padStart(15),
        `${bareMs.toFixed(0)} ms`.padStart(9),
        `${(ownBytes / bareBytes).toFixed(2)}×`.padStart(9),
        `${(ownMs / bareMs).toFixed(2)}×`.padStart(10),
      ].join(' '),
    );
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
