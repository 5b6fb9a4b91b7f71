/** Runs the command as a person would, in its own process and on a Node that knows TypeScript. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';

export type Said = { readonly code: number | null; readonly text: string; readonly last: unknown };

/** `last` is the last line, as JSON, if it is that. */
export function simulate(...args: readonly string[]): Promise<Said> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'simulate.ts'), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const chunks: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      const text = Buffer.concat(chunks).toString('utf8');
      const line = text.trim().split('\n').at(-1) ?? '';
      resolve({ code, text, last: line.startsWith('{') ? JSON.parse(line) : undefined });
    });
  });
}

/** The hash that one seed's trace ends with. */
export const hashIn = (text: string): string | undefined => /, hash ([0-9a-f]{16})$/m.exec(text)?.[1];
