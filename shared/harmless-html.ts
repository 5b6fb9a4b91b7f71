/**
 * A stranger's HTML made harmless for a screen: an allow-list of formatting, nothing that loads, runs, submits or
 * leads away. Pictures and links are told in words, because an open picture tells its sender that somebody looked.
 */
import { Parser } from 'htmlparser2';
import { HTML_CHARS_MAX, HTML_DEPTH_MAX, HTML_PIECES_MAX } from './inbound/mail-limits.ts';

const ALLOWED = new Set(
  'a abbr address b big blockquote br caption center cite code col colgroup dd del div dl dt em font h1 h2 h3 h4 h5 h6 hr i ins kbd li ol p pre q s samp small span strike strong sub sup table tbody td tfoot th thead tr tt u ul'.split(
    ' ',
  ),
);
const EMPTY = new Set(['br', 'hr', 'col']);
/** Their content goes with them. */
const UNSEEN = new Set(
  'applet audio canvas embed head iframe math noembed noframes noscript object script select style svg template textarea title video'.split(
    ' ',
  ),
);
/** No attribute of these takes an address or a style. */
const ATTRIBUTES = new Set(['align', 'colspan', 'dir', 'lang', 'rowspan', 'start', 'valign']);
const SHOWN_ADDRESS = /^(?:https?:\/\/|mailto:|tel:)/i;
const ADDRESS_CHARS = 200;
const VALUE_CHARS = 40;

/** Balanced, escaped, and of allowed elements only; `isCut` where a limit ended it. */
export function harmlessHtml(html: string): { readonly html: string; readonly isCut: boolean } {
  const out: string[] = [];
  const open: string[] = [];
  let unseen = 0;
  let pieces = 0;
  let isCut = html.length > HTML_CHARS_MAX;
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        pieces += 1;
        if (pieces > HTML_PIECES_MAX || open.length > HTML_DEPTH_MAX) {
          isCut = true;
          parser.pause();
          return;
        }
        if (UNSEEN.has(name)) unseen += 1;
        if (unseen > 0) return;
        if (name === 'img') out.push(escaped(pictureWords(attributes.alt)));
        if (!ALLOWED.has(name)) return;
        out.push(`<${name}${attributesOf(attributes)}${titleOf(name, attributes.href)}>`);
        if (!EMPTY.has(name)) open.push(name);
      },
      ontext(text) {
        if (unseen === 0) out.push(escaped(text));
      },
      onclosetag(name) {
        if (UNSEEN.has(name)) unseen = Math.max(0, unseen - 1);
        else if (unseen === 0 && open.at(-1) === name) {
          open.pop();
          out.push(`</${name}>`);
        }
      },
    },
    { decodeEntities: true, lowerCaseTags: true, lowerCaseAttributeNames: true },
  );
  parser.write(html.slice(0, HTML_CHARS_MAX));
  if (!isCut) parser.end();
  while (open.length > 0) out.push(`</${open.pop()}>`);
  return { html: out.join(''), isCut };
}

const pictureWords = (alt: string | undefined): string => {
  const words = (alt ?? '').trim().slice(0, ADDRESS_CHARS);
  return words ? `[${words}]` : '';
};

const attributesOf = (attributes: Readonly<Record<string, string>>): string =>
  Object.entries(attributes)
    .filter(([name, value]) => ATTRIBUTES.has(name) && value.length <= VALUE_CHARS)
    .map(([name, value]) => ` ${name}="${escaped(value)}"`)
    .join('');

/** Where a link would lead is shown, and not followed. */
const titleOf = (name: string, href: string | undefined): string =>
  name === 'a' && href && SHOWN_ADDRESS.test(href.trim())
    ? ` title="${escaped(href.trim().slice(0, ADDRESS_CHARS))}"`
    : '';

const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`).replaceAll('\0', '');
