/** A wish to get no more mail, in words. Acting on it is final, so it must be short, explicit and about nothing else. */
import type { Lexicon } from './lexicon/lexicon.ts';
import { findFirst, fold } from './phrases.ts';
import type { Evidence } from './reading.ts';

const WORDS_MAX = 40;

/** Chinese, Japanese and Korean count about two characters as a word. */
const wordsIn = (text: string): number => {
  const cjk = text.match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/gu)?.length ?? 0;
  return text.split(/\s+/).filter((word) => /[\p{L}\d]/u.test(word)).length + cjk / 2;
};

/** Talk about business: an answer that also says "unsubscribe" needs a person. */
const OTHER_INTENT =
  /price|quote|quotation|sample|catalog|interested in|meeting|preis|angebot|muster|prix|devis|précio|precio|cotización|preço|prezzo|prijs|цен|ceny|fiyat|报价|報價|价格|価格|가격|giá/;

/** The evidence for an opt-out, from the new text or, above an almost empty mail, the subject. */
export const findOptOut = (
  text: string,
  subject: string,
  lexicons: readonly Lexicon[],
): Evidence | undefined => {
  const folded = fold(text);
  const phrases = lexicons.flatMap((lexicon) => lexicon.optOut);
  if (wordsIn(text) > WORDS_MAX || OTHER_INTENT.test(folded)) return undefined;
  const found = findFirst(folded, phrases);
  if (found)
    return { from: 'text', words: text.slice(found.start, found.end), start: found.start, end: found.end };
  const isReply = /^\s?(?:re|aw|sv|tr|回复|答复)\s?[:：]/i.test(subject);
  const inSubject = isReply ? undefined : findFirst(fold(subject), phrases);
  return inSubject && wordsIn(text) <= 15 ? { from: 'header', name: 'subject', value: subject } : undefined;
};
