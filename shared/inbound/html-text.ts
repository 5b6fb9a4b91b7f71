/**
 * HTML to plain text by one walk over htmlparser2's events. Quoted blocks come out as `> ` lines, so that one rule
 * tells old words from new ones in both kinds of mail. Links keep their words, not their targets.
 */
import { Parser } from 'htmlparser2';
import { HTML_CHARS_MAX, HTML_DEPTH_MAX, TEXT_CHARS_MAX } from './mail-limits.ts';

const BLOCKS = new Set(
  'address article blockquote center dd div dl dt fieldset footer form h1 h2 h3 h4 h5 h6 header hr li main ol p pre section table tr ul'.split(
    ' ',
  ),
);
const PARAGRAPHS = new Set(['p', 'h1', 'h2', 'h3', 'ul', 'ol', 'table', 'blockquote']);
const UNSEEN = new Set(['style', 'script', 'head', 'title', 'template', 'noscript']);
const QUOTE_DEPTH_MAX = 5;

const isQuote = (attributes: Readonly<Record<string, string>>): boolean => {
  // Gmail's "indent more" is a blockquote without a border; it is not a quotation.
  const style = (attributes.style ?? '').replaceAll(' ', '').toLowerCase();
  return !style.includes('border:none') && !style.includes('border:0');
};

/** `truncated` where a limit cut the text. */
export const htmlToText = (html: string): { readonly text: string; readonly truncated: boolean } => {
  const lines: string[] = [];
  let line = '';
  let depth = 0;
  let unseen = 0;
  let length = 0;
  let truncated = html.length > HTML_CHARS_MAX;
  const quotes: boolean[] = [];

  const endLine = (): void => {
    const prefix = '> '.repeat(Math.min(quotes.filter(Boolean).length, QUOTE_DEPTH_MAX));
    length += prefix.length + line.length + 1;
    lines.push(`${prefix}${line.trim()}`);
    line = '';
  };
  const blankLine = (): void => {
    const last = lines.at(-1) ?? '';
    if (last !== '' && !last.endsWith('> ')) endLine();
  };

  const parser = new Parser(
    {
      onopentag(name, attributes) {
        depth++;
        if (depth > HTML_DEPTH_MAX || length > TEXT_CHARS_MAX) {
          truncated = true;
          parser.pause();
        }
        if (UNSEEN.has(name)) unseen++;
        if (name === 'br') endLine();
        else if (BLOCKS.has(name) && line.trim() !== '') endLine();
        if (name === 'blockquote') quotes.push(quotes.length < HTML_DEPTH_MAX && isQuote(attributes));
      },
      ontext(text) {
        if (unseen > 0) return;
        const isContinued = line !== '' && !line.endsWith(' ');
        const words = text.replaceAll('\u00a0', ' ').split(/[ \t\r\n\f]/);
        const joined = words.filter((word) => word !== '').join(' ');
        const gap = isContinued && words[0] === '' ? ' ' : '';
        line += gap + joined + (joined !== '' && words.at(-1) === '' ? ' ' : '');
      },
      onclosetag(name) {
        depth--;
        if (UNSEEN.has(name)) unseen--;
        if (BLOCKS.has(name) && line.trim() !== '') endLine();
        if ((name === 'td' || name === 'th') && line !== '') line += ' ';
        if (name === 'blockquote') quotes.pop();
        if (PARAGRAPHS.has(name)) blankLine();
      },
    },
    { decodeEntities: true, lowerCaseTags: true },
  );
  parser.write(html.slice(0, HTML_CHARS_MAX));
  parser.end();
  if (line.trim() !== '') endLine();
  return { text: lines.join('\n').trim(), truncated };
};
