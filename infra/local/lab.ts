/**
 * The laboratory behind the console, on one's own machine only: turn the clock, read what went out, answer as its
 * recipient by real SMTP. Same token as the API; nothing of it exists on AWS.
 */

import { timingSafeEqual } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { basename, join } from 'node:path';
import { createTransport } from 'nodemailer';
import * as z from 'zod';
import { parseMail } from '../../shared/parse-mail.ts';
import type { LocalClock } from './clock.ts';
import { readBody, reply } from './http-server.ts';
import { ANSWER_KINDS, writeAnswerMail } from './lab-answer.ts';
import { OUTBOX_INDEX, type OutboxEntry } from './ses-outbox.ts';
import { type Driven, runUntil } from './turned.ts';

const BODY_BYTES_MAX = 64 * 1024;
const MAILS_SHOWN_MAX = 200;
/** A month is 2,880 looks of reconcile: a person waits half a minute for it. */
const TURN_MS_MAX = 31 * 86_400_000;

const Turn = z.strictObject({ ms: z.number().int().min(0).max(TURN_MS_MAX) });
const Answer = z.strictObject({
  file: z.string().max(200),
  kind: z.enum(ANSWER_KINDS),
  text: z.string().trim().min(1).max(20_000),
});

export type LabOptions = {
  readonly clock: LocalClock;
  readonly outbox: string;
  readonly token: string;
  /** False where letters are really sent: a turned clock would send next week's today. */
  readonly canTurn: boolean;
  /** Known once the runtime stands. */
  readonly runtime: () => (Driven & { readonly smtpPort: number }) | undefined;
};

class LabRefusal extends Error {
  readonly status: number;
  constructor(status: number, detail: string) {
    super(detail);
    this.name = 'LabRefusal';
    this.status = status;
  }
}

/** Answers `true` where the request was for `/local/…`. */
export function serveLab(options: LabOptions) {
  let turning: Promise<void> | undefined;
  const clockView = () => {
    const next = options.runtime()?.nextMoment() ?? Number.POSITIVE_INFINITY;
    return {
      at: new Date(options.clock.now()).toISOString(),
      canTurn: options.canTurn,
      ...(Number.isFinite(next) ? { nextAt: new Date(next).toISOString() } : {}),
    };
  };
  const turn = async (ms: number) => {
    const runtime = options.runtime();
    if (!options.canTurn || !runtime)
      throw new LabRefusal(409, 'Letters are really sent: the clock is not turned.');
    if (turning) throw new LabRefusal(409, 'The clock is being turned already: wait until it stands.');
    turning = runUntil(runtime, options.clock, options.clock.now() + ms);
    try {
      await turning;
    } finally {
      turning = undefined;
    }
    return clockView();
  };
  const handle = async (request: IncomingMessage, path: string): Promise<unknown> => {
    const route = `${request.method} ${path}`;
    if (route === 'GET /clock') return clockView();
    if (route === 'POST /clock') return turn((await bodyOf(request, Turn)).ms);
    if (route === 'GET /outbox') return { items: await readOutbox(options.outbox) };
    if (route === 'POST /answers') {
      await answer(options, await bodyOf(request, Answer));
      return { sent: true };
    }
    if (request.method === 'GET' && path.startsWith('/outbox/')) {
      const mail = await parseMail(
        readMail(options.outbox, decodeURIComponent(path.slice('/outbox/'.length))),
      );
      return { text: mail.text };
    }
    throw new LabRefusal(404, `There is no ${route} in the laboratory.`);
  };
  return async (request: IncomingMessage, response: ServerResponse): Promise<boolean> => {
    const { pathname } = new URL(request.url ?? '/', 'http://127.0.0.1');
    if (!pathname.startsWith('/local/')) return false;
    const send = (status: number, body: unknown) =>
      reply(
        response,
        status,
        { 'content-type': 'application/json', 'cache-control': 'no-store' },
        JSON.stringify(body),
      );
    try {
      if (!holdsToken(request, options.token))
        throw new LabRefusal(401, 'Send the token that was printed at start.');
      send(200, await handle(request, pathname.slice('/local'.length)));
    } catch (error) {
      if (!(error instanceof LabRefusal)) throw error;
      send(error.status, { detail: error.message });
    }
    return true;
  };
}

function holdsToken(request: IncomingMessage, token: string): boolean {
  const given = Buffer.from(/^Bearer (.{1,500})$/.exec(request.headers.authorization ?? '')?.[1] ?? '');
  const wanted = Buffer.from(token);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

async function bodyOf<Schema extends z.ZodType>(
  request: IncomingMessage,
  schema: Schema,
): Promise<z.output<Schema>> {
  let json: unknown;
  try {
    json = JSON.parse((await readBody(request, BODY_BYTES_MAX)).toString('utf8'));
  } catch {
    throw new LabRefusal(400, 'The body is not JSON.');
  }
  const read = schema.safeParse(json);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw new LabRefusal(422, `${issue?.path.join('.') ?? 'body'}: ${issue?.message ?? 'is wrong'}`);
}

const entriesOf = (outbox: string): readonly OutboxEntry[] => {
  const index = join(outbox, OUTBOX_INDEX);
  if (!existsSync(index)) return [];
  return readFileSync(index, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as OutboxEntry);
};

async function readOutbox(outbox: string) {
  const newest = entriesOf(outbox).slice(-MAILS_SHOWN_MAX).reverse();
  return Promise.all(
    newest.map(async ({ file, at, to }) => {
      const { subject } = await parseMail(readMail(outbox, file));
      return { file, at, to: to.join(', '), subject };
    }),
  );
}

/** Only what the index names: a file name of a request opens nothing else. */
function readMail(outbox: string, file: string): Buffer {
  const known = entriesOf(outbox).find((entry) => entry.file === basename(file));
  if (!known) throw new LabRefusal(404, 'There is no such mail in the outbox.');
  return readFileSync(join(outbox, known.file));
}

async function answer(options: LabOptions, asked: z.output<typeof Answer>): Promise<void> {
  const runtime = options.runtime();
  if (!runtime) throw new LabRefusal(503, 'The runtime is still starting.');
  const letter = await parseMail(readMail(options.outbox, asked.file));
  const mail = writeAnswerMail(letter, { ...asked, at: options.clock.now() });
  if (!mail) throw new LabRefusal(422, 'This mail names no address to answer to.');
  const smtp = createTransport({ host: '127.0.0.1', port: runtime.smtpPort, ignoreTLS: true });
  try {
    await smtp.sendMail({ envelope: { from: mail.from, to: [mail.to] }, raw: mail.raw });
  } finally {
    smtp.close();
  }
}
