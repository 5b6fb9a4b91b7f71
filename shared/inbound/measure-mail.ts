/** Counts MIME parts and nesting in one pass over raw bytes, before any library has to survive them. */
import { bufferOf } from './mail-headers.ts';
import { BOUNDARIES_MAX, DEPTH_MAX, MAIL_BYTES_MAX, MAIL_LINES_MAX, PARTS_MAX } from './mail-limits.ts';

const LF = 0x0a;
const DASH = 0x2d;
/** RFC 2046 §5.1.1 allows 70 characters; real ones keep to it within reason. */
const BOUNDARY_MAX = 250;
/** Only lines this short can declare a boundary or a type; longer ones are content or an attack. */
const LINE_MAX = 2_000;

/** The front of the mail that is read at all: so many bytes, so many lines. */
export const cutMail = (raw: Uint8Array): Uint8Array => {
  const bytes = raw.subarray(0, MAIL_BYTES_MAX);
  let at = 0;
  for (let lines = 0; lines < MAIL_LINES_MAX; lines++) {
    const next = bytes.indexOf(LF, at);
    if (next < 0) return bytes;
    at = next + 1;
  }
  return bytes.subarray(0, at);
};

const boundaryIn = (line: string): string | undefined => {
  const at = line.toLowerCase().indexOf('boundary');
  const equals = at < 0 ? -1 : line.indexOf('=', at);
  if (equals < 0) return undefined;
  const value = line.slice(equals + 1).trim();
  const bare = value.startsWith('"')
    ? value.slice(1).split('"')[0]
    : value.split(';')[0]?.split("'").at(-1)?.trim();
  return bare && bare.length <= BOUNDARY_MAX ? bare : undefined;
};

const MAY_NEST = /boundary|message\/rfc822/i;

/** True where nothing in the header section can open a part. */
export const isOnePart = (section: string): boolean => !MAY_NEST.test(section);

/**
 * Walks the lines with a stack of open boundaries, as a MIME parser would. Attached messages count as a level of
 * nesting too: they open a new header section.
 */
export const measureMail = (bytes: Uint8Array): 'too-many-parts' | 'too-deep' | undefined => {
  const buffer = bufferOf(bytes);
  const open: string[] = [];
  let parts = 1;
  let boundaries = 0;
  let messages = 0;
  let inHeaders = true;
  let messageFollows = false;
  for (let at = 0; at < bytes.length; ) {
    const next = bytes.indexOf(LF, at);
    const end = next < 0 ? bytes.length : next;
    const isShort = end - at <= LINE_MAX;
    const isDelimiter = bytes[at] === DASH && bytes[at + 1] === DASH && isShort;
    const line = isShort && (inHeaders || isDelimiter) ? buffer.toString('latin1', at, end).trimEnd() : '';
    at = end + 1;
    if (isDelimiter && open.length > 0) {
      const closing = line.endsWith('--') ? line.slice(2, -2) : undefined;
      const found = open.lastIndexOf(line.slice(2));
      const closed = found < 0 && closing !== undefined ? open.lastIndexOf(closing) : -1;
      if (found >= 0) {
        open.length = found + 1;
        messages = 0;
        inHeaders = true;
        messageFollows = false;
        if (++parts > PARTS_MAX) return 'too-many-parts';
        continue;
      }
      if (closed >= 0) open.length = closed;
    }
    if (!inHeaders || !isShort) continue;
    if (line === '') {
      inHeaders = messageFollows;
      if (messageFollows) messages++;
      messageFollows = false;
    } else {
      const boundary = boundaryIn(line);
      if (boundary !== undefined && ++boundaries > BOUNDARIES_MAX) return 'too-many-parts';
      if (boundary !== undefined && open.at(-1) !== boundary) open.push(boundary);
      if (line.toLowerCase().includes('message/rfc822')) messageFollows = true;
    }
    if (open.length + messages > DEPTH_MAX) return 'too-deep';
  }
  return undefined;
};
