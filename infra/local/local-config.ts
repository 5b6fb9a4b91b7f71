/**
 * What a data directory keeps about itself: secrets, the API token, the domain. Made at the first start and never
 * again, because contact ids and tokens in letters hang on the secrets.
 */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { onDisk, StorageFailure } from './storage-failure.ts';

const Config = z.object({
  /** Letters go out from addresses of this domain, replies come back to `reply.` of it. */
  domain: z.string(),
  contactSecret: z.string(),
  tokenKeys: z.string(),
  apiToken: z.string(),
});
export type LocalConfig = z.infer<typeof Config>;

export const DEFAULT_DOMAIN = 'export.example';
export const replyDomainOf = (domain: string): string => `reply.${domain}`;

/** Reads `<dir>/config.json`, or makes it. Throws with the file's name where it is no configuration of ours. */
export function loadConfig(dir: string, domain = DEFAULT_DOMAIN): LocalConfig {
  const file = join(dir, 'config.json');
  if (existsSync(file)) {
    const read = Config.safeParse(readJson(file));
    if (!read.success)
      throw new StorageFailure(file, 'is no Relance configuration: move it away, or delete the directory.');
    return read.data;
  }
  const secret = (): string => randomBytes(32).toString('hex');
  const config = { domain, contactSecret: secret(), tokenKeys: `a:${secret()}`, apiToken: secret() };
  onDisk(file, () => {
    mkdirSync(dir, { recursive: true, mode: 0o700 });
    // Whole or not at all: half a configuration would lock everybody out of their own data.
    writeFileSync(`${file}.new`, `${JSON.stringify(config, undefined, 2)}\n`, { mode: 0o600 });
    renameSync(`${file}.new`, file);
  });
  return config;
}

function readJson(file: string): unknown {
  const text = onDisk(file, () => readFileSync(file, 'utf8'));
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
