/**
 * Loaded before any product code: how the simulator loads modules. Two libraries work with real streams, so virtual
 * time waits for them (and mails that are the same bytes are parsed once). A planted bug is a text patch on one
 * module, loaded under `?bug=…` together with all that imports it; the product itself knows nothing of it.
 */
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { SourcePatch } from './planted/bug.ts';

const ROOT = new URL('../../', import.meta.url).href;
const WRAPPED: Readonly<Record<string, string>> = {
  mailparser: new URL('./wrapped-mailparser.ts', import.meta.url).href,
  'nodemailer/lib/mail-composer': new URL('./wrapped-composer.ts', import.meta.url).href,
};
/** Pure and never patched: one copy serves every bug. */
const SHARED_BY_ALL =
  /^(?:shared\/(?:inbound|domain\/(?:time|letter))\/|shared\/api\/|shared\/parse-mail\.ts)/;

const patches = new Map<string, readonly SourcePatch[]>();

/** What `?bug=NAME` means from now on. */
export function plant(name: string, of: readonly SourcePatch[]): void {
  patches.set(name, of);
}

registerHooks({
  resolve(specifier, context, next) {
    const parent = context.parentURL ?? '';
    const wrapper = WRAPPED[specifier];
    if (wrapper && wrapper !== parent) return { url: wrapper, shortCircuit: true };
    const resolved = next(specifier, context);
    const bug = /\?bug=([a-z0-9-]+)$/.exec(parent)?.[1];
    if (!bug || !resolved.url.startsWith(ROOT)) return resolved;
    const path = resolved.url.slice(ROOT.length);
    const isProduct = /^(?:shared|functions)\/.*\.ts$/.test(path) && !SHARED_BY_ALL.test(path);
    return isProduct ? { ...resolved, url: `${resolved.url}?bug=${bug}` } : resolved;
  },
  load(url, context, next) {
    const [plain = url, bug] = url.split('?bug=');
    const of = bug === undefined ? [] : (patches.get(bug) ?? []);
    const path = plain.startsWith(ROOT) ? plain.slice(ROOT.length) : '';
    const mine = of.filter((patch) => patch.file === path);
    const loaded = next(url, context);
    if (mine.length === 0) return loaded;
    const source =
      typeof loaded.source === 'string'
        ? loaded.source
        : Buffer.from(loaded.source as Uint8Array).toString('utf8');
    return {
      ...loaded,
      source: mine.reduce((text, patch) => patched(text, patch, fileURLToPath(plain)), source),
    };
  },
});

/** A patch that no longer fits must fail loudly: a bug that is not planted would count as found by nobody. */
function patched(source: string, patch: SourcePatch, file: string): string {
  const parts = source.split(patch.find);
  if (parts.length !== 2) {
    throw new Error(
      `The planted bug's words stand ${parts.length - 1} times, not once, in ${file}: ${patch.find}`,
    );
  }
  return parts.join(patch.put);
}
