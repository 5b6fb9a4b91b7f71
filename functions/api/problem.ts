/**
 * Every refusal of the API, said in one way: RFC 9457 with the field and the fix. Routes throw an `ApiProblem`, the
 * app's one error handler writes it; anything else that is thrown becomes a 500 that says nothing but its request id.
 */
import type { Context } from 'hono';
import type { z } from 'zod';
import { FAULTS_SHOWN_MAX, type Fault, type Problem } from '../../shared/api.ts';

export type ProblemStatus = keyof typeof TITLES;

const TITLES = {
  400: ['malformed-body', 'The body cannot be read'],
  401: ['unauthorized', 'Who is asking is not known'],
  403: ['forbidden', 'Your token does not reach so far'],
  404: ['not-found', 'There is no such thing'],
  405: ['method-not-allowed', 'That cannot be done here'],
  409: ['conflict', 'That does not go with how things stand'],
  412: ['changed-meanwhile', 'Somebody has changed it meanwhile'],
  413: ['too-large', 'The body is too large'],
  415: ['not-json', 'The body is not JSON'],
  422: ['invalid-request', 'Something in the request has to be changed'],
  429: ['too-many-requests', 'You are asking too fast'],
  500: ['unexpected', 'Something went wrong here'],
} as const satisfies Readonly<Record<number, readonly [type: string, title: string]>>;

type ProblemParts = {
  readonly faults?: readonly Fault[];
  readonly faultCount?: number;
  readonly headers?: Readonly<Record<string, string>>;
};

export class ApiProblem extends Error {
  readonly status: ProblemStatus;
  readonly faults: readonly Fault[];
  readonly faultCount: number;
  readonly headers: Readonly<Record<string, string>>;

  /** `faultCount` where more were found than are named. */
  constructor(status: ProblemStatus, detail: string, more: ProblemParts = {}) {
    super(detail);
    this.name = 'ApiProblem';
    this.status = status;
    this.faults = more.faults ?? [];
    this.faultCount = more.faultCount ?? this.faults.length;
    this.headers = more.headers ?? {};
  }
}

export const notFound = (what: string): ApiProblem => new ApiProblem(404, `${what} does not exist.`);
export const conflict = (detail: string): ApiProblem => new ApiProblem(409, detail);
export const invalid = (faults: readonly Fault[], count = faults.length): ApiProblem =>
  new ApiProblem(
    422,
    `${count === 1 ? 'One thing has' : `${count} things have`} to be changed; nothing was saved.`,
    { faults, faultCount: count },
  );

/** The one place where errors become answers. */
export function answerProblem(error: unknown, context: Context, requestId: string): Response {
  const problem = error instanceof ApiProblem ? error : surprise(error, requestId);
  const [type, title] = TITLES[problem.status];
  const body: Problem = {
    type: `urn:relance:problem:${type}`,
    title,
    status: problem.status,
    detail: problem.message,
    ...(problem.faults.length > 0
      ? { errors: problem.faults.slice(0, FAULTS_SHOWN_MAX), errorCount: problem.faultCount }
      : {}),
    requestId,
  };
  for (const [name, value] of Object.entries(problem.headers)) context.header(name, value);
  if (problem.status === 401) context.header('WWW-Authenticate', 'Bearer realm="relance"');
  return context.body(JSON.stringify(body), problem.status, { 'Content-Type': 'application/problem+json' });
}

function surprise(error: unknown, requestId: string): ApiProblem {
  // A cursor comes back from clients, and the store names it so.
  if (error instanceof Error && error.name === 'BadCursor') {
    return invalid([{ parameter: 'after', detail: 'This is no `next` of this listing: begin without it.' }]);
  }
  // Name and stack lead to the line; a message could quote a person's data.
  const stack =
    error instanceof Error ? error.stack?.split('\n').filter((line) => /^\s+at /.test(line)) : undefined;
  const name = error instanceof Error ? error.name : typeof error;
  process.stderr.write(
    `${JSON.stringify({ level: 'error', requestId, error: name, stack: stack?.slice(0, 6) })}\n`,
  );
  return new ApiProblem(
    500,
    `Try again; if it happens again, tell the operator the request id ${requestId}.`,
  );
}

/** RFC 6901. */
export const pointerOf = (path: readonly PropertyKey[]): string =>
  path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

/** zod's findings in our words: what is there is never repeated, only what should be. */
export function faultsOf(error: z.ZodError, place: 'body' | 'query'): readonly Fault[] {
  return error.issues.flatMap((issue): Fault[] => {
    const keys = issue.code === 'unrecognized_keys' ? issue.keys : [undefined];
    return keys.map((key) => {
      const path = key === undefined ? issue.path : [...issue.path, key];
      const detail =
        key === undefined ? messageOf(issue) : 'No such field here: check its spelling or leave it out.';
      return place === 'query' ? { parameter: path.join('.'), detail } : { pointer: pointerOf(path), detail };
    });
  });
}

/** "Invalid key in record" hides the sentence that says what a key may be. */
const messageOf = (issue: z.core.$ZodIssue): string =>
  issue.code === 'invalid_key' ? (issue.issues[0]?.message ?? issue.message) : issue.message;
