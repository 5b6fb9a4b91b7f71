/**
 * `npm run bundles`: what each function loads when it starts, in bytes and CPU until its module is loaded, beside a
 * bundle of nothing but the SDK clients that the function may call, built the same way. Each measurement is a process of
 * its own; ours and the bare one take turns, so that other work on the machine slows both.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleEntry, bundleFunction } from '../bundle.ts';
import { GRANTS } from '../grants.ts';
import { FUNCTIONS, type FunctionName } from '../queue-settings.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** The best of these: other work on the machine only ever adds. */
const TRIES = 9;

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

/** CPU milliseconds of one process. */
const loadMs = (index: string): number =>
  Number(execFileSync(process.execPath, ['--input-type=module', '-e', PROBE, index], { encoding: 'utf8' }));

function bestOf(own: string, bare: string): { readonly ownMs: number; readonly bareMs: number } {
  const turns = Array.from({ length: TRIES }, () => ({ own: loadMs(own), bare: loadMs(bare) }));
  return {
    ownMs: Math.min(...turns.map((turn) => turn.own)),
    bareMs: Math.min(...turns.map((turn) => turn.bare)),
  };
}

/** A chunk imports others by `import…from"./x.mjs"`, and lazily by `import("./x.mjs")`: only the first count. */
const STATIC_IMPORT = /(?:from|import)"(\.{1,2}\/[^"]{1,200})"/g;

/** Bytes of the entry and of every chunk that it imports, and theirs, before its module is there. */
function bytesAtStart(index: string): number {
  const seen = new Set<string>();
  const open = [index];
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    if (seen.has(file)) continue;
    seen.add(file);
    const text = readFileSync(file, 'utf8');
    for (const [, path = ''] of text.matchAll(STATIC_IMPORT)) open.push(join(dirname(file), path));
  }
  return [...seen].reduce((sum, file) => sum + statSync(file).size, 0);
}

/** Code only: dictionaries and the reference page's program are data that is read when somebody asks. */
function bytesInAll(index: string): number {
  const folder = dirname(index);
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const code = files.filter((file) => file.endsWith('.mjs') && !file.startsWith('node_modules'));
  return code.reduce((sum, file) => sum + statSync(join(folder, file)).size, 0);
}

const kb = (bytes: number): string => `${Math.round(bytes / 1_024)} KB`;

mkdirSync(join(ROOT, 'dist'), { recursive: true });
const folder = mkdtempSync(join(ROOT, 'dist', 'bare-'));
try {
  console.log('                        at start            in all    bare clients         ratio');
  console.log('function              code      CPU        code     code      CPU     code    CPU');
  for (const name of FUNCTIONS) {
    const source = join(folder, `${name}.ts`);
    writeFileSync(
      source,
      servicesOf(name)
        .map((service) => CLIENTS[service])
        .join('\n'),
    );
    const bare = join(await bundleEntry(source, join(folder, name)), 'index.mjs');
    const own = join(await bundleFunction(name), 'index.mjs');
    const { ownMs, bareMs } = bestOf(own, bare);
    const [ownBytes, bareBytes] = [bytesAtStart(own), bytesAtStart(bare)];
    const cells = [
      kb(ownBytes).padStart(9),
      `${ownMs.toFixed(0)} ms`.padStart(8),
      kb(bytesInAll(own)).padStart(11),
      kb(bareBytes).padStart(8),
      `${bareMs.toFixed(0)} ms`.padStart(8),
      `${(ownBytes / bareBytes).toFixed(2)}×`.padStart(8),
      `${(ownMs / bareMs).toFixed(2)}×`.padStart(6),
    ];
    console.log(name.padEnd(17) + cells.join(' '));
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
