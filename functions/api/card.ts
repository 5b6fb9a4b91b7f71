/** A vCard as an answer: opened by a telephone, saved by everything else. */
import type { FileContent } from './handler.ts';

/** RFC 6350 §10.1 names the media type. Only plain letters may stand in the file's name. */
export function cardAnswer(name: string, card: string): FileContent {
  const file =
    name
      .normalize('NFKD')
      .replace(/[^A-Za-z0-9]+/g, '-')
      .slice(0, 60) || 'contact';
  return {
    status: 200,
    file: card,
    mediaType: 'text/vcard; charset=utf-8',
    headers: { 'Content-Disposition': `attachment; filename="${file}.vcf"` },
  };
}
