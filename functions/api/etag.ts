/** Versions of editable things: a strong ETag (RFC 9110 §8.8.3) over what is stored, and `If-Match` before a change. */
import { createHash } from 'node:crypto';
import { ApiProblem } from './problem.ts';

/** Keys in order: DynamoDB gives a map back in any. */
function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, one]) => one !== undefined);
  return Object.fromEntries(
    entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, one]) => [key, canonical(one)]),
  );
}

export const etagOf = (document: object): string =>
  `"${createHash('sha256')
    .update(JSON.stringify(canonical(document)))
    .digest('base64url')
    .slice(0, 22)}"`;

export const versioned = (document: object): { readonly ETag: string } => ({ ETag: etagOf(document) });

/** Throws 412 with the current ETag where somebody has changed the thing since the caller read it. */
export function checkVersion(ifMatch: string | undefined, document: object): void {
  if (ifMatch === undefined || ifMatch === '*') return;
  const current = etagOf(document);
  // A list of ETags matches if one does. A weak one never does: RFC 9110 §13.1.1 asks for the strong comparison.
  if (ifMatch.split(',').some((one) => one.trim() === current)) return;
  throw new ApiProblem(
    412,
    'It has changed since you read it: read it again, and send If-Match with its new ETag.',
    {
      headers: { ETag: current },
    },
  );
}
