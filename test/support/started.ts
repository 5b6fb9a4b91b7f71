/** `relance start` as a process of its own, as `npm start` runs it: what it says, how it ends, and its API. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { type Client, relanceClient } from '../../shared/client.ts';

const RELANCE = join(import.meta.dirname, '../../infra/cli/relance.mjs');

export type Ended = { readonly code: number | null; readonly stdout: string; readonly stderr: string };

export type Started = {
  /** Resolves when the API answers; rejects with what it said if it ends before. */
  readonly ready: Promise<{ readonly client: Client; readonly apiPort: number; readonly smtpPort: number }>;
  readonly ended: Promise<Ended>;
  /** As Ctrl-C does; resolves when it has ended. */
  stop(): Promise<Ended>;
};

/** `under`: a command that runs it, such as a shell with a limit. Ports are free ones unless `more` names others. */
export function start(dir: string, under: readonly string[] = [], more: readonly string[] = []): Started {
  const [command = process.execPath, ...args] = [
    ...under,
    process.execPath,
    RELANCE,
    ...['start', '--dir', dir, '--port', '0', '--smtp-port', '0', ...more],
  ];
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, stdout, stderr }));
  const ready = new Promise<Awaited<Started['ready']>>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      stdout += chunk.toString();
      const found = readGreeting(stdout);
      if (found) resolve(found);
    });
    void ended.then((end) => reject(new Error(`It ended with ${end.code}: ${end.stderr}${end.stdout}`)));
  });
  // Who waits for the end only is not interested in readiness.
  ready.catch(() => undefined);
  return {
    ready,
    ended,
    stop: () => {
      child.kill('SIGTERM');
      return ended;
    },
  };
}

function readGreeting(stdout: string) {
  if (!/^ {2}data /m.test(stdout)) return undefined;
  const baseUrl = /http:\/\/127\.0\.0\.1:(\d+)/.exec(stdout);
  const token = /token +(\S+)/.exec(stdout)?.[1] ?? '';
  const smtp = /smtp:\/\/127\.0\.0\.1:(\d+)/.exec(stdout);
  if (!baseUrl || !smtp) return undefined;
  const client = relanceClient({ baseUrl: baseUrl[0], token, fetch });
  return { client, apiPort: Number(baseUrl[1]), smtpPort: Number(smtp[1]) };
}
