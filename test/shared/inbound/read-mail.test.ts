/** One real-looking mail per guarantee, in every language; the fixtures are in test/fixtures/mail/reading. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readMail } from '../../../shared/inbound/read-mail.ts';
import type { Absence, MailKind, Person, Phone, Reading } from '../../../shared/inbound/reading.ts';
import { parseMail } from '../../../shared/parse-mail.ts';

const FOLDER = new URL('../../fixtures/mail/reading/', import.meta.url);
const NOW = '2026-11-23T12:00:00.000Z';

const read = async (name: string, contactCountry?: string): Promise<Reading> =>
  readMail(await parseMail(readFileSync(new URL(`${name}.eml`, FOLDER))), { now: NOW, contactCountry });

type Expected = {
  readonly absence: Absence;
  readonly language: string;
  readonly phones?: readonly Partial<Phone>[];
  readonly people?: readonly Person[];
};

const trip = (returnOn: string, from?: string): Absence => ({
  ...(from ? { from } : {}),
  returnOn,
  reason: 'trip',
  invitesContact: true,
});
const leave = (returnOn: string, from?: string): Absence => ({
  ...(from ? { from } : {}),
  returnOn,
  reason: 'leave',
  invitesContact: false,
});
const own = (e164: string): Partial<Phone> => ({ e164, type: 'mobile', owner: 'contact', urgent: true });
const standIn = (e164: string, name: string): Partial<Phone> => ({
  e164,
  owner: 'stand-in',
  name,
  urgent: true,
});

const ABSENCES: Readonly<Record<string, Expected>> = {
  'absence-en': {
    language: 'en',
    absence: trip('2026-11-30'),
    phones: [own('+447400123456'), standIn('+442079460958', 'Jane Doe')],
    people: [
      { role: 'stand-in', name: 'Jane Doe', address: 'jane.doe@acme.example', phone: '+442079460958' },
    ],
  },
  'absence-en-us': {
    language: 'en',
    absence: leave('2026-12-05', '2026-11-23'),
    phones: [{ e164: '+12125552368', owner: 'switchboard', urgent: true }],
    people: [],
  },
  'absence-de': {
    language: 'de',
    absence: trip('2026-11-28'),
    phones: [own('+491712345678'), standIn('+49691234567', 'Petra Schmidt')],
    people: [
      {
        role: 'stand-in',
        name: 'Petra Schmidt',
        address: 'petra.schmidt@beispiel.example',
        phone: '+49691234567',
      },
    ],
  },
  'absence-fr': {
    language: 'fr',
    absence: leave('2026-12-05', '2026-11-23'),
    phones: [standIn('+33142685300', 'Luc Martin')],
    people: [
      { role: 'stand-in', name: 'Luc Martin', address: 'luc.martin@exemple.example', phone: '+33142685300' },
    ],
  },
  'absence-es': { language: 'es', absence: trip('2026-12-02'), phones: [own('+34612345678')], people: [] },
  'absence-pt': {
    language: 'pt',
    absence: leave('2026-12-07'),
    phones: [standIn('+351211234567', 'Maria Santos')],
    people: [
      {
        role: 'stand-in',
        name: 'Maria Santos',
        address: 'maria.santos@exemplo.example',
        phone: '+351211234567',
      },
    ],
  },
  'absence-it': { language: 'it', absence: trip('2026-12-01'), phones: [own('+393471234567')], people: [] },
  'absence-nl': {
    language: 'nl',
    absence: leave('2026-12-05'),
    phones: [standIn('+31201234567', 'Pieter Bakker')],
    people: [
      { role: 'stand-in', name: 'Pieter Bakker', address: 'pieter@voorbeeld.example', phone: '+31201234567' },
    ],
  },
  'absence-ru': {
    language: 'ru',
    absence: trip('2026-12-01', '2026-11-20'),
    phones: [own('+79123456789')],
    people: [],
  },
  'absence-pl': {
    language: 'pl',
    absence: leave('2026-12-05'),
    phones: [standIn('+48221234567', 'Piotr Nowak')],
    people: [
      { role: 'stand-in', name: 'Piotr Nowak', address: 'p.nowak@przyklad.example', phone: '+48221234567' },
    ],
  },
  'absence-tr': { language: 'tr', absence: trip('2026-11-30'), phones: [own('+905321234567')], people: [] },
  'absence-ar': {
    language: 'ar',
    absence: { ...leave('2026-12-01', '2026-11-22'), invitesContact: true },
    phones: [own('+971501234567')],
    people: [],
  },
  'absence-zh': {
    language: 'zh',
    absence: trip('2026-11-28', '2026-11-23'),
    phones: [own('+8613812345678')],
    people: [],
  },
  'absence-zh-tw': {
    language: 'zh',
    absence: leave('2026-12-01'),
    phones: [standIn('+886223456789', '林志明')],
    people: [{ role: 'stand-in', name: '林志明', address: 'chihming@lizi.example', phone: '+886223456789' }],
  },
  'absence-ja': {
    language: 'ja',
    absence: trip('2026-11-28', '2026-11-23'),
    phones: [own('+819012345678')],
    people: [],
  },
  'absence-ko': { language: 'ko', absence: trip('2026-12-01'), phones: [own('+821012345678')], people: [] },
  'absence-vi': {
    language: 'vi',
    absence: leave('2026-12-01'),
    phones: [standIn('+84901234567', 'Trần Thị Mai')],
    people: [{ role: 'stand-in', name: 'Trần Thị Mai', address: 'mai@vidu.example', phone: '+84901234567' }],
  },
  'absence-sv': { language: 'sv', absence: trip('2026-11-30'), phones: [own('+46701234567')], people: [] },
  'absence-html': { language: 'en', absence: leave('2026-12-02'), phones: [] },
  'absence-forwarded-by-ses': {
    language: 'en',
    absence: { returnOn: '2026-12-03', reason: 'other', invitesContact: true },
    phones: [own('+351912345678')],
  },
  'dovecot-pigeonhole-vacation': {
    language: 'en',
    absence: leave('2026-11-30'),
    phones: [],
    people: [{ role: 'stand-in', name: 'Jane Doe', address: 'jane@peer.test' }],
  },
  'exim4-autoreply': { language: 'en', absence: { reason: 'other', invitesContact: false }, phones: [] },
  vacation1: { language: 'en', absence: { reason: 'other', invitesContact: false }, phones: [] },
};

describe('an absence note says when, why, by which number and who stands in', () => {
  it.each(Object.entries(ABSENCES))('%s', async (name, expected) => {
    const reading = await read(name);
    expect(reading.kind.value).toBe('absence');
    expect(reading.language).toBe(expected.language);
    expect(reading.absence?.value).toEqual(expected.absence);
    expect(reading.phones.map((phone) => phone.value)).toMatchObject(expected.phones ?? []);
    expect(reading.phones).toHaveLength(expected.phones?.length ?? 0);
    if (expected.people) expect(reading.people.map((person) => person.value)).toEqual(expected.people);
  });
});

const KINDS: Readonly<Record<string, MailKind>> = {
  'reply-mentions-vacation': 'reply',
  'reply-outlook-de': 'reply',
  'reply-zh': 'reply',
  'reply-html-gmail': 'reply',
  'reply-unsubscribe-and-price': 'reply',
  ticket: 'auto-reply',
  'postfix-dsn': 'bounce',
  'bounce-delayed': 'bounce',
  'bounce-mailbox-full': 'bounce',
  'bounce-qmail': 'bounce',
  challenge: 'challenge',
  'left-en': 'left-company',
  'left-de': 'left-company',
  'left-zh-by-colleague': 'left-company',
  'unsubscribe-en': 'unsubscribe',
  'unsubscribe-de': 'unsubscribe',
  'unsubscribe-zh': 'unsubscribe',
  newsletter: 'list',
  complaint: 'complaint',
};

describe('a mail is what it is', () => {
  it.each(Object.entries(KINDS))('%s is %s', async (name, kind) => {
    const reading = await read(name);
    expect(reading.kind.value).toBe(kind);
    expect(reading.kind.evidence.length).toBeGreaterThan(0);
  });

  it('every fixture is expected somewhere in this file', () => {
    const names = readdirSync(FOLDER).map((file) => file.replace('.eml', ''));
    expect(names.filter((name) => !(name in ABSENCES) && !(name in KINDS))).toEqual([]);
  });
});

describe('a bounce', () => {
  it.each([
    ['postfix-dsn', { class: 'permanent', status: '5.1.1', recipient: 'gone@remote.test' }],
    ['bounce-delayed', { class: 'delayed', status: '4.4.1', recipient: 'ana@acme.example' }],
    ['bounce-mailbox-full', { class: 'transient', status: '5.2.2', recipient: 'ana@acme.example' }],
    ['bounce-qmail', { class: 'permanent', status: '5.1.1' }],
  ])('%s has its class', async (name, bounce) => {
    expect((await read(name)).bounce?.value).toEqual(bounce);
  });
});

describe('who left is followed by who came', () => {
  it.each([
    [
      'left-en',
      {
        role: 'successor',
        name: 'Laura Bianchi',
        address: 'laura.bianchi@acme.example',
        phone: '+442079460321',
      },
    ],
    ['left-de', { role: 'successor', name: 'Sabine Weber', address: 'sabine.weber@beispiel.example' }],
    [
      'left-zh-by-colleague',
      { role: 'successor', name: '王芳', address: 'wangfang@lizi.example', phone: '+862162345678' },
    ],
  ])('%s', async (name, person) => {
    expect((await read(name)).people.map((found) => found.value)).toEqual([person]);
  });
});

describe('a reply', () => {
  it('is read without quotation and signature, whose phone is found all the same', async () => {
    const reading = await read('reply-mentions-vacation');
    expect(reading.replyText).toMatch(/^Hi Anne,[\s\S]*Best regards,\nAna$/);
    expect(reading.phones).toMatchObject([
      {
        value: { e164: '+351211234567', owner: 'contact', urgent: false },
        evidence: [{ from: 'signature' }],
      },
    ]);
    expect(reading.absence).toBeUndefined();
  });

  it.each([
    [
      'reply-outlook-de',
      'Guten Tag Frau Agency,\n\nbitte schicken Sie uns ein Muster.\n\nViele Grüße\nPetra Schmidt',
    ],
    ['reply-zh', '您好，请发一份报价单。我的电话是 138 1234 5678。\n\n王芳'],
    ['reply-html-gmail', "Bonjour,\npouvez-vous m'appeler demain ?"],
  ])('%s ends where the older words begin', async (name, text) => {
    expect((await read(name)).replyText).toBe(text);
  });
});

describe('a person who mentions an absence is a person', () => {
  it.each([
    'I am travelling this week and will look at your samples when I return.',
    'I will be out of the office until Monday. Can we talk on Tuesday?',
    'Our buyer is out of the office, please send the catalogue to me instead.',
    'Danke, ich bin ab Montag im Urlaub, bitte schicken Sie das Angebot vorher.',
    '我下周出差，请把报价单发给我。',
    'Estoy de viaje, pero me interesa. ¿Puede enviarme precios?',
  ])('%s', async (text) => {
    const head = 'From: ana@acme.example\nSubject: Re: Your linen range\nIn-Reply-To: <ours@x>\n';
    const mail = await parseMail(Buffer.from(`${head}Content-Type: text/plain; charset=utf-8\n\n${text}\n`));
    expect(readMail(mail, { now: NOW }).kind.value).toBe('reply');
  });
});

it('text evidence stands where its offsets say', async () => {
  for (const name of [...Object.keys(ABSENCES), ...Object.keys(KINDS)]) {
    const reading = await read(name);
    const findings = [reading.kind, reading.absence, ...reading.phones, ...reading.people];
    const evidence = findings.flatMap((finding) => finding?.evidence ?? []);
    for (const item of evidence) {
      if (item.from === 'text') expect(reading.replyText.slice(item.start, item.end)).toBe(item.words);
    }
  }
});

it('duplicate headers are shown as ambiguous', async () => {
  const mail = await parseMail(
    Buffer.from('From: a@b.example\nFrom: c@d.example\nSubject: Re: x\n\nYes, send prices.'),
  );
  expect(readMail(mail, { now: NOW }).ambiguous).toEqual(['from']);
});
