import { describe, expect, it } from 'vitest';
import { cityIn } from '../../../shared/domain/city-words.ts';
import { type Instant, instant } from '../../../shared/domain/instant.ts';
import { parseSlotWish, resolveSlot, slotHorizon } from '../../../shared/domain/slot.ts';
import { SLOT_LANGUAGES, wordSlot } from '../../../shared/domain/slot-words.ts';
import { type Duty, loadDuty } from '../../../shared/domain/time/duty.ts';
import { localTime } from '../../../shared/domain/time/plan.ts';
import { someCalendar } from './time/some-calendar.ts';

const SEND = instant('2026-11-19T09:12:00Z');
const berlin = someCalendar({ zone: 'Europe/Berlin' });
const shenzhen = (over: Parameters<typeof loadDuty>[0] | object = {}): Promise<Duty> =>
  loadDuty({ zone: 'Asia/Shanghai', country: 'CN', eveningUntil: '22:00', ...over });
const slot = async (
  wish: string,
  over: {
    calendar?: typeof berlin;
    duty?: Duty;
    taken?: readonly Instant[];
    sendAt?: Instant;
  } = {},
) => {
  const parsed = parseSlotWish(wish);
  if (parsed === undefined) throw new Error(`no wish: ${wish}`);
  const duty = over.duty ?? (await shenzhen());
  return resolveSlot({ wish: parsed, sendAt: SEND, calendar: berlin, taken: [], ...over, duty });
};

describe('a wish', () => {
  it.each([
    ['tuesday 11:00', { weekday: 2, minute: 660 }],
    [' Friday 09:30 ', { weekday: 5, minute: 570 }],
    ['14:00', { minute: 840 }],
    ['someday 11:00', undefined],
    ['tuesday 25:00', undefined],
    ['tuesday 11:60', undefined],
    ['next tuesday at 11', undefined],
    ['', undefined],
  ])('written %j', (text, expected) => {
    expect(parseSlotWish(text)).toEqual(expected);
  });
});

describe('a slot', () => {
  it('is the hour that was asked for where it suits both', async () => {
    expect(await slot('tuesday 11:00')).toEqual({
      at: '2026-11-24T10:00:00.000Z',
      because: [{ rule: 'slot-asked' }],
    });
  });

  it('is at least two of their working days away', async () => {
    expect((await slot('friday 11:00'))?.at).toBe('2026-11-27T10:00:00.000Z');
    expect((await slot('11:00'))?.at).toBe('2026-11-23T10:00:00.000Z');
    const off = someCalendar({ zone: 'Europe/Berlin', off: ['2026-11-23'] });
    expect((await slot('11:00', { calendar: off }))?.at).toBe('2026-11-24T10:00:00.000Z');
  });

  it('moves to the nearest hour inside our evening, and says why', async () => {
    expect(await slot('tuesday 16:00')).toEqual({
      at: '2026-11-24T13:30:00.000Z',
      because: [
        { rule: 'slot-outside-our-hours', args: { at: '2026-11-24T15:00:00.000Z' } },
        { rule: 'slot-moved' },
      ],
    });
  });

  it('moves off their holiday to the nearest day', async () => {
    const calendar = someCalendar({ zone: 'Europe/Berlin', off: ['2026-11-24'] });
    const moved = await slot('tuesday 11:00', { calendar });
    expect(moved?.at).toBe('2026-11-23T10:00:00.000Z');
    expect(moved?.because.map((one) => one.rule)).toEqual(['public-holiday', 'slot-moved']);
  });

  it('is never offered twice, nor half an hour into another', async () => {
    const taken: Instant[] = [instant('2026-11-24T10:15:00Z')];
    const offered = new Set<string>();
    for (let n = 0; n < 60; n += 1) {
      const next = await slot('tuesday 11:00', { taken });
      if (next === undefined) break;
      expect(taken.every((one) => Math.abs(Date.parse(one) - Date.parse(next.at)) >= 1_800_000)).toBe(true);
      expect(offered.has(next.at)).toBe(false);
      offered.add(next.at);
      taken.push(next.at);
    }
    expect(offered.size).toBe(60);
    const [first] = [...offered];
    expect(first).toBe('2026-11-24T09:30:00.000Z');
  });

  it('meets Los Angeles in our morning after theirs has become evening', async () => {
    const calendar = someCalendar({ zone: 'America/Los_Angeles' });
    const duty = await shenzhen({ hours: { from: '07:30', to: '18:00' } });
    const found = await slot('tuesday 11:00', { calendar, duty });
    // 15:30 in Los Angeles is 07:30 of the next day in Shenzhen.
    expect(found?.at).toBe('2026-11-24T23:30:00.000Z');
  });

  it('says so where the two days never meet, and takes the hour nearest to ours', async () => {
    const calendar = someCalendar({ zone: 'America/Los_Angeles' });
    const found = await slot('tuesday 11:00', {
      calendar,
      duty: await shenzhen({ eveningUntil: undefined }),
    });
    expect(found?.because).toEqual([{ rule: 'slot-not-shared' }]);
    expect(found && localTime('America/Los_Angeles', found.at)).toBe('16:30');
  });

  it('stands on the half hours of UTC, whatever the zone', async () => {
    const calendar = someCalendar({ zone: 'Asia/Kathmandu', country: 'NP' });
    const found = await slot('tuesday 11:00', { calendar });
    expect(found && Date.parse(found.at) % 1_800_000).toBe(0);
    expect(found && localTime('Asia/Kathmandu', found.at)).toBe('10:45');
  });

  it('is nowhere to be had when six weeks are full', async () => {
    const { from, to } = slotHorizon(SEND);
    const taken: Instant[] = [];
    for (let ms = Date.parse(from); ms < Date.parse(to); ms += 1_800_000) taken.push(instant(ms));
    expect(await slot('tuesday 11:00', { taken })).toBeUndefined();
  });
});

