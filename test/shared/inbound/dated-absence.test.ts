/** A date between "I am" and "on leave" must not hide the leave, in any language. */
import { describe, expect, it } from 'vitest';
import { readMail } from '../../../shared/inbound/read-mail.ts';
import type { Reading } from '../../../shared/inbound/reading.ts';
import { parseMail } from '../../../shared/parse-mail.ts';

it.each([
  ['de', 'Ich bin bis einschließlich Mittwoch, 2. Dezember 2026 im Urlaub.', '2026-12-03'],
  ['de', 'Ich bin vom 24.11. bis einschl. 2.12.2026 auf Dienstreise.', '2026-12-03'],
  [
    'en',
    'I will be from Tuesday, 24 November through Wednesday, 2 December 2026 out of the office.',
    '2026-12-03',
  ],
  ['en', 'I am, until Thursday, December 3rd, 2026, on annual leave.', '2026-12-03'],
  ['fr', "Je serai jusqu'au mercredi 2 décembre 2026 inclus en congés.", '2026-12-03'],
  ['fr', 'Je suis du mardi 24 novembre au mercredi 2 décembre 2026 en déplacement.', '2026-12-03'],
  [
    'es',
    'Estaré del martes 24 de noviembre al miércoles 2 de diciembre de 2026 de vacaciones.',
    '2026-12-03',
  ],
  [
    'pt',
    'Estarei de terça-feira, 24 de novembro, a quarta-feira, 2 de dezembro de 2026, de férias.',
    '2026-12-03',
  ],
  ['it', 'Sarò da martedì 24 novembre a mercoledì 2 dicembre 2026 in ferie.', '2026-12-03'],
  ['nl', 'Ik ben van dinsdag 24 november tot en met woensdag 2 december 2026 met vakantie.', '2026-12-03'],
  ['pl', 'Od 24 listopada do środy 2 grudnia 2026 r. włącznie będę na urlopie.', '2026-12-03'],
  ['pl', 'Będę od wtorku 24 listopada do środy 2 grudnia 2026 r. włącznie na urlopie.', '2026-12-03'],
  ['sv', 'Jag är från tisdag 24 november till och med onsdag 2 december 2026 på semester.', '2026-12-03'],
  ['ru', 'Я с 24 ноября по 2 декабря 2026 г. включительно в отпуске.', '2026-12-03'],
  ['tr', '24 Kasım 2026 - 2 Aralık 2026 tarihleri arasında yıllık izinde olacağım.', '2026-12-03'],
  ['zh', '我将于11月24日至12月2日出差，12月3日回到办公室。', '2026-12-03'],
  ['ja', '11月24日から12月2日まで出張しております。12月3日に出社いたします。', '2026-12-03'],
  ['ko', '11월 24일부터 12월 2일까지 출장으로 자리를 비웁니다.', '2026-12-03'],
  ['vi', 'Tôi sẽ từ ngày 24/11/2026 đến hết ngày 2/12/2026 đi công tác.', '2026-12-03'],
  ['ar', 'سأكون من 24 نوفمبر حتى 2 ديسمبر 2026 في إجازة، وأعود في 3 ديسمبر.', '2026-12-03'],
])('%s: %s', async (language, text, returnOn) => {
  const head = 'From: ana@acme.example\nAuto-Submitted: auto-replied\nSubject: Linen\n';
  const mail = await parseMail(Buffer.from(`${head}Content-Type: text/plain; charset=utf-8\n\n${text}\n`));
  const reading = readMail(mail, { now: '2026-11-23T12:00:00.000Z' });
  expect(reading).toMatchObject({
    kind: { value: 'absence' },
    language,
    absence: { value: { returnOn } },
  });
});

