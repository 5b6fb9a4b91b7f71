/**
 * A person whose every word can be found again, and everything that a running product keeps, store by store, as text to
 * look for them in. Whoever adds a store adds it here: the test of forgetting demands that each has once held somebody.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { gunzipSync } from 'node:zlib';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, ScanCommand, type ScanCommandInput } from '@aws-sdk/lib-dynamodb';
import type { Runtime } from '../../infra/local/runtime.ts';

export type Canary = {
  readonly address: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly phone: string;
  readonly why: string;
  /** What they write: as a stranger, while away, as an answer. */
  readonly words: { readonly stranger: string; readonly away: string; readonly reply: string };
  /** What a person notes about them. */
  readonly dossier: string;
};

/** `n` from 0 to 9. Their company's domain tells nothing and is no canary. */
export function canary(n: number): Canary {
  const tag = `q${'abcdefghij'[n]}x`;
  return {
    address: `zara${tag}@firm-${n}.example`,
    firstName: `Zara${tag}`,
    lastName: `Vondel${tag}`,
    phone: `+35191234567${n}`,
    why: `Your shop whycanary${tag} repairs bikes while people wait in street number ${n}.`,
    words: { stranger: `strangercanary${tag}`, away: `awaycanary${tag}`, reply: `replycanary${tag}` },
    dossier: `dossiercanary${tag}`,
  };
}

/** How often any of theirs occurs: as it is, and within base64 at each of its three alignments. */
export function hits(
  text: string,
  { address, firstName, lastName, phone, why, words, dossier }: Canary,
): number {
  const own = [address, firstName, lastName, phone, phone.slice(1), why.split(' ')[2], dossier];
  const needles = [...own, ...Object.values(words)].flatMap((one = '') => [one, ...inBase64(one)]);
  const folded = text.toLowerCase();
  return needles.reduce((sum, needle) => sum + folded.split(needle.toLowerCase()).length - 1, 0);
}

function inBase64(text: string): readonly string[] {
  return [0, 1, 2].map((shift) => {
    const encoded = Buffer.from(`${'.'.repeat(shift)}${text}`).toString('base64');
    // The first and the last group hold bits of the neighbours as well.
    return encoded.slice(shift === 0 ? 0 : 4, Math.floor((shift + Buffer.byteLength(text)) / 3) * 4);
  });
}

export const STORES = [
  'table',
  'list index',
  'due index',
  'mail bucket',
  'files bucket',
  'queues',
  'schedules',
  'tags',
  'other files',
] as const;
export type StoreName = (typeof STORES)[number];

/** SES's own books: a letter that has left lies with its recipient. Of it the tags alone are ours. */
const LEFT_THE_HOUSE = ['outbox', 'ses.db'];

export async function storesOf(runtime: Runtime, dir: string): Promise<Readonly<Record<StoreName, string>>> {
  const files = filesUnder(dir);
  const read = (keep: (path: string) => boolean) =>
    files
      .filter(keep)
      .map((path) => `${path}\n${readFileSync(join(dir, path), 'latin1')}`)
      .join('\n');
  const inBucket = (name: string) => (path: string) => path.startsWith(join('s3', name) + sep);
  const isRead = (path: string): boolean =>
    ['s3', 'dynamo', 'queues.db', 'scheduler.db', ...LEFT_THE_HOUSE].some((name) => path.startsWith(name));
  return {
    ...(await tableAndIndexes(runtime.endpoints.dynamodb)),
    'mail bucket': read(inBucket('inbound-mail')),
    'files bucket': read(inBucket('files')),
    queues: rowsOf(join(dir, 'queues.db')),
    schedules: rowsOf(join(dir, 'scheduler.db')),
    tags: tagsOf(join(dir, 'ses.db')),
    'other files': read((path) => !isRead(path)),
  };
}

const filesUnder = (dir: string): readonly string[] =>
  readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(dir.length + 1));

async function tableAndIndexes(endpoint: string) {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = DynamoDBDocumentClient.from(
    new DynamoDBClient({ region: 'us-east-1', endpoint, credentials }),
  );
  const scan = async (index?: string): Promise<string> => {
    const lines: string[] = [];
    let from: ScanCommandInput['ExclusiveStartKey'];
    do {
      const page = await client.send(
        new ScanCommand({
          TableName: 'relance',
          ...(index ? { IndexName: index } : {}),
          ...(from ? { ExclusiveStartKey: from } : {}),
        }),
      );
      for (const item of page.Items ?? []) lines.push(JSON.stringify(item, unpacked));
      from = page.LastEvaluatedKey;
    } while (from);
    return lines.join('\n');
  };
  try {
    return { table: await scan(), 'list index': await scan('list'), 'due index': await scan('due') };
  } finally {
    client.destroy();
  }
}

/** Long answers under an `Idempotency-Key` are kept packed. */
const unpacked = (_name: string, value: unknown): unknown =>
  typeof value === 'string' && value.startsWith('gz:')
    ? gunzipSync(Buffer.from(value.slice(3), 'base64')).toString()
    : value;

function rowsOf(file: string): string {
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    const tables = database.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all();
    return tables
      .flatMap(({ name }) =>
        database
          .prepare(`SELECT * FROM "${name}"`)
          .all()
          .map((row) => JSON.stringify(row)),
      )
      .join('\n');
  } finally {
    database.close();
  }
}

function tagsOf(file: string): string {
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    const rows = database.prepare("SELECT json_extract(mail, '$.mail.tags') AS tags FROM accepted").all();
    return rows.map(({ tags }) => String(tags)).join('\n');
  } finally {
    database.close();
  }
}
