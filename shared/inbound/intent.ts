/** What a person's mail wants: a price, samples, a meeting; later, never, or somebody else. Sentence by sentence. */
import type { Lexicon } from './lexicon/lexicon.ts';
import { wantsOf } from './lexicon/phrase-lists.ts';
import { type Found, findFirst, fold, hasAny, sentencesOf } from './phrases.ts';
import type { Evidence, Finding, Intent, MailKind } from './reading.ts';

const SENTENCES_MAX = 80;

type Topic = Intent['asksFor'][number];
const TOPICS: readonly Topic[] = ['price', 'samples', 'meeting'];

type Asked = { readonly topic: Topic; readonly found: Found };

/** Topics that are asked for, each with its word. A price in a refusal ("no need to send prices") is not asked for. */
export const findAsked = (text: string, lexicons: readonly Lexicon[]): readonly Asked[] => {
  const folded = fold(text);
  const asked: Asked[] = [];
  // Most mails name no topic at all; then no sentence does.
  if (!TOPICS.some((topic) => hasAny(folded, wantsOf(lexicons, topic)))) return asked;
  for (const { start, end } of sentencesOf(text).slice(0, SENTENCES_MAX)) {
    const sentence = folded.slice(start, end);
    if (!TOPICS.some((topic) => hasAny(sentence, wantsOf(lexicons, topic)))) continue;
    const isAsking = /[?？؟]/.test(sentence) || hasAny(sentence, wantsOf(lexicons, 'request'));
    const isRefused =
      hasAny(sentence, wantsOf(lexicons, 'refusal')) || hasAny(sentence, wantsOf(lexicons, 'notInterested'));
    if (!isAsking || isRefused) continue;
    for (const topic of TOPICS) {
      const found = findFirst(sentence, wantsOf(lexicons, topic));
      if (found && !asked.some((known) => known.topic === topic))
        asked.push({ topic, found: { ...found, start: found.start + start, end: found.end + start } });
    }
  }
  return asked;
};

const evidenceIn = (text: string, { start, end }: Found): Evidence => ({
  from: 'text',
  words: text.slice(start, end),
  start,
  end,
});

/** "Not interested" stands before "interested" in every language, so refusals are looked for first. */
export const findIntent = (text: string, kind: MailKind, lexicons: readonly Lexicon[]): Finding<Intent> => {
  // Only words that ask for nothing else make a mail an `unsubscribe`.
  if (kind === 'unsubscribe')
    return { value: { kind: 'unsubscribe', asksFor: [] }, confidence: 0.85, evidence: [] };
  const folded = fold(text);
  const asked = findAsked(text, lexicons);
  const asksFor = asked.map(({ topic }) => topic);
  const find = (name: 'interested' | 'notInterested' | 'later' | 'wrongPerson'): Found | undefined =>
    findFirst(folded, wantsOf(lexicons, name));
  const say = (kind: Intent['kind'], confidence: number, found: Found): Finding<Intent> => ({
    value: { kind, asksFor },
    confidence,
    evidence: [evidenceIn(text, found)],
  });
  const wrongPerson = find('wrongPerson');
  if (wrongPerson) return say('wrong-person', 0.8, wrongPerson);
  const first = asked[0];
  const later = find('later');
  const isPut = later !== undefined && (first === undefined || first.topic === 'meeting');
  const refused = find('notInterested');
  // "No need at the moment, write again in spring" is a date, not a refusal; "send prices anyway" is neither.
  if (isPut && later) return say('later', 0.7, later);
  if (first) return say('asks', 0.8, first.found);
  if (refused) return say('not-interested', 0.8, refused);
  const interested = find('interested');
  if (interested) return say('interested', 0.75, interested);
  return { value: { kind: 'other', asksFor }, confidence: 0.3, evidence: [] };
};
