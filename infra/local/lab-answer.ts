/** An answer to a letter as a prospect's mail program, or the machine in front of it, would write it. */
import type { ParsedMail } from '../../shared/inbound/parsed-mail.ts';

export const ANSWER_KINDS = ['reply', 'absence', 'auto-reply', 'refusal', 'opt-out', 'stranger'] as const;
export type AnswerKind = (typeof ANSWER_KINDS)[number];

/** RFC 3834: how a machine says that it is one. */
const MACHINE = ['Auto-Submitted: auto-replied', 'X-Auto-Response-Suppress: All'];
const STRANGER = 'somebody@elsewhere.example';

/** `undefined`: the letter names nobody to answer to, or nobody that it went to. */
export function writeAnswerMail(
  letter: ParsedMail,
  answer: { readonly kind: AnswerKind; readonly text: string; readonly at: number },
): { readonly from: string; readonly to: string; readonly raw: string } | undefined {
  const { kind, text, at } = answer;
  const to = letter.replyTo[0]?.address;
  const person = letter.to[0]?.address;
  if (!to || !person) return undefined;
  const isStranger = kind === 'stranger';
  const from = isStranger ? STRANGER : person;
  const domain = to.slice(to.lastIndexOf('@') + 1);
  const isMachine = kind === 'absence' || kind === 'auto-reply';
  const thread = letter.messageId
    ? [`In-Reply-To: <${letter.messageId}>`, `References: <${letter.messageId}>`]
    : [];
  const headers = [
    `From: ${from}`,
    `To: ${isStranger ? `hello@${domain}` : to}`,
    `Subject: ${isStranger ? 'Your catalogue' : `${isMachine ? 'Automatic reply' : 'Re'}: ${letter.subject.replace(/^Re: /, '')}`}`,
    `Message-ID: <lab-${at.toString(36)}-${kind}@lab.example>`,
    `Date: ${new Date(at).toUTCString().replace('GMT', '+0000')}`,
    ...(isStranger ? [] : thread),
    ...(isMachine ? MACHINE : []),
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: 8bit',
  ];
  const quoted = isMachine || isStranger ? [] : ['', ...letter.text.split('\n').map((line) => `> ${line}`)];
  const raw = [...headers, '', ...text.split('\n'), ...quoted, ''].join('\r\n');
  return { from, to: isStranger ? `hello@${domain}` : to, raw };
}
