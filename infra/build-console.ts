/**
 * Builds the console's static files, once per content: what was built from the same sources is taken as it is. Used by
 * `npm start`, by the browser tests and by the deployment.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const SOURCES = [
  'infra/build-console.ts',
  'functions/console',
  'shared/client.ts',
  'shared/api.ts',
  'shared/api',
  'package-lock.json',
];
const OUT = join(ROOT, 'dist/console');
/** Hexadecimal digits: enough to tell one state of the sources from another. */
const NAME_CHARS = 16;

/** The directory with `index.html`; `building` is called where there is something to wait for. */
export async function buildConsole(building: () => void = () => undefined): Promise<string> {
  const dir = join(OUT, contentHash());
  if (existsSync(join(dir, 'index.html'))) return dir;
  building();
  const { build } = await import('vite');
  const fresh = `${dir}.${process.pid}`;
  mkdirSync(OUT, { recursive: true });
  // Whoever builds under a test runner would get React's development build.
  const before = process.env.NODE_ENV;
  process.env.NODE_ENV = 'production';
  try {
    await build({
      configFile: join(ROOT, 'functions/console/vite.config.ts'),
      mode: 'production',
      build: { outDir: fresh, emptyOutDir: true },
    });
  } finally {
    if (before === undefined) delete process.env.NODE_ENV;
    else process.env.NODE_ENV = before;
  }
  // Whole or not at all: somebody else may be building the same.
  if (existsSync(dir)) rmSync(fresh, { recursive: true, force: true });
  else renameSync(fresh, dir);
  return dir;
}

function contentHash(): string {
  const hash = createHash('sha256');
  for (const source of SOURCES) {
    const whole = join(ROOT, source);
    for (const file of filesOf(whole)) hash.update(file.slice(ROOT.length)).update(readFileSync(file));
  }
  return hash.digest('hex').slice(0, NAME_CHARS);
}

function filesOf(path: string): readonly string[] {
  if (/\.[a-z]+$/.test(path)) return existsSync(path) ? [path] : [];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
