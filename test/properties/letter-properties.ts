// What holds of every letter, card and link, whatever text of anybody's stands in it: judged by parsers that are not
// ours (mailparser, postal-mime, vcard4, WHATWG URL) and by a header reader of ten lines.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { simpleParser } from 'mailparser';
import PostalMime from 'postal-mime';
import { parse } from 'vcard4';
import { composeLetter, type LetterMail } from '../../shared/compose-mail.ts';
import type { Contact } from '../../shared/domain/contact.ts';
import { instant } from '../../shared/domain/instant.ts';
import { writeLetter } from '../../shared/domain/letter/write-letter.ts';
import { telLink, vCard, whatsappLink } from '../../shared/domain/reach-out.ts';
import {
  ANA,
  JANE,
  letterStep,
  OPT_OUT_URL,
  sentLetter,
  sequenceOf,
} from '../shared/domain/letter/people.ts';
import type { Property } from './calendar-properties.ts';

const HOSTILE = [
  'x\r\nBcc: eve@evil.example',
  'x\n\n<html>',
  'x\rBcc: e@x.example',
  '\u2028Bcc: e',
  '\u0085Bcc: e',
  '=?utf-8?q?=0D=0ABcc:_e?=',
  '=?utf-8?b?DQpCY2M6IGU=?=',
  '"><',
  'a\u0000b',
  '\ud800',
  ',;<e@x.example>',
  '陶器'.repeat(60),
  'x'.repeat(1_200),
  'é\r\n é',
  '--=_boundary',
  '.',
  'From me',
];
/** Any Unicode, lone surrogates and control characters too. */
const wild = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.constantFrom(...HOSTILE),
  fc.tuple(fc.constantFrom(...HOSTILE), fc.string({ maxLength: 20 })).map(([one, two]) => `${two}${one}`),
);
const phones = fc
  .array(fc.integer({ min: 0, max: 9 }), { minLength: 6, maxLength: 15 })
  .map((digits) => `+${digits.join('')}`);

const OWN_ID = `<${ANA.id}-1-1@reply.example.com>`;
const FIRST_ID = '<0100019aa-c0-000000@eu-west-1.amazonses.com>';
const TOKEN_ADDRESS = `r+${'a'.repeat(45)}@reply.example.com`;
const MEANT =
  'content-type date from in-reply-to list-unsubscribe list-unsubscribe-post message-id mime-version references reply-to return-path subject to';

type Texts = {
  readonly subject: string;
  readonly body: string;
  readonly name: string;
  readonly company: string;
};
const texts = fc.record({ subject: wild, body: wild, name: wild, company: wild });

/** Every field that a stranger, a list or a salesperson can fill. */
function letterOf({ subject, body, name, company }: Texts): LetterMail {
  const contact: Contact = {
    ...ANA,
    firstName: `F ${name}`,
    lastName: company,
    company,
    fields: { subject: `S ${subject}`, body: `B ${body}` },
  };
  const sender = { ...JANE, name: `N ${name}`, company: `C ${company}` };
  const written = writeLetter({
    sequence: sequenceOf(
      letterStep({}),
      letterStep({ subject: '{{ fields.subject }}', body: '{{ fields.body }} E' }),
    ),
    step: 1,
    contact,
    sender,
    earlier: [sentLetter({ subject, text: body, body })],
    wasAbsent: false,
    optOutUrl: OPT_OUT_URL,
  });
  if (written.kind !== 'written') throw new Error(JSON.stringify(written.findings));
  return {
    letter: written.letter,
    sender,
    contact,
    replyTo: TOKEN_ADDRESS,
    returnPath: TOKEN_ADDRESS,
    ownMessageId: OWN_ID,
    inReplyTo: FIRST_ID,
    references: [FIRST_ID],
    listUnsubscribe: { url: OPT_OUT_URL },
    date: instant('2026-12-01T09:31:00Z'),
  };
}

function judgeHeaders(bytes: Buffer): void {
  const raw = bytes.toString('latin1');
  const head = raw.slice(0, raw.indexOf('\r\n\r\n')).replaceAll(/\r\n[ \t]/g, ' ');
  const names = head.split('\r\n').map((line) => line.split(':', 1)[0]?.toLowerCase());
  assert.equal(names.toSorted().join(' '), MEANT);
  assert(!/[\r\n]/.test(raw.replaceAll('\r\n', '')), 'a line break of half a kind');
  assert(!/[\u0080-\u00ff]/.test(raw), 'a byte above 7 bits');
  assert(
    raw.split('\r\n').every((line) => line.length <= 998),
    'a line over 998',
  );
  const addresses = [...head.matchAll(/^(?:from|to|reply-to):.*$/gim)].map(
    ([line]) => /<?([^\s<>]+)>?$/.exec(line)?.[1],
  );
  assert.deepEqual(addresses, ['jane@doe.example', 'ana@acme.example', TOKEN_ADDRESS]);
}

/** RFC 2047 words, whitespace at line ends and the like may be read in two ways; what was written is the judge. */
const spaced = (text: string | undefined): string => (text ?? '').replaceAll(/\s+/g, ' ').trim();