/** Written after the lexicons, to see what they miss. */
const OTHER_WORDS: readonly (readonly [language: string, text: string, returnOn: string])[] = [
  [
    'en',
    "Hi, I'm away on holiday and back at my desk on Tuesday 8 December. Jane (jane@acme.example) can help in the meantime.",
    '2026-12-08',
  ],
  [
    'en',
    'I have limited access to e-mail while attending the Canton Fair. I return December 3rd.',
    '2026-12-03',
  ],
  [
    'en',
    'Our offices will be closed December 24 through January 1 and reopen on January 4, 2027.',
    '2027-01-04',
  ],
  ['en', "Thanks for your email. I'm OOO Nov 25 - Nov 29.", '2026-11-30'],
  ['de', 'Ich bin in der Zeit vom 30.11. – 04.12.2026 nicht erreichbar.', '2026-12-05'],
  [
    'de',
    'Leider bin ich bis 30. November nicht am Platz. Ihre Mails werden nicht weitergeleitet.',
    '2026-11-30',
  ],
  ['de', 'Ich bin ab 1. Dezember wieder für Sie da.', '2026-12-01'],
  [
    'de',
    'Unser Unternehmen hat vom 23.12.2026 bis 06.01.2027 Betriebsferien. Ab dem 7.1. sind wir wieder für Sie da.',
    '2027-01-07',
  ],
  ['fr', 'Absente du bureau du 23/11 au 27/11/2026. De retour lundi 30 novembre.', '2026-11-30'],
  ['fr', 'Je suis en congé maternité. Pour toute demande, contactez Luc Perrin : luc@acme.example.', ''],
  ['fr', 'Notre société sera fermée pour congés du 24 décembre 2026 au 3 janvier 2027 inclus.', '2027-01-04'],
  ['es', 'Estoy fuera de la oficina y regresaré el próximo 2 de diciembre.', '2026-12-02'],
  [
    'es',
    'Actualmente me encuentro disfrutando de mis vacaciones; me reincorporaré el día 9 de diciembre.',
    '2026-12-09',
  ],
  ['pt', 'Encontro-me de férias até dia 4 de dezembro, inclusive.', '2026-12-05'],
  ['pt', 'Estou fora do escritório e retornarei no dia 02/12/2026.', '2026-12-02'],
  ['it', 'Sono in ferie fino al 4 dicembre compreso. Rientro il giorno 7.', '2026-12-05'],
  [
    'it',
    "L'ufficio resterà chiuso dal 24 dicembre al 6 gennaio. Riapriremo il 7 gennaio 2027.",
    '2027-01-07',
  ],
  ['nl', 'Ik ben afwezig en weer bereikbaar vanaf 1 december.', '2026-12-01'],
  ['nl', 'Wegens vakantie ben ik afwezig t/m 4 december 2026.', '2026-12-05'],
  ['sv', 'Jag är ledig och åter den 1 december.', '2026-12-01'],
  ['sv', 'Kontoret är stängt 23/12-6/1. Vi är tillbaka den 7 januari 2027.', '2027-01-07'],
  ['pl', 'Jestem na urlopie do 4.12.2026 włącznie.', '2026-12-05'],
  ['pl', 'W dniach 23-27 listopada jestem nieobecna. Wracam 30 listopada.', '2026-11-30'],
  ['ru', 'Я буду отсутствовать с 23.11.2026 по 27.11.2026. Выйду на работу 30.11.2026.', '2026-11-30'],
  [
    'ru',
    'Нахожусь в отпуске до 4 декабря включительно. По срочным вопросам: +7 912 345-67-89.',
    '2026-12-05',
  ],
  ['tr', "23-27 Kasım tarihleri arasında yurt dışında olacağım, 30 Kasım'da ofisteyim.", '2026-11-30'],
  ['tr', '4 Aralık 2026 tarihine kadar (dahil) izinliyim.', '2026-12-05'],
  ['ar', 'سأكون خارج المكتب من ٢٣ نوفمبر إلى ٢٧ نوفمبر ٢٠٢٦، وسأعود يوم ٣٠ نوفمبر.', '2026-11-30'],
  ['ar', 'أنا حاليا في إجازة وسأعود بتاريخ 2/12/2026.', '2026-12-02'],
  ['zh', '本人11月23日-27日在广州参加展会，30日回公司，期间邮件回复可能不及时。', '2026-11-30'],
  ['zh', '您好，我正在休产假，预计2027年3月1日返岗，紧急事务请联系陈小姐 13912345678。', '2027-03-01'],
  ['zh', '因春节放假，本公司于2月5日至2月12日休息，2月13日正式上班。', '2027-02-13'],
  ['zh', '您好！本人因公出國，12/1 回台灣，急事請洽陳經理 02-2345-6789。', '2026-12-01'],
  [
    'ja',
    '誠に勝手ながら、12月29日から1月4日まで休業とさせていただきます。1月5日より通常営業いたします。',
    '2027-01-05',
  ],
  ['ja', '本日より11月30日まで夏季休暇をいただいております。', '2026-12-01'],
  ['ko', '11/23(월)~11/27(금) 휴가로 부재중입니다. 11/30(월)부터 근무합니다.', '2026-11-30'],
  ['ko', '해외 출장으로 회신이 늦을 수 있습니다. 복귀일: 2026년 12월 1일', '2026-12-01'],
  ['vi', 'Tôi đang nghỉ phép đến hết ngày 04/12/2026 và đi làm lại ngày 07/12/2026.', '2026-12-07'],
  ['vi', 'Hiện tôi không ở văn phòng, sẽ quay lại ngày 1 tháng 12.', '2026-12-01'],
];

const COUNTRIES: Readonly<Record<string, string>> = {
  en: 'GB',
  zh: 'CN',
  ja: 'JP',
  ko: 'KR',
  vi: 'VN',
  ar: 'AE',
  sv: 'SE',
};

const readNote = async (headers: string, text: string, language: string): Promise<Reading> => {
  const head = `From: ana@acme.example\n${headers}Date: Mon, 23 Nov 2026 10:00:00 +0000\n`;
  const mail = await parseMail(Buffer.from(`${head}Content-Type: text/plain; charset=utf-8\n\n${text}\n`));
  const contactCountry = COUNTRIES[language] ?? language.toUpperCase();
  return readMail(mail, { now: '2026-11-23T12:00:00.000Z', contactCountry });
};

describe('a note in other words than the lexicon has', () => {
  it.each(OTHER_WORDS)('%s: %s', async (language, text, returnOn) => {
    const reading = await readNote('Subject: Linen\nAuto-Submitted: auto-replied\n', text, language);
    expect([reading.kind.value, reading.absence?.value.returnOn ?? '']).toEqual(['absence', returnOn]);
  });

  it.each(OTHER_WORDS)('from a person who asks something is a reply: %s: %s', async (language, text) => {
    const asked = `${text}\n\nCould you send me a price list before that?`;
    const reading = await readNote('Subject: Re: Linen\nIn-Reply-To: <ours@x>\n', asked, language);
    expect(reading.kind.value).toBe('reply');
  });
});
