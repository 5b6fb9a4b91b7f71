/** Text cut to what a receiver takes, which counts bytes. */

/** At most so many bytes of UTF-8, cut between two characters and then ending in "…". */
export function fitBytes(text: string, bytesMax: number): string {
  if (Buffer.byteLength(text) <= bytesMax) return text;
  const room = Math.max(0, bytesMax - Buffer.byteLength('…'));
  const bytes = Buffer.from(text);
  let end = room;
  // A byte 10xxxxxx goes on with a character: the cut moves before its first byte.
  while (end > 0 && ((bytes[end] ?? 0) & 0xc0) === 0x80) end -= 1;
  return `${bytes.subarray(0, end).toString('utf8')}…`;
}
