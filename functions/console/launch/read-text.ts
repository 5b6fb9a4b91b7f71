/** A spreadsheet's bytes as text: Excel writes UTF-16, older Chinese Excel GBK, older European Excel Windows-1252. */
const GUESSES = ['utf-8', 'gb18030', 'windows-1252'] as const;

/** Whatever the bytes, some text; the first encoding in which they make sense throughout. */
export function readText(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  for (const guess of GUESSES) {
    try {
      return new TextDecoder(guess, { fatal: true }).decode(bytes);
    } catch {
      // The next one.
    }
  }
  return new TextDecoder('windows-1252').decode(bytes);
}