async function judgeReadings(mail: LetterMail, raw: Buffer): Promise<void> {
  const [one, two] = [await simpleParser(raw), await PostalMime.parse(raw)];
  const meant = mail.letter.text.toWellFormed().replaceAll(/\r\n?/g, '\n');
  assert.equal(one.text, meant, 'the text, read by mailparser');
  // postal-mime counts the line break before the next boundary as text.
  assert.equal(two.text, `${meant}\n`, 'the text, read by postal-mime');
  assert.equal(spaced(one.subject), spaced(two.subject), 'the subject, read by both');
  assert(spaced(one.subject).startsWith('S'));
  const [from] = one.from?.value ?? [];
  assert.deepEqual([from?.address, spaced(from?.name)], [two.from?.address, spaced(two.from?.name)]);
  assert.equal(from?.address, 'jane@doe.example');
  const to = [one.to].flat().flatMap((list) => list?.value ?? []);
  assert.deepEqual(
    to.map(({ address, name }) => [address, spaced(name)]),
    (two.to ?? []).map(({ address, name }) => [address, spaced(name)]),
  );
  assert.deepEqual(
    to.map(({ address }) => address),
    ['ana@acme.example'],
  );
  assert.equal(one.messageId, two.messageId);
  assert.equal(two.messageId, OWN_ID);
  assert.equal(two.inReplyTo, FIRST_ID);
  assert.equal([one.references].flat().join(' '), two.references);
  assert.equal(`${one.html}\n`, two.html, 'the HTML, read by both');
  assert.deepEqual([one.attachments.length, two.attachments.length], [0, 0]);
}

/** The judge of headers alone, because a million letters read by nobody take half the time. */
const addsNoHeader = fc.asyncProperty(texts, async (given) => {
  judgeHeaders(Buffer.from(await composeLetter(letterOf(given))));
});

const travelsWhole = fc.asyncProperty(texts, async (given) => {
  const mail = letterOf(given);
  await judgeReadings(mail, Buffer.from(await composeLetter(mail)));
});

/** A line break is one, other control characters are blanks. */
const cardText = (text: string): string =>
  text
    .toWellFormed()
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(/[^\P{Cc}\n]|[\p{Zl}\p{Zp}]/gu, ' ');

/** RFC 6350 §3.2 and §3.4 in six lines: every property with its value. */
const ownReading = (card: string): ReadonlyMap<string, string> =>
  new Map(
    card
      .replaceAll('\r\n ', '')
      .split('\r\n')
      .map((line) => /^([A-Z]+)(?:;VALUE=uri)?:(.*)$/su.exec(line) ?? [])
      .map(([, name = '', value = '']) => [
        name,
        value.replaceAll(/\\(.)/gsu, (_, c) => (c === 'n' ? '\n' : c)),
      ]),
  );

/**
 * vcard4 takes back escapes one kind after the other, leaves a value that could be a URL as it is, and cuts quotation
 * marks from both ends: with these characters only the shape of the card is compared with it.
 */
const isReadPlainly = (text: string): boolean => !/[\\":]/.test(text);

const CARD = 'BEGIN VERSION FN N ORG TITLE TEL EMAIL NOTE END';
const OTHERS_CARD = 'BEGIN VERSION FN N ORG TEL NOTE END';

const cards = fc.property(
  fc.record({ name: wild, company: wild, title: wild, remark: wild, phone: phones, person: fc.option(wild) }),
  ({ name, company, title, remark, phone, person }) => {
    const contact = {
      ...ANA,
      firstName: `F${name}`,
      lastName: 'L',
      company: `C${company}`,
      title: `T${title}`,
    };
    const whose = person === null ? {} : { person: `P${person}` };
    const text = vCard({ contact, phone, remark: `R${remark}`, ...whose });
    const [card, own] = [parse(text) as unknown as Card, ownReading(text)];
    const names = text.split('\r\n').flatMap((line) => /^[A-Z]+/.exec(line)?.[0] ?? []);
    assert.equal(names.join(' '), person === null ? CARD : OTHERS_CARD);
    const meant: readonly (readonly [string, string])[] = [
      ['TEL', telLink(phone)],
      ['NOTE', `R${remark}`],
      ['ORG', `C${company}`],
      ...(person === null
        ? ([
            ['EMAIL', ANA.address],
            ['TITLE', `T${title}`],
          ] as const)
        : ([['FN', `P${person}`]] as const)),
    ];
    for (const [property, value] of meant) {
      const found = card.getProperty(property);
      assert.equal(found.length, 1, `${found.length} ${property}`);
      assert.equal(own.get(property), cardText(value), property);
      if (isReadPlainly(value)) assert.equal(found[0]?.value, cardText(value), `${property}, read by vcard4`);
    }
  },
);
type Card = { getProperty(name: string): readonly { readonly value: unknown }[] };

const links = fc.property(wild, phones, (text, phone) => {
  const url = new URL(whatsappLink(phone, text));
  assert.equal(url.origin + url.pathname, `https://wa.me/${phone.slice(1)}`);
  assert.equal(url.searchParams.get('text') ?? '', text.toWellFormed());
  assert.deepEqual([...url.searchParams.keys()], text === '' ? [] : ['text']);
  assert.equal(url.hash, '');
});

export const LETTER_PROPERTIES: readonly Property[] = [
  { name: 'no value of any field adds a header or an address to a letter', property: addsNoHeader },
  { name: 'two mail parsers read a letter as it was written', property: travelsWhole },
  { name: 'a card is read by another library as it was written', property: cards },
  { name: 'a WhatsApp link decodes to its number and its text', property: links },
] as readonly Property[];
