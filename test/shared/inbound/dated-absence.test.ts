/** A date between "I am" and "on leave" must not hide the leave, in any language. */
import { expect, it } from 'vitest';
import { readMail } from '../../../shared/inbound/read-mail.ts';
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
