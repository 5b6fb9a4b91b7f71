/** What a request asks, read and checked: its body, its page, its language. Throws the problem that says what to mend. */
import type { Context } from 'hono';
import type { z } from 'zod';
import { BODY_BYTES_MAX, wordIssue } from '../../shared/api.ts';
import type { Instant } from '../../shared/domain/instant.ts';
import type { Ports } from '../../shared/ports.ts';
import { findJsonFault } from './json-fault.ts';
import { ApiProblem, faultsOf, invalid } from './problem.ts';

/** Where `optional`, no body at all is the same as `{}`. */
export async function readBody<Schema extends z.ZodType>(
  context: Context,
  schema: Schema,
  presence: 'required' | 'optional' = 'required',
): Promise<z.output<Schema>> {
  const text = await bodyText(context);
  if (text.trim() === '' && presence === 'optional') return check(schema, {});
  const type = context.req.header('content-type');
  if (type !== undefined && !/^application\/(?:[a-z0-9.-]{1,40}\+)?json\s{0,4}(?:;|$)/i.test(type)) {
    throw new ApiProblem(415, 'Send JSON, with "Content-Type: application/json".');
  }
  return check(schema, parseJson(text));
}

/** At most `BODY_BYTES_MAX`; may be asked for twice. */
export async function bodyBytes(context: Context): Promise<Uint8Array> {
  const tooLarge = new ApiProblem(
    413,
    `A body may have ${BODY_BYTES_MAX} bytes. Send fewer contacts, and the others with POST /v1/campaigns/ID/contacts.`,
  );
  // Told before a byte is read where the client is honest about it; measured in any case.
  if (Number(context.req.header('content-length') ?? 0) > BODY_BYTES_MAX) throw tooLarge;
  const bytes = await context.req.arrayBuffer();
  if (bytes.byteLength > BODY_BYTES_MAX) throw tooLarge;
  return new Uint8Array(bytes);
}

async function bodyText(context: Context): Promise<string> {
  const bytes = await bodyBytes(context);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new ApiProblem(400, 'The body is not UTF-8 text. Save it as UTF-8 and send it again.');
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    const fault = findJsonFault(text);
    const where = fault && `line ${fault.line}, column ${fault.column}: expected ${fault.expected}`;
    throw new ApiProblem(400, `The body is not JSON${where ? `; ${where}` : ''}.`);
  }
}

function check<Schema extends z.ZodType>(schema: Schema, given: unknown): z.output<Schema> {
  const read = schema.safeParse(given, { error: wordIssue });
  if (read.success) return read.data;
  throw invalid(faultsOf(read.error, 'body'));
}

/** Throws where the moment that a thing should wait for has passed. */
export function laterOnly(ports: Ports, until: Instant | undefined): void {
  if (until === undefined || until > ports.clock.now()) return;
  const detail = 'This moment has passed: name a later one, or leave it out.';
  throw invalid([{ pointer: '/until', detail }]);
}

const ETAGS_CHARS_MAX = 1_000;

/** RFC 9110 §13.1.1, as it stands; compared where the thing is loaded. */
export function ifMatchOf(context: Context): string | undefined {
  const given = context.req.header('if-match')?.trim();
  if (given === undefined) return undefined;
  if (
    given.length <= ETAGS_CHARS_MAX &&
    /^(?:\*|(?:W\/)?"[^"]{0,200}"(?:\s{0,4},\s{0,4}(?:W\/)?"[^"]{0,200}"){0,9})$/.test(given)
  ) {
    return given;
  }
  throw invalid([{ header: 'If-Match', detail: 'Send an ETag as it was answered, quotes included, or *.' }]);
}

/** RFC 9110 §12.5.4, as far as two languages need it: Chinese if it is asked for before English. */
export function languageOf(context: Context): 'en' | 'zh' {
  const asked = (context.req.header('accept-language') ?? '').slice(0, 200).toLowerCase();
  const weighed = asked.split(',').map((one, place) => {
    const [tag = '', ...parameters] = one.trim().split(';');
    const quality = parameters
      .map((parameter) => /^q=([0-9.]{1,5})$/.exec(parameter.trim())?.[1])
      .find(Boolean);
    return { tag: tag.trim().split('-')[0], weight: Number(quality ?? 1), place };
  });
  const best = weighed
    .filter(({ tag, weight }) => weight > 0 && (tag === 'zh' || tag === 'en'))
    .sort((a, b) => b.weight - a.weight || a.place - b.place)[0];
  return best?.tag === 'zh' ? 'zh' : 'en';
}

/** A small file in a body: its text, or its bytes where it is no UTF-8. */
export const sentFile = ({
  csv,
  base64,
}: {
  csv?: string | undefined;
  base64?: string | undefined;
}): Uint8Array => (csv === undefined ? Buffer.from(base64 ?? '', 'base64') : Buffer.from(csv));
