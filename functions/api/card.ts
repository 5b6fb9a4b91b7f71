/** A vCard as an answer: opened by a telephone, saved by everything else. */
import type { Context } from 'hono';

/** RFC 6350 §10.1 names the media type. Only plain letters may stand in the file's name. */
export function cardAnswer(context: Context, name: string, card: string): Response {
  const file =
    name
      .normalize('NFKD')
      .replace(/[^A-Za-z0-9]+/g, '-')
      .slice(0, 60) || 'contact';
  context.header('Content-Disposition', `attachment; filename="${file}.vcf"`);
  return context.body(card, 200, { 'Content-Type': 'text/vcard; charset=utf-8' });
}
