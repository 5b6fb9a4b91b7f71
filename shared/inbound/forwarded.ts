/** A mail inside a mail: what a mailbox rule or a person forwards, as an attachment or inline. */
import { isMailSystem } from './bounce.ts';
import { SUBJECT_LABELS } from './lexicon/quote-words.ts';
import type { MailAddress, ParsedMail } from './parsed-mail.ts';
import { fold } from './phrases.ts';
import { isFromLabel, labelOf } from './quote-head.ts';
import type { Finding, Forwarded } from './reading.ts';
import type { ReplyText } from './reply-text.ts';

const BLOCK_LINES_MAX = 12;

/** What mail programs put before a forwarded subject, in their languages. */
const FORWARD_SUBJECT =
  /^\s?(?:fwd?|wg|tr|rv|enc|res|i|doorst|vb|vs|vl|pd|ilt|iln|п[её]р(?:есл)?|转发|轉寄|轉發|転送|전달|chuyển tiếp|تحويل|إعادة توجيه)\s?[:：]/;

export type Carried = { readonly original: ParsedMail; readonly forwarded: Finding<Forwarded> };

/** `Ana Silva <ana@x.example>`, `Ana [mailto:ana@x.example]`, `ana@x.example`. */
const addressIn = (value: string): MailAddress | undefined => {
  const address = /[^\s<>[\]:;"']{1,64}@[^\s<>[\]:;"',]{1,200}/.exec(value)?.[0];
  if (!address) return undefined;
  const name = value
    .slice(0, value.indexOf(address))
    .replace(/[<[("']|mailto:/g, ' ')
    .trim();
  return name === '' ? { address } : { name, address };
};

const inlineMail = (
  mail: ParsedMail,
  { block }: ReplyText,
): { original: ParsedMail; words: string } | undefined => {
  // Without the words "Forwarded message" a header block is a quotation, unless the subject says `Fw:`.
  if (!block || !(block.isMarked || FORWARD_SUBJECT.test(fold(mail.subject)))) return undefined;
  let from: MailAddress | undefined;
  let subject: string | undefined;
  for (const line of block.head.slice(0, BLOCK_LINES_MAX)) {
    const label = labelOf(line);
    const value = line.slice(line.search(/[:：]/) + 1).trim();
    if (label === undefined) continue;
    if (isFromLabel(label)) from ??= addressIn(value);
    else if (SUBJECT_LABELS.includes(label)) subject ??= value;
  }
  if (!from) return undefined;
  const original: ParsedMail = {
    ...mail,
    // The wrapper's headers speak of the forwarding, not of the mail: a rule's "Auto-Submitted" is no absence.
    headers: [{ name: 'subject', value: subject ?? mail.subject }],
    from: [from],
    to: [],
    cc: [],
    replyTo: [],
    subject: subject ?? mail.subject,
    messageId: undefined,
    inReplyTo: [],
    references: [],
    text: block.body,
    duplicates: [],
  };
  return { original, words: block.head.join(' ') };
};

const factsOf = (original: ParsedMail): Pick<Forwarded, 'from' | 'subject' | 'messageId'> => ({
  ...(original.from[0] ? { from: original.from[0] } : {}),
  subject: original.subject,
  ...(original.messageId ? { messageId: original.messageId } : {}),
});

/** True where somebody forwards our own letter: its words are not his. */
const isOurs = (mail: ParsedMail, original: ParsedMail): boolean => {
  const sender = original.from[0]?.address.toLowerCase();
  return [...mail.to, ...mail.cc].some(({ address }) => address.toLowerCase() === sender);
};

/** `top` is the split of the mail's own text. `undefined` where the mail carries none, or one of the address it is sent to. */
export const carriedMail = (mail: ParsedMail, top: ReplyText): Carried | undefined => {
  // What a mail system returns is our own letter.
  if (mail.report || mail.feedbackReport || isMailSystem(mail)) return undefined;
  const hasCover = top.newText !== '' && !top.isForward;
  if (mail.attached) {
    if (isOurs(mail, mail.attached)) return undefined;
    const value: Forwarded = { by: 'attached', ...factsOf(mail.attached), hasCover };
    const evidence = [{ from: 'structure', what: 'message/rfc822' }] as const;
    return { original: mail.attached, forwarded: { value, confidence: 0.95, evidence } };
  }
  const inline = inlineMail(mail, top);
  if (!inline || isOurs(mail, inline.original)) return undefined;
  const value: Forwarded = { by: 'inline', ...factsOf(inline.original), hasCover };
  const evidence = [{ from: 'structure', what: fold(inline.words).slice(0, 200) }] as const;
  return { original: inline.original, forwarded: { value, confidence: 0.85, evidence } };
};
