/** CloudFront's part on this machine: the console's files, read once, with the headers they have on AWS. */

import { readdirSync, readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, join, relative, sep } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { CONSOLE_HEADERS } from '../../functions/console/headers.ts';
import { reply } from './http-server.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
};
const PACKABLE = new Set(['.html', '.js', '.css', '.json', '.svg']);
const CONFIG = { auth: { kind: 'token' }, local: true };

/** As dense as CloudFront packs them, and done in the blink in which a file is first asked for. */
const BROTLI_QUALITY = 6;

type Encoding = 'br' | 'gzip';
type File = {
  readonly type: string;
  readonly body: Buffer;
  readonly isPackable: boolean;
  /** Made when first asked for: of a hundred files a start shows ten. */
  readonly packed: Map<Encoding, Buffer>;
  readonly isHashed: boolean;
};

/** Answers `true` where the request was for a file of the console. */
export function serveConsole(dir: string): (request: IncomingMessage, response: ServerResponse) => boolean {
  const files = new Map(readFiles(dir));
  files.set('/config.json', fileOf('.json', Buffer.from(JSON.stringify(CONFIG)), false));
  return (request, response) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return false;
    const { pathname } = new URL(request.url ?? '/', 'http://127.0.0.1');
    const file = files.get(pathname === '/' ? '/index.html' : pathname);
    if (!file) return false;
    const encoding = file.isPackable
      ? encodingFor(String(request.headers['accept-encoding'] ?? ''))
      : undefined;
    const headers = {
      ...CONSOLE_HEADERS,
      'content-type': file.type,
      'cache-control': file.isHashed ? 'public, max-age=31536000, immutable' : 'no-cache',
      ...(file.isPackable ? { vary: 'accept-encoding' } : {}),
      ...(encoding ? { 'content-encoding': encoding } : {}),
    };
    const body = encoding ? packedAs(encoding, file) : file.body;
    reply(response, 200, headers, request.method === 'HEAD' ? '' : body);
    return true;
  };
}

const encodingFor = (accepted: string): Encoding | undefined =>
  /\bbr\b/.test(accepted) ? 'br' : /\bgzip\b/.test(accepted) ? 'gzip' : undefined;

function packedAs(encoding: Encoding, { packed, body }: File): Buffer {
  const known = packed.get(encoding);
  if (known) return known;
  const params = { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY };
  const made = encoding === 'br' ? brotliCompressSync(body, { params }) : gzipSync(body);
  packed.set(encoding, made);
  return made;
}

function readFiles(dir: string): readonly (readonly [path: string, file: File])[] {
  return readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => {
      const whole = join(entry.parentPath, entry.name);
      const path = `/${relative(dir, whole).split(sep).join('/')}`;
      return [path, fileOf(extname(entry.name), readFileSync(whole), path.startsWith('/assets/'))] as const;
    });
}

const fileOf = (extension: string, body: Buffer, isHashed: boolean): File => ({
  type: TYPES[extension] ?? 'application/octet-stream',
  body,
  isHashed,
  isPackable: PACKABLE.has(extension),
  packed: new Map(),
});