describe('a slot in words', () => {
  const at = instant('2026-11-24T13:30:00Z');
  it.each([
    ['en', 'Tuesday, November 24 at 2:30 pm (Berlin time)'],
    ['zh', '11月24日星期二14:30（柏林时间）'],
    ['zh-TW', '11月24日星期二14:30（柏林時間）'],
    ['es', 'martes, 24 de noviembre a las 14:30 (hora de Berlín)'],
    ['pt-BR', 'terça-feira, 24 de novembro às 14:30 (hora de Berlim)'],
    ['fr', 'mardi 24 novembre à 14:30 (heure locale, Berlin)'],
    ['de', 'Dienstag, 24. November um 14:30 Uhr (Ortszeit Berlin)'],
    ['it', 'martedì 24 novembre alle 14:30 (ora di Berlino)'],
    ['nl', 'dinsdag 24 november om 14:30 uur (tijd in Berlijn)'],
    ['ru', 'вторник, 24 ноября в 14:30 (Берлин, местное время)'],
    ['pl', 'wtorek, 24 listopada o godz. 14:30 (Berlin, czas lokalny)'],
    ['tr', '24 Kasım Salı saat 14:30 (Berlin saatiyle)'],
    ['ar', 'الثلاثاء، 24 نوفمبر الساعة 14:30 (بتوقيت برلين)'],
    ['ja', '11月24日火曜日 14:30（ベルリン現地時間）'],
    ['ko', '11월 24일 화요일 14:30 (베를린 현지 시간)'],
    ['vi', 'Thứ Ba, 24 tháng 11 lúc 14:30 (giờ Berlin)'],
    ['sv', 'tisdag 24 november kl. 14:30 (Berlin, lokal tid)'],
  ])('of %s', (language, expected) => {
    expect(wordSlot(at, { zone: 'Europe/Berlin', language }).replace(/\s/g, ' ')).toBe(expected);
  });

  it('knows every language of the letters', () => {
    expect(SLOT_LANGUAGES).toHaveLength(17);
  });

  it.each([
    ['their own city', { zone: 'Europe/Berlin', city: 'Köln' }, 'Köln'],
    ['the zone’s city', { zone: 'America/Argentina/Buenos_Aires' }, 'Buenos Aires'],
    ['an accent that zone names lack', { zone: 'America/Sao_Paulo' }, 'São Paulo'],
    ['no city at all', { zone: 'Etc/GMT+12' }, 'GMT+12'],
    ['a city on two lines', { zone: 'Europe/Berlin', city: 'Bad\r\nBcc: x' }, 'Bad Bcc: x'],
  ])('names %s', (_, of, city) => {
    expect(wordSlot(at, { ...of, language: 'en' })).toContain(`(${city} time)`);
  });

  it.each([
    ['zh', { zone: 'Europe/Berlin' }, '柏林'],
    ['zh-TW', { zone: 'Europe/London', city: 'London' }, '倫敦'],
    ['es', { zone: 'Europe/London' }, 'Londres'],
    ['de', { zone: 'Asia/Shanghai' }, 'Peking'],
    ['ar', { zone: 'America/Sao_Paulo' }, 'ساو باولو'],
    ['ru', { zone: 'Asia/Calcutta' }, 'Индия'],
    ['pl', { zone: 'Europe/Berlin' }, 'Berlin'],
    ['zh', { zone: 'Asia/Kathmandu' }, 'Kathmandu'],
    ['de', { zone: 'Europe/Rome', city: 'Milano' }, 'Milano'],
  ])('says in %s the city of %j', (language, of, city) => {
    expect(wordSlot(at, { ...of, language })).toContain(city);
  });

  it('writes no city in another language’s letters', () => {
    const scripts = {
      ko: /\p{sc=Hangul}/u,
      ru: /\p{sc=Cyrillic}/u,
      ar: /\p{sc=Arabic}/u,
      ja: /[\p{sc=Katakana}\p{sc=Han}]/u,
    };
    for (const zone of Intl.supportedValuesOf('timeZone')) {
      for (const [language, script] of Object.entries(scripts)) {
        const name = cityIn(language, zone);
        expect(name === undefined || script.test(name), `${zone} ${language} ${name}`).toBe(true);
      }
      for (const language of ['es', 'pt', 'fr', 'de', 'it', 'nl', 'pl', 'tr', 'sv', 'vi'])
        expect(cityIn(language, zone) ?? 'Latin').toMatch(/^[\p{sc=Latin} .-]+$/u);
    }
  });

  it('falls back to English where the language is none', () => {
    expect(wordSlot(at, { zone: 'UTC', language: '!!' })).toBe('Tuesday, November 24 at 1:30 pm (UTC time)');
  });
});
