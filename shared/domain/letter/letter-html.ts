/**
 * The HTML beside a plain text, made from that text alone: both say the same. Paragraphs, line breaks, links and
 * one quote, lists and strong words; no styles to break, no images, nothing remote. It reads in every client and to a screen reader.
 */
import { directionOf } from './letter-words.ts';
import { piecesOf } from './markup.ts';
import { languageOr } from './scope.ts';
import type { WrittenLetter } from './written-letter.ts';

/** A complete document. `http(s)` and `mailto` are the only links it can hold. */
export function letterHtml(letter: WrittenLetter): string {
  const optOut = `<p><a href="${escapeHtml(safeUrl(letter.optOut.url))}">${escapeHtml(letter.optOut.sentence.replace(/\s?[:：]$/u, ''))}</a></p>`;
  const quote = letter.quote
    ? `<p>${textHtml(letter.quote.intro)}</p>\n<blockquote>\n${paragraphs(letter.quote.text)}\n</blockquote>`
    : '';
  const inside = [
    markedParagraphs(letter.marked ?? letter.body),
    paragraphs(letter.signature),
    optOut,
    quote,
  ];
  return htmlDocument(letter.language, letter.subject, inside.filter((part) => part !== '').join('\n'));
}

/** A complete document from any plain text; an alert's phone numbers stay links. */
export const plainHtml = (text: string, language: string, title: string): string =>
  htmlDocument(language, title, paragraphs(text, LINKS_AND_PHONES));

export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/gu, (character) => `&#${character.charCodeAt(0)};`);

function htmlDocument(language: string, title: string, inside: string): string {
  const tag = languageOr(language, 'en');
  return [
    '<!doctype html>',
    `<html lang="${escapeHtml(tag)}" dir="${directionOf(tag)}">`,
    `<head><meta charset="utf-8"><title>${escapeHtml(title)}</title></head>`,
    `<body>\n${inside}\n</body>`,
    '</html>\n',
  ].join('\n');
}

function paragraphs(text: string, links: RegExp = LINKS): string {
  return text
    .split(/\n{2,}/u)
    .filter((part) => part.trim() !== '')
    .map((part) => `<p>${textHtml(part.trim(), links)}</p>`)
    .join('\n');
}

/** The letter's own words; consecutive lines that begin with "- " are one list, read out as such. */
function markedParagraphs(marked: string): string {
  return marked
    .split(/\n{2,}/u)
    .filter((part) => part.trim() !== '')
    .map((part) => markedBlock(part.trim().split('\n')))
    .join('\n');
}

function markedBlock(lines: readonly string[]): string {
  const start = lines.findIndex((line) => line.startsWith('- '));
  if (start < 0) return `<p>${markedHtml(lines.join('\n'))}</p>`;
  const length = lines.slice(start).findIndex((line) => !line.startsWith('- '));
  const end = length < 0 ? lines.length : start + length;
  const items = lines.slice(start, end).map((line) => `<li>${markedHtml(line.slice(2))}</li>`);
  const before = start === 0 ? [] : [markedBlock(lines.slice(0, start))];
  const after = end === lines.length ? [] : [markedBlock(lines.slice(end))];
  return [...before, `<ul>\n${items.join('\n')}\n</ul>`, ...after].join('\n');
}

const markedHtml = (marked: string): string =>
  piecesOf(marked)
    .map((piece) => {
      if (piece.kind === 'link') return `<a href="${escapeHtml(piece.url)}">${escapeHtml(piece.text)}</a>`;
      return piece.kind === 'strong' ? `<strong>${escapeHtml(piece.text)}</strong>` : textHtml(piece.text);
    })
    .join('');

// Bounded, because a pattern that may start anywhere and run to the end is quadratic on long words.
const LINKS = /https?:\/\/[^\s<>"'`，。；！？（）【】]{1,2000}|[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9.-]{1,253}/gu;
const LINKS_AND_PHONES = new RegExp(`${LINKS.source}|tel:\\+[0-9]{4,15}`, 'gu');

function textHtml(text: string, links: RegExp = LINKS): string {
  let html = '';
  let from = 0;
  for (const match of text.matchAll(links)) {
    const link = trimLink(match[0]);
    html += escapeHtml(text.slice(from, match.index)) + anchor(link);
    from = match.index + link.length;
  }
  return (html + escapeHtml(text.slice(from))).replaceAll('\n', '<br>\n');
}

/** The full stop of the sentence and the bracket around the link are not the link's. */
function trimLink(link: string): string {
  let end = link.length;
  while (end > 0 && '.,;:!?)]}*_'.includes(link.charAt(end - 1))) {
    const isOwnBracket = link.charAt(end - 1) === ')' && link.slice(0, end).includes('(');
    if (isOwnBracket) break;
    end -= 1;
  }
  return link.slice(0, end);
}

function anchor(link: string): string {
  const isAddress = !/^(?:https?|tel):/u.test(link);
  if (isAddress && !/@[^@.]{1,63}\./u.test(link)) return escapeHtml(link);
  const target = isAddress ? `mailto:${link}` : link;
  return `<a href="${escapeHtml(target)}">${escapeHtml(link)}</a>`;
}

const safeUrl = (url: string): string => (/^https?:\/\//u.test(url) ? url : '');
