/** Which of our letters a mail may answer: every id it names, so that the store can be asked for each. */
import { idsIn } from './mail-headers.ts';
import { IDS_MAX } from './mail-limits.ts';
import type { ParsedMail } from './parsed-mail.ts';

/** A bounce without a report repeats the letter's headers in its text; they stand within these first characters. */
const TEXT_LOOKED_AT_MAX = 32 * 1024;

const localPart = (id: string): string =>
  id.slice(0, id.lastIndexOf('@') < 0 ? undefined : id.lastIndexOf('@'));

const idsInText = (text: string): readonly string[] =>
  text
    .slice(0, TEXT_LOOKED_AT_MAX)
    .split('\n')
    .filter((line) => /^[>\s]{0,8}message-id:/i.test(line))
    .flatMap((line) => idsIn(line.slice(line.indexOf(':') + 1)));

/**
 * Local parts (SES writes its own id there, whatever domain the region has), nearest first, without repeats, at most
 * `IDS_MAX`. Also those of a report's returned letter and of a forwarded mail.
 */
export const candidateIds = (mail: ParsedMail): readonly string[] => {
  const returned = mail.report?.returned ?? mail.feedbackReport?.returned;
  const ids = [
    ...mail.inReplyTo,
    ...[...mail.references].reverse(),
    ...(returned?.messageId ? [returned.messageId] : []),
    ...(returned?.inReplyTo ?? []),
    ...(returned?.references ?? []),
    ...(mail.attached ? [...mail.attached.inReplyTo, ...mail.attached.references] : []),
    ...(mail.attached?.messageId ? [mail.attached.messageId] : []),
    ...idsInText(mail.text),
  ];
  const locals = ids.map(localPart).filter((local) => local !== '');
  return [...new Set(locals)].slice(0, IDS_MAX);
};
