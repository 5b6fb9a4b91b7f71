/** The first letter below a follow-up, as a person's mail client would quote it: one line who and when, then `>`. */

import { epochMs, type Instant } from '../instant.ts';
import { remembered, rememberedFor } from '../remembered.ts';
import { type LetterWords, letterWords } from './letter-words.ts';

export type Quote = {
  /** "On Tue, 24 Nov 2026 at 10:12, Jane Doe <jane@acme.example> wrote:" */
  readonly intro: string;
  readonly text: string;
};

export function quoteLetter(letter: {
  readonly language: string;
  readonly sentAt: Instant;
  /** Whose clock the line shows: the writer's, as in a reply to one's own letter. */
  readonly zone: string;
  readonly name: string;
  readonly address: string;
  readonly text: string;
}): Quote {
  const words = letterWords(letter.language);
  const { date, time } = dateAndTime(words, letter.sentAt, letter.zone);
  const values: Readonly<Record<string, string>> = { date, time, name: `${letter.name} <${letter.address}>` };
  const intro = words.wrote.replace(/\{([a-z]{1,8})\}/g, (whole, key: string) => values[key] ?? whole);
  return { intro, text: letter.text.trim() };
}

/**
 * The quote as plain text. An empty line keeps its `>`: without it, clients end the quote there (RFC 3676 §4.5). Its
 * lines are wrapped, unlike the letter's own: a client that breaks a long one gives the rest no `>`.
 */
export const quotedText = (quote: Quote): string =>
  `${quote.intro}\n${quote.text
    .split('\n')
    .flatMap((line) => wrapLine(line, QUOTE_COLUMNS_MAX))
    .map((line) => (line === '' ? '>' : line.startsWith('>') ? `>${line}` : `> ${line}`))
    .join('\n')}`;

/** RFC 5322 §2.1.1: 78 columns, of which the mark takes two. */
const QUOTE_COLUMNS_MAX = 76;
/** A line may end at white space and behind the punctuation of scripts that write none. */
const BREAKS = /(\s+|(?<=[，。；：！？、]))/u;
const WIDE = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]/u;

/** Words longer than a line stay whole: a link that is cut is no link. */
function wrapLine(line: string, columnsMax: number): readonly string[] {
  if (line.length <= columnsMax / 2) return [line];
  const lines: string[] = [];
  let current = '';
  for (const word of line.split(BREAKS)) {
    if (current !== '' && widthOf(current + word.trimEnd()) > columnsMax) {
      lines.push(current.trimEnd());
      current = word.trimStart();
    } else current += word;
  }
  return [...lines, current.trimEnd()];
}

function widthOf(text: string): number {
  let width = 0;
  for (const character of text) width += WIDE.test(character) ? 2 : 1;
  return width;
}

function dateAndTime(words: LetterWords, at: Instant, zone: string): { date: string; time: string } {
  const moment = epochMs(at);
  const format = dateFormat(words.locale, zone);
  const parts = new Map(format.formatToParts(moment).map((part) => [part.type, part.value]));
  // English by itself would write the American order; the letters go to the whole world.
  const date =
    words.locale === 'en'
      ? `${parts.get('weekday')}, ${parts.get('day')} ${parts.get('month')} ${parts.get('year')}`
      : format.format(moment);
  return { date, time: timeFormat(zone).format(moment) };
}

const dateFormat = rememberedFor(
  (locale, timeZone) =>
    new Intl.DateTimeFormat(locale, {
      timeZone,
      weekday: 'short',
      day: 'numeric',
      month: 'short',
      year: 'numeric',
    }),
);
const timeFormat = remembered(
  (timeZone) =>
    new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }),
);
