/** The sentence of a mail that a finding rests on, as a person can check it at a glance. */
import { oneLine } from './domain/one-line.ts';
import { sentencesOf } from './inbound/phrases.ts';
import type { Evidence } from './inbound/reading.ts';

const QUOTE_CHARS_MAX = 300;

/**
 * From the first evidence that has words: whole sentences of `replyText`, to which the offsets refer, else the words
 * of the signature or the header. `undefined` where it rests on the mail's structure.
 */
export function quotedSentence(replyText: string, evidence: readonly Evidence[]): string | undefined {
  const found =
    evidence.find((one) => one.from === 'text') ?? evidence.find((one) => one.from !== 'structure');
  switch (found?.from) {
    case 'text': {
      const touched = sentencesOf(replyText).filter(
        ({ start, end }) => start < found.end && end > found.start,
      );
      const start = touched[0]?.start ?? found.start;
      const end = touched.at(-1)?.end ?? found.end;
      return oneLine(replyText.slice(start, end), QUOTE_CHARS_MAX) || undefined;
    }
    case 'signature':
      return oneLine(found.words, QUOTE_CHARS_MAX);
    case 'header':
      return oneLine(`${found.name}: ${found.value}`, QUOTE_CHARS_MAX);
    default:
      return undefined;
  }
}
