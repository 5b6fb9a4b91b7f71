/** What an alert says: enough on a lock screen to stop the car, enough in the text to answer well. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Alert, AlertKind } from '../../../shared/domain/alert.ts';
import { type AlertFacts, alertFromName, writeAlert } from '../../../shared/domain/alert-text.ts';
import type { AlertId, MessageId } from '../../../shared/domain/ids.ts';
import { instant } from '../../../shared/domain/instant.ts';
import { type IncomingMessage, NOT_READ } from '../../../shared/domain/message.ts';
import type { Phone } from '../../../shared/inbound/reading.ts';
import { ANA, JANE, sentLetter } from './letter/people.ts';

const KINDS: Readonly<Record<AlertKind, true>> = {
  reply: true,
  unmatched: true,
  unread: true,
  unverified: true,
  'mail-storm': true,
  'needs-decision': true,
  'sent-twice': true,
  'letter-failed': true,
  'sending-stopped': true,
  'fence-closed': true,
  digest: true,
  'channel-test': true,
};
const NOW = instant('2026-12-02T10:12:00Z');

const alert = (kind: AlertKind, detail?: string): Alert => ({
  id: 'x' as AlertId,
  kind,
  at: NOW,
  ...(detail ? { detail } : {}),
  delivered: {},
});

const mail = (replyText: string, phones: readonly Phone[] = []): IncomingMessage => ({
  kind: 'in',
  id: 'm' as MessageId,
  contactId: ANA.id,
  at: instant('2026-12-02T10:11:00Z'),
  from: 'ana@acme.example',
  subject: 'Re: Tableware for Acme',
  rawKey: 'raw/1',
  reading: {
    kind: { value: 'reply', evidence: [], confidence: 1 },
    replyText,
    language: 'en',
    phones: phones.map((value) => ({ value, evidence: [], confidence: 1 })),
    people: [],
    ambiguous: [],
  },
});

const REPLY: AlertFacts = {
  alert: alert('reply'),
  contact: { ...ANA, phones: ['+351220000000'] },
  message: mail('Dear Jane,\nplease send prices for 500 plates.', [
    { e164: '+351912345678', type: 'mobile', owner: 'contact', urgent: true },
    { e164: '+351223333333', type: 'fixed', owner: 'stand-in', name: 'Rui', urgent: false },
  ]),
  letters: [
    sentLetter({}),
    sentLetter({ step: 1, subject: 'Re: Tableware for Acme', sentAt: instant('2026-12-01T14:00:00Z') }),
  ],
  sender: JANE,
  publicUrl: 'https://relance.example.com',
  now: NOW,
  original: 'attached',
};

/** A mail that killed its reader: without a token it is listed as nobody's, even where it names somebody. */
function unread({ isNobodys }: { readonly isNobodys: boolean }): IncomingMessage {
  const { contactId, from: _, subject: __, ...rest } = mail('');
  const kind = {
    value: 'unknown',
    evidence: [{ from: 'structure', what: NOT_READ }],
    confidence: 0,
  } as const;
  return { ...rest, ...(isNobodys || !contactId ? {} : { contactId }), reading: { ...rest.reading, kind } };
}

describe('a mail that nobody could read', () => {
  const { contact: _, ...nobody } = REPLY;

  it('is not called unproven: it says that it was not read, what is held, and where it stands', () => {
    const said = writeAlert({ ...REPLY, alert: alert('unverified'), message: unread({ isNobodys: false }) });
    expect(said.subject).toBe('Mail that could not be read · Ana Silva, Acme PT 10:12');
    expect(said.text).toContain('could not be read by machine');
    expect(said.text).toContain('Their sequence is held until you have read it. Say what it says');
    expect(said.text).toContain(`/#/contacts/${ANA.id}`);
  });

  it('and that carries no token leads to the list where it can be given to somebody', () => {
    const { text } = writeAlert({
      ...REPLY,
      alert: alert('unverified'),
      message: unread({ isNobodys: true }),
    });
    expect(text).toContain('Say whose it is and what it says');
    expect(text).toContain('Where it is listed: https://relance.example.com/#/inbox');
  });

  it('and that names nobody claims no hold', () => {
    const { text } = writeAlert({ ...nobody, alert: alert('unread'), message: unread({ isNobodys: true }) });
    expect(text).toContain('Nothing is held.');
    expect(text).toContain('/#/inbox');
  });
});

