/**
 * HTML to plain text by one walk over htmlparser2's events. Quoted blocks come out as `> ` lines, so that one rule
 * tells old words from new ones in both kinds of mail. Links keep their words, not their targets.
 */
import { Parser } from 'htmlparser2';
import { HTML_CHARS_MAX, HTML_DEPTH_MAX, HTML_PIECES_MAX, TEXT_CHARS_MAX } from './mail-limits.ts';

const BLOCKS = new Set(
  'address article blockquote center dd div dl dt fieldset footer form h1 h2 h3 h4 h5 h6 header hr li main ol p pre section table tr ul'.split(
    ' ',
  ),
);
const PARAGRAPHS = new Set(['p', 'h1', 'h2', 'h3', 'ul', 'ol', 'table', 'blockquote']);
const UNSEEN = new Set(['style', 'script', 'head', 'title', 'template', 'noscript']);
const QUOTE_DEPTH_MAX = 5;

const BLANK = /[ \t\r\n\f\u00a0]/;

const isQuote = (attributes: Readonly<Record<string, string>>): boolean => {
  // Gmail's "indent more" is a blockquote without a border; it is not a quotation.
  const style = (attributes.style ?? '').replaceAll(' ', '').toLowerCase();
  return !style.includes('border:none') && !style.includes('border:0');
};

/** `truncated` where a limit cut the text. */
export const htmlToText = (html: string): { readonly text: string; readonly truncated: boolean } => {
  const lines: string[] = [];
  // A line grows piece by piece; asking it for its end each time would copy it each time.
  let line = '';
  let endsBlank = true;
  let hasWords = false;
  let depth = 0;
  let unseen = 0;
  let length = 0;
  let truncated = html.length > HTML_CHARS_MAX;
  const quotes: boolean[] = [];
  let quoted = 0;
  let pieces = 0;

  const endLine = (): void => {
    const prefix = '> '.repeat(Math.min(quoted, QUOTE_DEPTH_MAX));
    length += prefix.length + line.length + 1;
    lines.push(`${prefix}${line.trim()}`);
    line = '';
    endsBlank = true;
    hasWords = false;
  };
  const add = (words: string): void => {
    if (words === '') return;
    line += words;
    endsBlank = words.endsWith(' ');
    hasWords ||= words.trim() !== '';
  };
  const count = (): void => {
    pieces++;
    if (depth <= HTML_DEPTH_MAX && length <= TEXT_CHARS_MAX && pieces <= HTML_PIECES_MAX) return;
    truncated = true;
    parser.pause();
  };
  const blankLine = (): void => {
    const last = lines.at(-1) ?? '';
    if (last !== '' && !last.endsWith('> ')) endLine();
  };

  const parser = new Parser(
    {
      onopentag(name, attributes) {
        depth++;
        count();
        if (UNSEEN.has(name)) unseen++;
        if (name === 'br') endLine();
        else if (BLOCKS.has(name) && hasWords) endLine();
        if (name === 'blockquote') {
          quotes.push(isQuote(attributes));
          if (quotes.at(-1)) quoted++;
        }
      },
      ontext(text) {
        count();
        if (unseen > 0) return;
        if (!BLANK.test(text)) return add(text);
        const words = text.replaceAll('\u00a0', ' ').split(/[ \t\r\n\f]/);
        const joined = words.filter((word) => word !== '').join(' ');
        const gap = !endsBlank && words[0] === '' ? ' ' : '';
        add(gap + joined + (joined !== '' && words.at(-1) === '' ? ' ' : ''));
      },
      onclosetag(name) {
        depth--;
        if (UNSEEN.has(name)) unseen--;
        if (BLOCKS.has(name) && hasWords) endLine();
        if ((name === 'td' || name === 'th') && line !== '') add(' ');
        if (name === 'blockquote' && quotes.pop()) quoted--;
        if (PARAGRAPHS.has(name)) blankLine();
      },
    },
    { decodeEntities: true, lowerCaseTags: true },
  );
  parser.write(html.slice(0, HTML_CHARS_MAX));
  parser.end();
  if (hasWords) endLine();
  return { text: lines.join('\n').trim(), truncated };
};
