/** How the console becomes static files: relative addresses, so that it may hang under any path. */
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const BEGINNING = 'functions/console/main.ts';
const START = 'functions/console/start.tsx';

/**
 * Everything that the application needs before its first page, in one file of scripts and one of styles. Cut by who
 * shares what, as is usual, it came in sixty, which no telephone fetches in less than ten rounds.
 */
const begin = new Set<string>();
const first = new Set<string>();
const gatherFirst = (): Plugin => ({
  name: 'gather-first',
  buildEnd() {
    const closureOf = (file: string): ReadonlySet<string> => {
      const start = [...this.getModuleIds()].find((id) => id.endsWith(file));
      if (!start) throw new Error(`${file} is not part of the console any more`);
      const found = new Set([start]);
      for (const id of found)
        for (const imported of this.getModuleInfo(id)?.importedIds ?? []) found.add(imported);
      return found;
    };
    for (const id of closureOf(BEGINNING)) begin.add(id);
    for (const id of closureOf(START)) first.add(id);
  },
});

/**
 * The application is named in the page's head, though the beginning loads it: the first paint waits for nothing of it,
 * and it is on its way all the same.
 */
const announceFirst = (): Plugin => ({
  name: 'announce-first',
  transformIndexHtml: {
    order: 'post',
    handler: (_html, { bundle = {} }) =>
      Object.keys(bundle)
        .filter((file) => /^assets\/first-[\w-]+\.(?:js|css)$/.test(file))
        .map((file) => ({
          tag: 'link',
          injectTo: 'head' as const,
          attrs: file.endsWith('.js')
            ? { rel: 'modulepreload', crossorigin: '', href: `./${file}` }
            : { rel: 'preload', as: 'style', crossorigin: '', href: `./${file}` },
        })),
  },
});

export default defineConfig({
  root: import.meta.dirname,
  base: './',
  plugins: [react(), gatherFirst(), announceFirst()],
  logLevel: 'warn',
  build: {
    target: 'es2023',
    // The content security policy allows no `data:` scripts or styles; small files stay files.
    assetsInlineLimit: 0,
    // Cloudscape's locale files and its code editor's neighbours make chunks that are large but load on demand.
    chunkSizeWarningLimit: 1_500,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'begin', test: (id: string) => begin.has(id), priority: 1 },
            { name: 'first', test: (id: string) => first.has(id) },
          ],
        },
      },
    },
  },
});