describe('a reply', () => {
  it('fits a lock screen: grade, who, where, their hour, their words', () => {
    expect(writeAlert(REPLY).subject).toBe(
      "A · Ana Silva, Acme PT 10:12 · 'Dear Jane, please send prices for 500 plates.'",
    );
  });

  it('says in its text all that is needed to answer', () => {
    expect(writeAlert(REPLY).text).toBe(
      `Ana Silva (Buyer, Acme, PT) <ana@acme.example> answered.

Subject: Re: Tableware for Acme
> Dear Jane,
> please send prices for 500 plates.

It is Wed 2 Dec, 10:12 there (Europe/Lisbon); their mail came at Wed 2 Dec, 10:11.

Phones:
- +351220000000 (on file) tel:+351220000000 https://wa.me/351220000000
- +351912345678 (mobile, their own, for urgent matters) tel:+351912345678 https://wa.me/351912345678
- +351223333333 (fixed, stand-in Rui) tel:+351223333333

Letters sent to them (their time):
- Tue 24 Nov, 02:12: Tableware for Acme
- Tue 1 Dec, 14:00: Re: Tableware for Acme

Answer this mail: your words go to Ana Silva, in the thread they know, and a copy tells Relance that you have answered. Nothing more is sent to them by itself.

The original mail is attached.

Everything about them: https://relance.example.com/#/contacts/${ANA.id}
`,
    );
  });

  it('names no letter that SES never took', () => {
    const { sentAt: _, ...prepared } = sentLetter({ subject: 'Never sent' });
    expect(writeAlert({ ...REPLY, letters: [prepared] }).text).not.toContain('Never sent');
  });

  it('says so where the original is too large or nothing new was written', () => {
    const text = writeAlert({ ...REPLY, original: 'too-large', message: mail('') }).text;
    expect(text).toContain('too large to attach');
    expect(text).toContain('see the original');
  });

  it('says when their hour is only assumed', () => {
    const contact = { ...ANA, zoneSource: 'country-assumed' } as const;
    expect(writeAlert({ ...REPLY, contact }).text).toContain('(Europe/Lisbon, assumed)');
  });
});

describe('every kind', () => {
  it.each(Object.keys(KINDS) as AlertKind[])(
    '%s has words, with everything known and with nothing',
    (kind) => {
      for (const facts of [
        { ...REPLY, alert: alert(kind, 'daily-quota') },
        { alert: alert(kind), letters: [], publicUrl: 'https://r.example', now: NOW },
      ]) {
        const { subject, text } = writeAlert(facts);
        expect(subject.length).toBeGreaterThan(0);
        expect(text).toMatch(/^\S/);
        expect(text).not.toMatch(/undefined|\[object/);
      }
    },
  );

  it('fits its subject into 80 characters on one line, and stays well formed, whatever people write', () => {
    const wild = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.string({ unit: 'grapheme', maxLength: 300 }),
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...(Object.keys(KINDS) as AlertKind[])),
        wild,
        wild,
        (kind, name, words) => {
          const contact = { ...ANA, firstName: name, company: words };
          const { subject } = writeAlert({
            ...REPLY,
            alert: alert(kind),
            contact,
            message: mail(words + name),
          });
          expect(subject.length).toBeLessThanOrEqual(80);
          expect(subject.isWellFormed()).toBe(true);
          expect(subject).not.toMatch(/[\r\n]/);
        },
      ),
    );
  });

  it('stays readable when the mail is a book', () => {
    expect(writeAlert({ ...REPLY, message: mail('word '.repeat(100_000)) }).text.length).toBeLessThan(10_000);
  });
});

it('the alert comes from the prospect, via Relance', () => {
  expect(alertFromName(ANA)).toBe('Ana Silva (Acme) via Relance');
  expect(alertFromName(undefined)).toBe('Relance');
});
