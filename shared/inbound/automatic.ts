/** Mail that a machine wrote for its owner: what proves it (RFC 3834 first), and which sort it is. */
import { namesPeriod } from './date-roles.ts';
import { inHeader, inText, kindOf, subjectSays } from './kind-evidence.ts';
import type { Lexicon } from './lexicon/lexicon.ts';
import { DECLARED_TEXTS } from './lexicon/machine.ts';
import { NEW_ADDRESS } from './lexicon/new-address-words.ts';
import { wordsOf } from './lexicon/phrase-lists.ts';
import { headerOf, type ParsedMail } from './parsed-mail.ts';
import { findFirst, fold, hasAny } from './phrases.ts';
import type { AutomaticSort, Evidence, Finding, MailKind } from './reading.ts';

/** Where a machine introduces itself; further down, a person may speak about one. */
const DECLARED_MAX = 120;

const RESPONDER_HEADERS = [
  'x-autoreply',
  'x-autorespond',
  'x-autoresponder',
  'x-autoreply-from',
  'x-mail-autoreply',
  'x-fc-machinegenerated',
  'x-ms-exchange-generated-message-source',
];

/**
 * RFC 3834: anything but `no` is automatic, parameters and comments allowed. `X-Auto-Response-Suppress` and
 * `Precedence: bulk` prove nothing: newsletters and mailing lists carry them too.
 */
export const automaticHeader = (mail: ParsedMail): Evidence | undefined => {
  const submitted = headerOf(mail, 'auto-submitted')
    ?.split(/[;\s(]/)[0]
    ?.toLowerCase();
  if (submitted && submitted !== 'no') return inHeader(mail, 'auto-submitted');
  if (headerOf(mail, 'precedence')?.toLowerCase().replace('-', '_').includes('auto_reply'))
    return inHeader(mail, 'precedence');
  const name = RESPONDER_HEADERS.find(
    (candidate) =>
      headerOf(mail, candidate) !== undefined && headerOf(mail, candidate)?.toLowerCase() !== 'no',
  );
  return name ? inHeader(mail, name) : undefined;
};

/** "This is an automated response …" as the first words. Nobody says that of himself. */
export const declaresItself = (text: string): Evidence | undefined => {
  const found = findFirst(fold(text), DECLARED_TEXTS);
  return found && found.end <= DECLARED_MAX ? inText(text, found) : undefined;
};

/**
 * RFC 5321 §4.5.5: the null reverse-path is for notifications. Some forwarders set it on people's mail too, so it
 * counts only together with words of a note.
 */
export const nullSenderNote = (
  mail: ParsedMail,
  text: string,
  lexicons: readonly Lexicon[],
): Evidence | undefined => {
  if (headerOf(mail, 'return-path')?.trim() !== '<>' || /[?？؟]/.test(text)) return undefined;
  const isSaid = (['absent', 'received', 'left'] as const).some((list) =>
    hasAny(fold(text), wordsOf(lexicons, list)),
  );
  return isSaid ? inHeader(mail, 'return-path') : undefined;
};

/** `proof` is what shows that a machine wrote the mail. */
export const automaticKind = (
  mail: ParsedMail,
  text: string,
  lexicons: readonly Lexicon[],
  proof: Evidence,
): Finding<MailKind> => {
  const folded = fold(text);
  const challenge = findFirst(folded, wordsOf(lexicons, 'challenge'));
  if (challenge) return kindOf('challenge', 0.85, proof, inText(text, challenge));
  const left = findFirst(folded, wordsOf(lexicons, 'left'));
  const absent = findFirst(folded, wordsOf(lexicons, 'absent'));
  if (left && !(absent && absent.start < left.start))
    return kindOf('left-company', 0.9, proof, inText(text, left));
  const absentSubject = subjectSays(mail, 'absentSubject');
  const received = findFirst(folded, wordsOf(lexicons, 'received'));
  // A ticket system's "our office is closed at weekends" is no absence of a person, and names no day of return.
  const isDesk = received !== undefined && absent !== undefined && received.start < absent.start;
  if (absent && !(isDesk && !absentSubject && !namesPeriod(folded, lexicons)))
    return kindOf('absence', 0.95, proof, inText(text, absent));
  if (absentSubject) return kindOf('absence', 0.9, proof, absentSubject);
  // No phrase of ours, but a day of return or the last day of a range: what else would a machine name it for?
  const isOther = received !== undefined || hasAny(folded, NEW_ADDRESS);
  if (!isOther && namesPeriod(folded, lexicons)) {
    const away = [findFirst(folded, wordsOf(lexicons, 'trip')), findFirst(folded, wordsOf(lexicons, 'leave'))]
      .filter((found) => found !== undefined)
      .sort((one, other) => one.start - other.start || other.end - one.end)[0];
    return kindOf('absence', away ? 0.75 : 0.65, proof, inText(text, away));
  }
  // A machine that names who follows its owner, and no day of return, speaks for somebody who is gone.
  const follows = isOther ? undefined : findFirst(folded, wordsOf(lexicons, 'successor'));
  if (follows) return kindOf('left-company', 0.6, proof, inText(text, follows));
  return kindOf('auto-reply', 0.85, proof, inText(text, received));
};

/** Headers that help desks set, and the words and tags of a case number. */
const TICKET_HEADERS =
  /^x-(?:zendesk|freshdesk|otrs|znuny|jira|servicenow|helpscout|gorgias|hubspot-ticket|rt-|osticket|kayako|intercom)|^rt-(?:ticket|originator)/;
const TICKET_TAG = /[[(#]\s?(?:#|ticket|case|id[:\s]|ref[:\s]|anfrage)?\s?[a-z]{0,6}-?\d{3,12}\s?[\])]?/i;
const TICKET_WORDS =
  /ticket|case (?:number|id|#)|vorgangsnummer|numéro de (?:dossier|demande)|工单|工單|チケット|티켓/i;

/** Which sort of machine an `auto-reply` came from. */
export const automaticSort = (mail: ParsedMail, text: string): Finding<AutomaticSort> => {
  if (mail.report?.type === 'disposition-notification')
    return {
      value: 'read-receipt',
      confidence: 0.99,
      evidence: [{ from: 'structure', what: 'report-type: disposition-notification' }],
    };
  if (mail.attachments.some(({ type }) => type === 'text/calendar'))
    return { value: 'calendar', confidence: 0.9, evidence: [{ from: 'structure', what: 'text/calendar' }] };
  const desk = mail.headers.find(({ name }) => TICKET_HEADERS.test(name));
  const words = TICKET_WORDS.exec(text.slice(0, 2_000));
  if (desk || words || TICKET_TAG.test(mail.subject.slice(0, 200))) {
    const proof = desk ? inHeader(mail, desk.name) : inHeader(mail, 'subject');
    return { value: 'ticket', confidence: desk || words ? 0.9 : 0.7, evidence: proof ? [proof] : [] };
  }
  return { value: 'receipt', confidence: 0.6, evidence: [] };
};
