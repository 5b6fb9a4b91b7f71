/**
 * What an alert says. The subject's first 80 characters must do on a lock screen; the text must do to answer well
 * without opening anything else: their words, their hour, their phones, what we wrote and when, and what to do now.
 */
import type { Alert, AlertKind } from './alert.ts';
import { linesOfLetters, linesOfPhones, linesOfSaid, localTime, whoIs } from './alert-lines.ts';
import { type Contact, displayName } from './contact.ts';
import type { Instant } from './instant.ts';
import { type IncomingMessage, isUnread, type OutgoingMessage } from './message.ts';
import { oneLine } from './one-line.ts';
import type { Sender } from './sender.ts';

export type AlertFacts = {
  readonly alert: Alert;
  readonly contact?: Contact;
  /** The mail that it is about. */
  readonly message?: IncomingMessage;
  /** The letters that this person got, oldest first. */
  readonly letters: readonly OutgoingMessage[];
  readonly sender?: Sender;
  /** What a digest says: it has words of its own. */
  readonly digest?: AlertText;
  /** In front of the console's pages. */
  readonly publicUrl: string;
  readonly now: Instant;
  /** Whether the original travels with the alert; a larger one is read in the console, an infected one nowhere. */
  readonly original?: 'attached' | 'too-large' | 'infected';
};

export type AlertText = { readonly subject: string; readonly text: string };

const LOCK_SCREEN_CHARS = 80;
const WORDS_CHARS_MAX = 6_000;

/** Pure. Every kind has its words; an absent contact or mail leaves its lines out. */
export function writeAlert(facts: AlertFacts): AlertText {
  if (facts.digest) return facts.digest;
  const words = facts.message ? oneLine(facts.message.reading.replyText, LOCK_SCREEN_CHARS * 2) : '';
  const start = subjectStart(facts);
  const room = LOCK_SCREEN_CHARS - start.length - 5;
  const saysWords = hasWords(facts.alert.kind) && words !== '' && room >= 10;
  const subject = saysWords ? `${start} · '${oneLine(words, room)}'` : start;
  const parts = [
    textsOf(facts).what(facts),
    quoted(facts),
    linesOfSaid(facts),
    hourThere(facts),
    linesOfPhones(facts.contact, facts.message),
    linesOfLetters(facts.letters, facts.contact?.zone ?? facts.sender?.zone ?? 'UTC'),
    textsOf(facts).next(facts),
    original(facts),
    links(facts),
  ];
  return { subject: oneLine(subject, LOCK_SCREEN_CHARS), text: `${parts.filter(Boolean).join('\n\n')}\n` };
}

/** The display name that an alert comes from: "Ana Silva (Acme) via Relance". */
export function alertFromName(contact: Contact | undefined): string {
  if (!contact) return 'Relance';
  const company = contact.company ? ` (${oneLine(contact.company, 40)})` : '';
  return `${oneLine(displayName(contact), 50)}${company} via Relance`;
}

/** A contact's page in the console. */
export const contactPage = (publicUrl: string, contactId: string): string =>
  `${publicUrl}/#/contacts/${contactId}`;

/** Where a person reads on: everything about the contact, or the mails that are nobody's. */
export const pageOf = (facts: Pick<AlertFacts, 'contact' | 'message' | 'publicUrl'>): string =>
  facts.contact && !isNobodys(facts)
    ? contactPage(facts.publicUrl, facts.contact.id)
    : `${facts.publicUrl}/#/inbox`;

type Words = {
  /** The subject where no person is known or the person is not the news. */
  readonly title: string;
  readonly what: (facts: AlertFacts) => string;
  readonly next: (facts: AlertFacts) => string;
};

const person = (facts: AlertFacts): string =>
  facts.contact ? displayName(facts.contact) : (facts.message?.from ?? 'Somebody');

