// What each function did in a run of the whole product, as IAM would see it. `npm run permissions` gathers these files.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Observed } from '../../infra/local/in-function.ts';
import { permissionsOf } from '../../infra/permissions/sdk-actions.ts';

/** Where the permissions command wants its records; without it nothing is written. */
const folder = process.env.RELANCE_RECORD;
let files = 0;

/** `done` writes what was seen, once. */
export function recordCalls() {
  const seen = new Set<string>();
  return {
    observe: (observed: Observed): void => {
      if (observed.kind !== 'call') return;
      for (const { action, resource } of permissionsOf(observed.service, observed)) {
        seen.add(`${observed.function} ${action} ${resource}`);
      }
    },
    seen: (): readonly string[] => [...seen].sort(),
    done: (): void => {
      if (folder === undefined) return;
      mkdirSync(folder, { recursive: true });
      files += 1;
      const test = String(globalThis.process.env.VITEST_POOL_ID ?? '0');
      writeFileSync(join(folder, `${process.pid}-${test}-${files}.txt`), [...seen].sort().join('\n'));
    },
  };
}
