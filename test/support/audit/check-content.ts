/** Does each letter carry what a letter must carry, and nothing that marks it as a machine's? */
import { type Conversation, inLetter, type Letter } from './conversation.ts';
import { addresses, header, messageIds } from './mime.ts';
import type { Rule, Violation } from './report.ts';

/** `<id@email.amazonses.com>` in us-east-1, `<id@REGION.amazonses.com>` elsewhere: SES writes its own Message-ID. */
const SES_MESSAGE_ID = /^<([0-9a-z-]{20,80})@(?:email|[a-z]{2}-[a-z]{4,12}-\d)\.amazonses\.com>$/i;
/** RFC 5321 §4.5.3.1.1 allows 64 characters of local part. */
const TOKEN_LOCAL_PART = /^r\+[a-z0-9_.-]{10,62}$/;
const OPT_OUT_LINK = /https?:\/\/[^\s<>"]{1,300}(?:\/u\/|unsubscribe|opt-?out)[^\s<>"]{0,500}/i;
const PLACEHOLDER = /\{\{|\}\}|\[(?:first |last )?name\]|\[company\]|\bTBD\b|\bundefined\b/i;
const AUTOMATIC_HEADERS = ['auto-submitted', 'precedence', 'x-auto-response-suppress'] as const;
/** Characters without white space that make one shingle of the quote comparison. */
const SHINGLE = 12;
/** A quote may drop the footer and the signature, so it need not be the whole letter. */
const QUOTED_SHARE = 0.6;

const lines = (text: string): string[] => text.split('\n');
const isQuoted = (line: string): boolean => line.trimStart().startsWith('>');
const squeezed = (text: string): string => text.replace(/[\s>]+/g, '');

/** The letter's own words, without the quoted first letter below. */
const ownText = (letter: Letter): string =>
  lines(letter.mail.text)
    .filter((line) => !isQuoted(line))
    .join('\n');

const shareQuoted = (first: Letter, followUp: Letter): number => {
  const source = squeezed(first.mail.text);
  const quote = squeezed(lines(followUp.mail.text).filter(isQuoted).join('\n'));
  let all = 0;
  let found = 0;
  for (let start = 0; start + SHINGLE <= source.length; start += SHINGLE) {
    all += 1;
    if (quote.includes(source.slice(start, start + SHINGLE))) found += 1;
  }
  return all === 0 ? 0 : found / all;
};

type Fault = readonly [Rule, string];

const identityFaults = (conversation: Conversation, letter: Letter): Fault[] => {
  const { scenario } = conversation;
  const faults: Fault[] = [];
  const id = header(letter.mail, 'message-id');
  const found = SES_MESSAGE_ID.exec(id);
  if (found?.[1]?.toLowerCase() !== letter.sesId.toLowerCase())
    faults.push(['bad-message-id', `${id || 'none'} is not SES's id ${letter.sesId}`]);
  const from = addresses(header(letter.mail, 'from'));
  if (from.length !== 1 || from[0] !== scenario.sender.address.toLowerCase())
    faults.push(['wrong-sender', `From is ${from.join(', ') || 'empty'}`]);
  const [replyTo = '', ...more] = addresses(header(letter.mail, 'reply-to'));
  const [local = '', domain = ''] = replyTo.split('@');
  if (more.length > 0 || domain !== scenario.replyDomain || !TOKEN_LOCAL_PART.test(local))
    faults.push(['bad-reply-to', `Reply-To is ${[replyTo, ...more].join(', ') || 'empty'}`]);
  if (letter.returnPath !== '' && letter.returnPath.toLowerCase() !== replyTo)
    faults.push(['bad-return-path', `the return path ${letter.returnPath} is not the reply address`]);
  for (const name of AUTOMATIC_HEADERS)
    if (header(letter.mail, name) !== '')
      faults.push(['marked-automatic', `${name}: ${header(letter.mail, name)}`]);
  return faults;
};

const bodyFaults = (conversation: Conversation, letter: Letter): Fault[] => {
  const { prospect, scenario } = conversation;
  const own = ownText(letter);
  const faults: Fault[] = [];
  if (!OPT_OUT_LINK.test(own)) faults.push(['missing-opt-out', 'no opt-out link in the text']);
  if (!squeezed(own).includes(squeezed(scenario.sender.postalAddress)))
    faults.push(['missing-postal-address', "the sender's postal address is not in the text"]);
  const left = PLACEHOLDER.exec(`${header(letter.mail, 'subject')}\n${own}`);
  if (left) faults.push(['placeholder-left', `"${left[0]}"`]);
  const others = scenario.prospects.filter((other) => other.company !== prospect.company);
  const named = others.find((other) => own.includes(other.company) || own.includes(other.address));
  if (named) faults.push(['names-someone-else', `it names ${named.company}`]);
  return faults;
};

const threadFaults = (conversation: Conversation, letter: Letter): Fault[] => {
  const { first } = conversation;
  if (letter.role === 'first' || !first) return [];
  const faults: Fault[] = [];
  const [id = 'none'] = messageIds(header(first.mail, 'message-id'));
  for (const name of ['in-reply-to', 'references'])
    if (!messageIds(header(letter.mail, name)).includes(id))
      faults.push(['broken-thread', `${name} does not name ${id}`]);
  const subject = header(letter.mail, 'subject');
  const wanted = `Re: ${header(first.mail, 'subject')}`;
  if (subject !== wanted) faults.push(['broken-thread', `the subject is "${subject}", not "${wanted}"`]);
  const all = lines(letter.mail.text).filter((line) => line.trim() !== '');
  const quoteStart = all.findIndex(isQuoted);
  if (quoteStart < 1 || shareQuoted(first, letter) < QUOTED_SHARE)
    faults.push(['missing-quote', 'the first letter is not quoted below the text']);
  return faults;
};

/** RFC 8058 §3.1: both headers, an HTTP(S) address, and exactly this value. */
const listFaults = (letter: Letter): Fault[] => {
  if (letter.role === 'first') return [];
  const list = header(letter.mail, 'list-unsubscribe');
  const post = header(letter.mail, 'list-unsubscribe-post');
  const good = /<https?:\/\/[^<>\s]+>/.test(list) && post === 'List-Unsubscribe=One-Click';
  return good
    ? []
    : [['missing-list-unsubscribe', `List-Unsubscribe: ${list || 'none'}; -Post: ${post || 'none'}`]];
};

export const checkContent = (conversation: Conversation): Violation[] =>
  conversation.letters.flatMap((letter) =>
    [
      ...identityFaults(conversation, letter),
      ...bodyFaults(conversation, letter),
      ...threadFaults(conversation, letter),
      ...listFaults(letter),
    ].map(([rule, detail]) => inLetter(conversation, rule, letter, detail)),
  );

/** A token leads to one enrollment: two prospects behind one reply address would stop each other. */
export const checkTokens = (conversations: readonly Conversation[]): Violation[] => {
  const owners = new Map<string, string>();
  return conversations.flatMap((conversation) =>
    conversation.letters.flatMap((letter) => {
      const replyTo = addresses(header(letter.mail, 'reply-to'))[0] ?? '';
      const owner = owners.get(replyTo) ?? conversation.prospect.key;
      owners.set(replyTo, owner);
      return owner === conversation.prospect.key || replyTo === ''
        ? []
        : [
            inLetter(
              conversation,
              'bad-reply-to',
              letter,
              `${replyTo} is also the reply address of ${owner}`,
            ),
          ];
    }),
  );
};
