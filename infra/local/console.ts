/** CloudFront's part on this machine: the console's files, read once, with the headers they have on AWS. */

import { readdirSync, readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, join, relative, sep } from 'node:path';
import { gzipSync } from 'node:zlib';
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
const PACKED = new Set(['.html', '.js', '.css', '.json', '.svg']);
const CONFIG = { auth: { kind: 'token' }, local: true };

type File = {
  readonly type: string;
  readonly body: Buffer;
  readonly packed?: Buffer;
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
    const takesGzip = file.packed && /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''));
    const headers = {
      ...CONSOLE_HEADERS,
      'content-type': file.type,
      'cache-control': file.isHashed ? 'public, max-age=31536000, immutable' : 'no-cache',
      ...(takesGzip ? { 'content-encoding': 'gzip' } : {}),
    };
    const body = takesGzip && file.packed ? file.packed : file.body;
    reply(response, 200, headers, request.method === 'HEAD' ? '' : body);
    return true;
  };
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
  ...(PACKED.has(extension) ? { packed: gzipSync(body) } : {}),
});
