import { describe, expect, it } from 'vitest';
import { instant } from '../../../../shared/domain/instant.ts';
import { isKnownCountry } from '../../../../shared/domain/time/calendar.ts';
import { CITY_NAMES } from '../../../../shared/domain/time/city-names.ts';
import { zonesOf } from '../../../../shared/domain/time/country-zones.ts';
import { isKnownZone, type KnownPlace, resolveZone } from '../../../../shared/domain/time/zone.ts';

const WINTER = instant('2026-01-15T10:00:00Z');
const SUMMER = instant('2026-07-15T10:00:00Z');
const mail = (minutes: number, on = WINTER) => ({ mailOffsetMinutes: { minutes, on } });

const cases: readonly [string, Omit<KnownPlace, 'senderZone'>, string, string][] = [
  ['a given zone wins over all', { zone: 'Asia/Tokyo', country: 'DE', ...mail(60) }, 'Asia/Tokyo', 'given'],
  [
    'a given zone that does not exist is no evidence',
    { zone: 'Mars/Base', country: 'DE' },
    'Europe/Berlin',
    'country',
  ],

  ['winter mail at -0800', { country: 'US', ...mail(-480) }, 'America/Los_Angeles', 'learnt-from-mail'],
  ['summer mail at -0400', { country: 'US', ...mail(-240, SUMMER) }, 'America/New_York', 'learnt-from-mail'],
  [
    'summer mail at -0500 is Chicago, not New York',
    { country: 'US', ...mail(-300, SUMMER) },
    'America/Chicago',
    'learnt-from-mail',
  ],
  ['winter mail at -0700 is Denver', { country: 'US', ...mail(-420) }, 'America/Denver', 'learnt-from-mail'],
  [
    'but Phoenix if the city says so',
    { country: 'US', city: 'Phoenix', ...mail(-420) },
    'America/Phoenix',
    'learnt-from-mail',
  ],
  [
    'mail outranks the city',
    { country: 'US', city: 'New York', ...mail(-480) },
    'America/Los_Angeles',
    'learnt-from-mail',
  ],
  [
    'mail outranks the phone',
    { phones: ['+493012345678'], ...mail(60) },
    'Europe/Berlin',
    'learnt-from-mail',
  ],
  [
    'an offset that their country has not says nothing',
    { country: 'DE', ...mail(480) },
    'Europe/Berlin',
    'country',
  ],
  ['+0000 says nothing in Brazil', { country: 'BR', ...mail(0) }, 'America/Sao_Paulo', 'country-assumed'],
  ['+0000 is London in winter', { country: 'GB', ...mail(0) }, 'Europe/London', 'learnt-from-mail'],
  [
    '+0000 is not the Azores in summer',
    { country: 'PT', ...mail(0, SUMMER) },
    'Europe/Lisbon',
    'country-assumed',
  ],
  ['an offset without a country says nothing', mail(60), 'Asia/Shanghai', 'sender'],
  ['mail at +0545', { country: 'NP', ...mail(345) }, 'Asia/Kathmandu', 'learnt-from-mail'],

  ['a number of a one-zone country', { phones: ['+4915123456789'] }, 'Europe/Berlin', 'phone-region'],
  [
    'a number that agrees with the country',
    { country: 'KR', phones: ['+821012345678'] },
    'Asia/Seoul',
    'phone-region',
  ],
  [
    'an Indian mobile in Dubai says nothing',
    { country: 'AE', phones: ['+919812345678'] },
    'Asia/Dubai',
    'country',
  ],
  [
    'an Austrian fixed line outranks the country of the head office',
    { country: 'DE', phones: ['+43151234567'] },
    'Europe/Vienna',
    'phone-region',
  ],
  [
    'a number of a country with many zones gives only the country',
    { phones: ['+12125550123'] },
    'America/New_York',
    'country-assumed',
  ],
  [
    'and the city then its zone',
    { phones: ['+12125550123'], city: 'Seattle' },
    'America/Los_Angeles',
    'city',
  ],
  ['what is no number is passed over', { country: 'FR', phones: ['12', 'x', ''] }, 'Europe/Paris', 'country'],

  ['a state by its code', { country: 'US', region: 'TX' }, 'America/Chicago', 'city'],
  ['a state by its ISO code', { country: 'US', region: 'US-WA' }, 'America/Los_Angeles', 'city'],
  ['the same code in Australia', { country: 'AU', region: 'WA' }, 'Australia/Perth', 'city'],
  ['a state by its name', { country: 'BR', region: 'amazonas' }, 'America/Manaus', 'city'],
  ['a province', { country: 'CA', region: 'British Columbia' }, 'America/Vancouver', 'city'],
  [
    'a city across its state line',
    { country: 'US', region: 'Texas', city: 'El Paso' },
    'America/Denver',
    'city',
  ],
  [
    'a state before a namesake elsewhere',
    { country: 'US', region: 'ME', city: 'Portland' },
    'America/New_York',
    'city',
  ],
  ['a city with accents', { country: 'MX', city: 'CANCÚN' }, 'America/Cancun', 'city'],
  ['a city on an island', { country: 'ES', city: 'Las Palmas' }, 'Atlantic/Canary', 'city'],
  [
    'a city of another country says nothing',
    { country: 'US', city: 'Berlin' },
    'America/New_York',
    'country-assumed',
  ],
  ['a city without a country', { city: '深圳' }, 'Asia/Shanghai', 'city'],
  ['a Chinese name of two cities', { city: '圣地亚哥' }, 'Asia/Shanghai', 'sender'],
  ['and with its country', { country: 'US', city: '圣地亚哥' }, 'America/Los_Angeles', 'city'],
  ['a city that two countries have', { city: 'San José' }, 'Asia/Shanghai', 'sender'],

  ['a country with one zone', { country: 'PL' }, 'Europe/Warsaw', 'country'],
  ['a country whose zones show one time', { country: 'AR' }, 'America/Argentina/Buenos_Aires', 'country'],
  ['China, which has one legal time', { country: 'CN' }, 'Asia/Shanghai', 'country'],
  ['India by its name of today', { country: 'IN' }, 'Asia/Kolkata', 'country'],
  ['Russia: Moscow, assumed', { country: 'RU' }, 'Europe/Moscow', 'country-assumed'],
  ['Australia: Sydney, assumed', { country: 'AU' }, 'Australia/Sydney', 'country-assumed'],
  ['a country nobody knows', { country: 'ZZ' }, 'Asia/Shanghai', 'sender'],
  ['a country in nonsense', { country: 'Germany' }, 'Asia/Shanghai', 'sender'],
  ['nothing at all', {}, 'Asia/Shanghai', 'sender'],
];

