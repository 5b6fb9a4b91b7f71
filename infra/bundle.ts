/**
 * One directory per function: minified ESM, split where the code imports lazily, so that a cold start reads only what
 * it runs. Not NodejsFunction: that knows one file only, in which every lazy import would be an eager one.
 */
import { copyFileSync, cpSync, mkdirSync, rmSync } from 'node:fs';
import http from 'node:http';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BuildOptions, build, type Plugin } from 'esbuild';
import { FUNCTIONS, type FunctionName } from './queue-settings.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const OUT = join(ROOT, 'dist', 'functions');
const require = createRequire(import.meta.url);

/** Data files that their packages read beside themselves: they travel as they are. */
const DICTIONARIES = ['dictionary-en', 'dictionary-en-gb', 'dictionary-es'];

/** CommonJS packages inside ESM ask for `require`, `__dirname` and `__filename`. */
const BANNER = [
  "import{createRequire as relanceRequire}from'node:module';",
  "import{dirname as relanceDirname}from'node:path';",
  "import{fileURLToPath as relancePath}from'node:url';",
  'const require=relanceRequire(import.meta.url),__filename=relancePath(import.meta.url),__dirname=relanceDirname(__filename);',
].join('');

/**
 * An ESM import of `node:http` reads every one of its exports, and one of them, `WebSocket`, is a getter that loads all
 * of undici: it doubled the CPU of a cold start. `require` reads none, so imports are led through it.
 */
const QUIET_HTTP: Plugin = {
  name: 'quiet-http',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^(?:node:)?http$/ }, ({ kind }) =>
      kind === 'require-call' ? { path: 'node:http', external: true } : { path: 'http', namespace: 'quiet' },
    );
    const plain = Object.entries(Object.getOwnPropertyDescriptors(http)).filter(([, one]) => 'value' in one);
    const names = plain.map(([name]) => name).join(',');
    onLoad({ filter: /^http$/, namespace: 'quiet' }, () => ({
      contents: `const http=require('node:http');export default http;export const{${names}}=http;`,
    }));
  },
};

/** What every bundle here is built with; the bench builds the bare SDK clients the very same way. */
export const BUNDLING = {
  absWorkingDir: ROOT,
  bundle: true,
  minify: true,
  splitting: true,
  platform: 'node',
  target: 'node24',
  format: 'esm',
  outExtension: { '.js': '.mjs' },
  chunkNames: 'chunks/[hash]',
  mainFields: ['module', 'main'],
  banner: { js: BANNER },
  external: DICTIONARIES,
  plugins: [QUIET_HTTP],
  legalComments: 'none',
  logLevel: 'error',
} as const satisfies BuildOptions;

/** Answers the directory that holds `index.mjs` with the handler. The same sources give the same bytes. */
export async function bundleFunction(name: FunctionName): Promise<string> {
  const outdir = await bundleEntry(join(ROOT, 'functions', `${name}.ts`), join(OUT, name));
  // The reference page's program: the API reads it as a file, when somebody asks for it.
  if (name === 'api') copyFileSync(join(ROOT, REFERENCE), join(outdir, 'reference.js'));
  return outdir;
}

const REFERENCE = 'node_modules/@scalar/api-reference/dist/browser/standalone.js';

export async function bundleEntry(entry: string, outdir: string): Promise<string> {
  rmSync(outdir, { recursive: true, force: true });
  mkdirSync(outdir, { recursive: true });
  const { metafile } = await build({
    ...BUNDLING,
    entryPoints: { index: entry },
    outdir,
    metafile: true,
  });
  const imported = Object.values(metafile.outputs).flatMap(({ imports }) => imports.map(({ path }) => path));
  for (const dictionary of DICTIONARIES.filter((one) => imported.includes(one))) {
    copyPackage(dictionary, outdir);
  }
  return outdir;
}

export type Bundles = Readonly<Record<FunctionName | 'activate-rule-set', string>>;

/** All at once: esbuild works in threads of its own. */
export async function bundleAll(): Promise<Bundles> {
  const activation = join(ROOT, 'infra', 'activate-rule-set', 'handler.ts');
  const entries = await Promise.all([
    ...FUNCTIONS.map(async (name) => [name, await bundleFunction(name)] as const),
    bundleEntry(activation, join(OUT, 'activate-rule-set')).then(
      (dir) => ['activate-rule-set', dir] as const,
    ),
  ]);
  return Object.fromEntries(entries) as Bundles;
}

/** Code and dictionary files only; the licence of each goes with it. */
function copyPackage(name: string, outdir: string): void {
  const from = dirname(require.resolve(name, { paths: [ROOT] }));
  const to = join(outdir, 'node_modules', name);
  cpSync(from, to, { recursive: true, dereference: true, filter: (file) => !/\.(md|d\.ts|map)$/.test(file) });
}
