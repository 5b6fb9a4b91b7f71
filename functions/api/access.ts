/** Who may ask: the holder of the API's token, or whoever the authorizer in front of the function has vouched for. */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { Context, MiddlewareHandler } from 'hono';
import type { Ports } from '../../shared/ports.ts';
import { ApiProblem } from './problem.ts';

/** `event`: what `hono/aws-lambda` hands on, as API Gateway made it; no client can write to it. */
export type ApiBindings = {
  readonly Bindings: { readonly event?: unknown };
  readonly Variables: { requestId: string };
};

export const withAccess =
  (ports: Ports): MiddlewareHandler<ApiBindings> =>
  async (context, next) => {
    const { apiToken } = ports.settings;
    // Without a token nobody but an authorizer can let anybody in: a forgotten setting must not open the door.
    const isKnown = apiToken === undefined ? isVouchedFor(context) : holdsToken(context, apiToken);
    if (!isKnown) {
      throw new ApiProblem(401, 'Send the token of this installation: "Authorization: Bearer TOKEN".');
    }
    await next();
  };

function holdsToken(context: Context, apiToken: string): boolean {
  const given = /^Bearer ([\x21-\x7e]{1,500})$/i.exec(context.req.header('authorization') ?? '')?.[1];
  if (given === undefined) return false;
  // Hashed first: equal lengths are what a comparison in constant time needs.
  return timingSafeEqual(digest(given), digest(apiToken));
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

function isVouchedFor(context: Context<ApiBindings>): boolean {
  const event = context.env?.event;
  return isObject(event) && isObject(event.requestContext) && hasClaims(event.requestContext.authorizer);
}

const hasClaims = (authorizer: unknown): boolean =>
  isObject(authorizer) && isObject(authorizer.jwt) && isObject(authorizer.jwt.claims);

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;