/** As people write their own city, and as a Chinese sheet writes it; none of them has a country beside it. */
const local: readonly [city: string, zone: string][] = [
  ['上海', 'Asia/Shanghai'],
  ['上海市', 'Asia/Shanghai'],
  ['São Paulo', 'America/Sao_Paulo'],
  ['圣保罗', 'America/Sao_Paulo'],
  ['München', 'Europe/Berlin'],
  ['Muenchen', 'Europe/Berlin'],
  ['慕尼黑', 'Europe/Berlin'],
  ['Москва', 'Europe/Moscow'],
  ['Новосибирск', 'Asia/Novosibirsk'],
  ['東京', 'Asia/Tokyo'],
  ['東京都', 'Asia/Tokyo'],
  ['横浜市', 'Asia/Tokyo'],
  ['서울특별시', 'Asia/Seoul'],
  ['دبي', 'Asia/Dubai'],
  ['الرياض', 'Asia/Riyadh'],
  ['Αθήνα', 'Europe/Athens'],
  ['תל אביב', 'Asia/Jerusalem'],
  ['मुंबई', 'Asia/Kolkata'],
  ['กรุงเทพฯ', 'Asia/Bangkok'],
  ['Hà Nội', 'Asia/Ho_Chi_Minh'],
  ['Київ', 'Europe/Kyiv'],
  ['İSTANBUL', 'Europe/Istanbul'],
  ['洛杉矶', 'America/Los_Angeles'],
];

describe('the zone of a prospect', () => {
  it.each(local)('who lives in %s is %s', (city, zone) => {
    expect(resolveZone({ city, senderZone: 'Africa/Lagos' })).toEqual({ zone, source: 'city' });
  });

  it('of every city of the tables exists, in its own country', () => {
    for (const [country, zones] of CITY_NAMES.flatMap((table) => Object.entries(table)))
      for (const zone of Object.keys(zones)) expect(zonesOf(country).zones, country).toContain(zone);
  });

  it.each(cases)('%s', (_, known, zone, source) => {
    expect(resolveZone({ ...known, senderZone: 'Asia/Shanghai' })).toEqual({ zone, source });
  });

  it('of every country with a business capital is a zone that exists', () => {
    const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
    const countries = letters.flatMap((a) => letters.map((b) => a + b)).filter(isKnownCountry);
    const without = countries.filter((country) => zonesOf(country).zones.length === 0);
    // Two uninhabited islands.
    expect(without).toEqual(['BV', 'HM']);
    for (const country of countries) expect(zonesOf(country).zones.every(isKnownZone), country).toBe(true);
  });
});

describe('a zone name', () => {
  it.each([
    'Europe/Berlin',
    'America/Argentina/Buenos_Aires',
    'Asia/Kolkata',
    'US/Eastern',
    'Etc/GMT+5',
    'UTC',
  ])('%s is known', (name) => expect(isKnownZone(name)).toBe(true));
  it.each(['EST', 'CET', '+01:00', 'Europe/Atlantis', '', 'Europe/', 'Berlin', `Europe/${'x'.repeat(60)}`])(
    '%s is not',
    (name) => expect(isKnownZone(name)).toBe(false),
  );
});