const TEXTS: Readonly<Record<AlertKind, Words>> = {
  reply: {
    title: 'Answer',
    what: (facts) => `${whoIs(facts.contact, facts.message?.from)} answered.`,
    next: (facts) =>
      `Answer this mail: your words go to ${person(facts)}, in the thread they know, and a copy tells Relance that ` +
      'you have answered. Nothing more is sent to them by itself.',
  },
  unmatched: {
    title: 'Mail from someone unknown',
    what: (facts) =>
      `A mail came in from ${facts.message?.from ?? 'an unknown address'} that belongs to no contact.`,
    next: () =>
      'Look whether it answers one of your letters from another address, and stop that sequence if so.',
  },
  unread: {
    title: 'Mail that could not be read',
    what: (facts) =>
      facts.contact
        ? `A mail that is from ${person(facts)}, or names them, could not be read by machine.`
        : 'A mail that names nobody you have written to could not be read by machine.',
    next: (facts) =>
      facts.contact
        ? `Their sequence is held until you have read it. ${isNobodys(facts) ? 'Say whose it is and what it says' : 'Say what it says'}, or stop or release them by hand.`
        : 'Nothing is held. Look whether it answers one of your letters, and say whose it is if so.',
  },
  unverified: {
    title: 'Mail that nothing vouches for',
    what: (facts) =>
      `A mail says that it comes from ${facts.message?.from ?? person(facts)}, but nothing proves it.`,
    next: () =>
      'Their sequence is held. If the mail is genuine, say so in the console, and it acts like any other.',
  },
  'mail-storm': {
    title: 'More mails than a person writes',
    what: (facts) =>
      `${person(facts)} has sent so many mails today that two machines may be answering each other.`,
    next: () =>
      'Each further mail is kept and listed, but rings no more today. Look whether a rule of a mailbox sends them.',
  },
  'needs-decision': {
    title: 'A person must decide',
    what: (facts) => `The next letter to ${person(facts)} waits for a decision${because(facts)}.`,
    next: () =>
      'Say in the console whether the letter went out, or have it sent again. Until then nothing goes.',
  },
  'sent-twice': {
    title: 'A letter went out twice',
    what: (facts) => `One letter to ${person(facts)} was accepted twice${because(facts)}.`,
    next: () => 'They may have it twice in their mailbox: a word of apology helps.',
  },
  'letter-failed': {
    title: 'A letter could not be sent',
    what: (facts) => `A letter to ${person(facts)} was refused for good${because(facts)}.`,
    next: () =>
      'Their sequence has ended. Check the address and the letter, or find another way to reach them.',
  },
  'sending-stopped': {
    title: 'Sending has stopped',
    what: (facts) =>
      `No letter of ${facts.sender ? facts.sender.name : 'this sender'} goes out at present${because(facts)}.`,
    next: () => 'Letters wait and lose nothing. The runbook says, for each reason, how sending starts again.',
  },
  'fence-closed': {
    title: 'Answers may be waiting unread',
    what: () => 'The way in for answers shows no sign of life, so no follow-up goes out until it does.',
    next: () =>
      'Look at the inbound queue and its dead letters; the runbook has the steps. First letters go on.',
  },
  digest: { title: 'Digest', what: () => '', next: () => '' },
  'channel-test': {
    title: 'Relance: this channel works',
    what: (facts) =>
      `Somebody asked whether alerts of ${facts.sender?.name ?? 'this sender'} arrive here. They do.`,
    next: () => 'Nothing needs to be done.',
  },
};

/** A mail that nobody could read is not doubted for its writer. */
const textsOf = ({ alert, message }: AlertFacts): Words =>
  TEXTS[alert.kind === 'unverified' && message && isUnread(message) ? 'unread' : alert.kind];

/** Of a mail without a token only its bytes say whom it may concern: it is listed with those that are nobody's. */
const isNobodys = ({ message }: Pick<AlertFacts, 'message'>): boolean =>
  message !== undefined && !message.contactId;

const hasWords = (kind: AlertKind): boolean =>
  kind === 'reply' || kind === 'unverified' || kind === 'unmatched' || kind === 'mail-storm';

/** "A · Ana Silva, Acme PT 10:12": the grade first, because it decides whether one stops the car. */
function subjectStart(facts: AlertFacts): string {
  const { alert, contact, now } = facts;
  const { title } = textsOf(facts);
  if (!contact) {
    const from = facts.message?.from ? `: ${oneLine(facts.message.from, 36)}` : '';
    return `${title}${from}`;
  }
  const company = contact.company ? `, ${oneLine(contact.company, 20)}` : '';
  const country = contact.country ? ` ${contact.country}` : '';
  const who = `${oneLine(displayName(contact), 24)}${company}${country} ${localTime(now, contact.zone)}`;
  if (alert.kind !== 'reply') return `${title} · ${who}`;
  return contact.grade ? `${contact.grade} · ${who}` : who;
}

const because = (facts: AlertFacts): string => (facts.alert.detail ? ` (${facts.alert.detail})` : '');

function quoted(facts: AlertFacts): string {
  const message = facts.message;
  if (!message) return '';
  const words = message.reading.replyText.trim();
  const shown =
    words.length > WORDS_CHARS_MAX ? `${words.slice(0, WORDS_CHARS_MAX).toWellFormed()} …` : words;
  const subject = message.subject ? `Subject: ${oneLine(message.subject, 200)}\n` : '';
  const lines = shown.split(/\r?\n/u).map((line) => `> ${line}`);
  return subject + (shown === '' ? '(no new words of their own: see the original)' : lines.join('\n'));
}

function hourThere(facts: AlertFacts): string {
  const { contact, now, message } = facts;
  if (!contact) return '';
  const assumed =
    contact.zoneSource === 'country-assumed' || contact.zoneSource === 'sender' ? ', assumed' : '';
  const came = message ? `; their mail came at ${localTime(message.at, contact.zone, 'with-day')}` : '';
  return `It is ${localTime(now, contact.zone, 'with-day')} there (${contact.zone}${assumed})${came}.`;
}

function original(facts: AlertFacts): string {
  if (!facts.message || facts.original === undefined) return '';
  return ORIGINAL[facts.original];
}

const ORIGINAL: Readonly<Record<NonNullable<AlertFacts['original']>, string>> = {
  attached: 'The original mail is attached.',
  'too-large': 'The original mail is too large to attach; the console shows it.',
  infected: 'A virus was found in the original mail, so nobody is given it.',
};

const links = (facts: AlertFacts): string => {
  const isTheirs = facts.contact && !isNobodys(facts);
  return `${isTheirs ? 'Everything about them' : 'Where it is listed'}: ${pageOf(facts)}`;
};
