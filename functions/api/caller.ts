/** Who is asking and what they may do, by the token of this installation or by the claims of a verified JWT. */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { Context } from 'hono';
import { SCOPES, type Scope } from '../../shared/api/operation.ts';
import type { Ports } from '../../shared/ports.ts';
import { ApiProblem } from './problem.ts';

export type Caller = {
  /** `sub` or client id; `local` for the holder of the installation's token. */
  readonly id: string;
  /** A person's own name for the audit log, where the token tells it. */
  readonly name?: string;
  readonly scopes: ReadonlySet<Scope>;
};

/** `event`: what `hono/aws-lambda` hands on, as API Gateway made it; no client can write to it. */
export type ApiBindings = {
  readonly Bindings: { readonly event?: unknown };
  readonly Variables: { requestId: string };
};

export const EVERYTHING: ReadonlySet<Scope> = new Set(SCOPES);

/** Throws 401 where nobody known is asking. */
export async function callerOf(ports: Ports, context: Context<ApiBindings>): Promise<Caller> {
  const { apiToken } = ports.settings;
  const token = bearerOf(context);
  if (apiToken !== undefined && token !== undefined && isSame(token, apiToken)) {
    return { id: 'local', scopes: EVERYTHING };
  }
  // Without a token nobody but an issuer can let anybody in: a forgotten setting must not open the door.
  const claims = apiToken === undefined ? vouchedClaims(context) : undefined;
  const caller = claims && callerBy(claims);
  if (caller) return caller;
  throw new ApiProblem(401, 'Send the token of this installation: "Authorization: Bearer TOKEN".');
}

/** Throws 403 where the caller's token does not reach so far. */
export function requireScope(caller: Caller, scope: Scope): void {
  if (caller.scopes.has(scope)) return;
  const has = [...caller.scopes].join(', ') || 'nothing';
  throw new ApiProblem(
    403,
    `This takes the scope "${scope}"; your token allows ${has}. Ask whoever runs Relance.`,
  );
}

const TOKEN_CHARS_MAX = 8_000;

function bearerOf(context: Context): string | undefined {
  const header = context.req.header('authorization') ?? '';
  return header.length > TOKEN_CHARS_MAX ? undefined : /^Bearer ([\x21-\x7e]+)$/i.exec(header)?.[1];
}

/** Hashed first: equal lengths are what a comparison in constant time needs. */
const isSame = (given: string, expected: string): boolean => timingSafeEqual(digest(given), digest(expected));
const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

type Claims = Readonly<Record<string, unknown>>;

function vouchedClaims(context: Context<ApiBindings>): Claims | undefined {
  const event = context.env?.event;
  const authorizer =
    isObject(event) && isObject(event.requestContext) ? event.requestContext.authorizer : undefined;
  return isObject(authorizer) && isObject(authorizer.jwt) && isObject(authorizer.jwt.claims)
    ? authorizer.jwt.claims
    : undefined;
}

/**
 * A person of a Cognito pool has what their groups say: the pool hands every user the same scopes. Everybody else,
 * machines with client credentials and other issuers' people, has what `scope`, `scp`, `roles` or `groups` say.
 */
export function callerBy(claims: Claims): Caller | undefined {
  const id = textOf(claims.sub) ?? textOf(claims.client_id);
  if (!id) return undefined;
  const isPoolPerson =
    textOf(claims.username) !== undefined || textOf(claims['cognito:username']) !== undefined;
  const words = isPoolPerson
    ? wordsOf(claims['cognito:groups'])
    : ['scope', 'scp', 'roles', 'groups'].flatMap((name) => wordsOf(claims[name]));
  const name = textOf(claims.email) ?? textOf(claims.username) ?? textOf(claims['cognito:username']);
  return { id, ...(name ? { name } : {}), scopes: scopesIn(words) };
}

const GROUPS: Readonly<Record<string, Scope>> = { readers: 'read', writers: 'write', admins: 'admin' };

/** `relance/write`, `relance-write`, `write`, `writers`; each includes the lesser ones. */
function scopesIn(words: readonly string[]): ReadonlySet<Scope> {
  const named = words.map((word) => {
    const bare = word.replace(/^relance[/:.-]/, '');
    return GROUPS[bare] ?? SCOPES.find((scope) => scope === bare);
  });
  const highest = Math.max(...named.map((scope) => (scope ? SCOPES.indexOf(scope) : -1)), -1);
  return new Set(SCOPES.slice(0, highest + 1));
}

/** API Gateway writes a list claim as "[one two]"; others send a list, or words with blanks between. */
function wordsOf(claim: unknown): readonly string[] {
  if (Array.isArray(claim)) return claim.filter((word) => typeof word === 'string');
  return typeof claim === 'string'
    ? claim
        .replace(/^\[(.*)\]$/, '$1')
        .split(/[\s,]+/)
        .filter(Boolean)
    : [];
}

const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' && value.length <= 320 ? value : undefined;

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;
