/** A list of addresses and mail domains that are never to be written to: from another system, a court, a trade fair. */
import { SUPPRESSED_PER_CALL_MAX } from './api/suppressions.ts';
import { mapAtMost } from './at-most.ts';
import { guessColumns } from './csv/columns.ts';
import { decodeText, inOnePiece } from './csv/decode-text.ts';
import { readRows } from './csv/read-rows.ts';
import { isFreeMail, mailDomainOf } from './domain/company.ts';
import { type ContactId, contactIdOf, normaliseAddress } from './domain/ids.ts';
import type { Ports } from './ports.ts';
import { suppressContact } from './suppress-contact.ts';

const AT_ONCE = 25;
const DOMAIN_HEADERS = new Set(['domain', 'mail domain', 'email domain', 'website', '域名', '网域']);

export type Suppressible =
  | { readonly kind: 'contact'; readonly contactId: ContactId }
  | { readonly kind: 'domain'; readonly domain: string }
  | { readonly kind: 'neither'; readonly detail: string };

/** What one entry names. Normalised as addresses are, or what is suppressed here would not be found there. */
export function readSuppressible(ports: Pick<Ports, 'ids'>, given: string): Suppressible {
  const text = given.trim();
  if (text.lastIndexOf('@') > 0) {
    const address = normaliseAddress(text);
    if (address) return { kind: 'contact', contactId: contactIdOf(ports.ids.contactSecret, address) };
    return { kind: 'neither', detail: 'This is no mail address. Write it as name@example.com.' };
  }
  return readDomain(text);
}

/** A mail domain, with or without its `@`; never a person. */
export function readDomain(given: string): Exclude<Suppressible, { kind: 'contact' }> {
  const address = normaliseAddress(`x@${given.trim().replace(/^@/, '')}`);
  if (!address) return { kind: 'neither', detail: 'This is no mail domain. Write it as example.com.' };
  const domain = mailDomainOf(address);
  if (!isFreeMail(domain)) return { kind: 'domain', domain };
  return {
    kind: 'neither',
    detail: `${domain} is no company: suppress its users one by one, by their address.`,
  };
}

/** Idempotent: the first moment and reason stand. */
export async function suppress(
  ports: Ports,
  found: Exclude<Suppressible, { kind: 'neither' }>,
): Promise<void> {
  if (found.kind === 'domain') await ports.store.suppressDomain(found.domain, ports.clock.now());
  else await suppressContact(ports, found.contactId, 'by-person');
}

export type RefusedEntry = { readonly place: number; readonly detail: string };

/** Each by itself. `place` counts from 0. */
export async function suppressMany(
  ports: Ports,
  entries: readonly string[],
): Promise<{ readonly suppressed: number; readonly refused: readonly RefusedEntry[] }> {
  const read = entries.map((entry) => readSuppressible(ports, entry));
  const sound = new Map<string, Exclude<Suppressible, { kind: 'neither' }>>();
  for (const one of read) {
    if (one.kind !== 'neither') sound.set(one.kind === 'domain' ? `@${one.domain}` : one.contactId, one);
  }
  await mapAtMost([...sound.values()], AT_ONCE, (one) => suppress(ports, one));
  const refused = read.flatMap((one, place) =>
    one.kind === 'neither' ? [{ place, detail: one.detail }] : [],
  );
  return { suppressed: sound.size, refused };
}

/** `undefined`: more than one call takes. Throws `UnreadableCsv` on what is no sheet. */
export async function readSheet(bytes: Uint8Array): Promise<readonly string[] | undefined> {
  const { header, rows } = await readRows(decodeText(inOnePiece(bytes)));
  const guessed = guessColumns(header).findIndex(({ field }) => field === 'address');
  const named = header.findIndex((name) => DOMAIN_HEADERS.has(name.toLowerCase()));
  const column = guessed >= 0 ? guessed : Math.max(named, 0);
  // A list without a header begins with its first entry.
  const entries = guessed < 0 && named < 0 ? [header[column] ?? ''] : [];
  for await (const { cells } of rows) {
    const cell = (cells[column] ?? '').trim() || (named >= 0 ? (cells[named] ?? '').trim() : '');
    entries.push(cell);
    if (entries.length > SUPPRESSED_PER_CALL_MAX) return undefined;
  }
  return entries;
}
