/**
 * The reference: the OpenAPI document, and a page that shows it. The page loads nothing from anybody else, and its
 * policy would not let it: no fonts, no proxy, no telemetry of others.
 */
import { existsSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import type { Context, Hono } from 'hono';
import type { referenceOperations } from '../../shared/api/operations/reference.ts';
import type { ApiBindings } from './caller.ts';
import type { MakeHandlers } from './handler.ts';

/** Nobody's data, and the same until the next deployment. */
const CACHED = { 'Cache-Control': 'public, max-age=3600' };

export const referenceHandlers: MakeHandlers<typeof referenceOperations> = ({ settings }) => {
  let document: string | undefined;
  return {
    'reference.openapi': async () => {
      // Imported when asked for: making it takes longer than everything else in a cold start.
      const { openApiDocument } = await import('../../shared/api/openapi.ts');
      document ??= JSON.stringify(openApiDocument(settings.publicUrl));
      return { status: 200, file: document, mediaType: 'application/json', headers: CACHED };
    },
  };
};

const SECURITY = {
  'Content-Security-Policy': [
    "default-src 'none'",
    "script-src 'self'",
    // Its styles are written by its script.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
};

const PAGE = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Relance API</title><meta name="viewport" content="width=device-width"></head>
<body><div id="app"></div><script src="/docs/reference.js"></script><script src="/docs/start.js"></script></body>
</html>
`;

const START = `Scalar.createApiReference('#app', ${JSON.stringify({
  url: '/v1/openapi.json',
  withDefaultFonts: false,
  telemetry: false,
  showDeveloperTools: 'never',
  hideClientButton: true,
  agent: { disabled: true },
  mcp: { disabled: true },
  theme: 'none',
})});\n`;

/** Beside the bundled function, or in the package that it comes from. */
const SCRIPTS = ['./reference.js', '../../node_modules/@scalar/api-reference/dist/browser/standalone.js'];

export function mountReference(app: Hono<ApiBindings>): void {
  let packed: Buffer<ArrayBuffer> | undefined;
  const answer = (
    context: Context,
    body: string | Buffer<ArrayBuffer>,
    headers: Readonly<Record<string, string>>,
  ) => context.body(body, 200, { ...SECURITY, ...CACHED, ...headers });
  app.get('/docs', (context) => answer(context, PAGE, { 'Content-Type': 'text/html; charset=utf-8' }));
  app.get('/docs/start.js', (context) =>
    answer(context, START, { 'Content-Type': 'text/javascript; charset=utf-8' }),
  );
  app.get('/docs/reference.js', (context) => {
    // Packed: 4 MB would not fit through Lambda's 6 MB once they are base64.
    packed ??= gzipSync(readScript());
    return answer(context, packed, {
      'Content-Type': 'text/javascript; charset=utf-8',
      'Content-Encoding': 'gzip',
    });
  });
}

function readScript(): Buffer {
  const found = SCRIPTS.map((path) => new URL(path, import.meta.url)).find((url) => existsSync(url));
  if (!found) throw new Error('The script of the reference page is not deployed beside the function');
  return readFileSync(found);
}
