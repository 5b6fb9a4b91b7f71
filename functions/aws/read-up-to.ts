/** The beginning of a stored object, whatever its store says about its size. */

/** SES takes mails of 40 MB; a server that ignored the range must not fill this function's memory with one. */
export async function readUpTo(
  body: AsyncIterable<Uint8Array> | undefined,
  bytesMax: number,
): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body ?? []) {
    chunks.push(chunk);
    length += chunk.byteLength;
    if (length >= bytesMax) break;
  }
  return new Uint8Array(Buffer.concat(chunks, Math.min(length, bytesMax)));
}
