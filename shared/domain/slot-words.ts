/** A meeting hour as a person writes it: date, hour and city, in the letter's language. */
import { cityIn } from './city-words.ts';
import { epochMs, type Instant } from './instant.ts';
import { wallAt } from './time/wall.ts';

type SlotWords = { readonly locale: string; readonly text: string };

/** `{city}` stands where no grammar can bend it. Arabic dates keep Latin digits, as business mail does. */
const WORDS: Readonly<Record<string, SlotWords>> = {
  en: { locale: 'en', text: '{date} at {time} ({city} time)' },
  zh: { locale: 'zh-CN', text: '{date}{time}（{city}时间）' },
  'zh-Hant': { locale: 'zh-TW', text: '{date}{time}（{city}時間）' },
  es: { locale: 'es', text: '{date} a las {time} (hora de {city})' },
  pt: { locale: 'pt', text: '{date} às {time} (hora de {city})' },
  fr: { locale: 'fr', text: '{date} à {time} (heure locale, {city})' },
  de: { locale: 'de', text: '{date} um {time} Uhr (Ortszeit {city})' },
  it: { locale: 'it', text: '{date} alle {time} (ora di {city})' },
  nl: { locale: 'nl', text: '{date} om {time} uur (tijd in {city})' },
  ru: { locale: 'ru', text: '{date} в {time} ({city}, местное время)' },
  pl: { locale: 'pl', text: '{date} o godz. {time} ({city}, czas lokalny)' },
  tr: { locale: 'tr', text: '{date} saat {time} ({city} saatiyle)' },
  ar: { locale: 'ar-u-nu-latn', text: '{date} الساعة {time} (بتوقيت {city})' },
  ja: { locale: 'ja', text: '{date} {time}（{city}現地時間）' },
  ko: { locale: 'ko', text: '{date} {time} ({city} 현지 시간)' },
  vi: { locale: 'vi', text: '{date} lúc {time} (giờ {city})' },
  sv: { locale: 'sv', text: '{date} kl. {time} ({city}, lokal tid)' },
};

/** Zones whose name is no longer, or not quite, what the city is called. */
const CITIES: Readonly<Record<string, string>> = {
  'America/Asuncion': 'Asunción',
  'America/Bogota': 'Bogotá',
  'America/Sao_Paulo': 'São Paulo',
  'Asia/Ho_Chi_Minh': 'Ho Chi Minh City',
  'Asia/Saigon': 'Ho Chi Minh City',
  'Asia/Calcutta': 'Kolkata',
  'Asia/Kolkata': 'India',
  'Asia/Shanghai': 'Beijing',
  'America/Mexico_City': 'Mexico City',
  UTC: 'UTC',
};

const NAME_CHARS_MAX = 60;

/** The languages that letters are written in; any other is worded in English. */
export const SLOT_LANGUAGES: readonly string[] = Object.keys(WORDS);

/** `Tuesday, November 24 at 11:00 am (Berlin time)`. `city` is the contact's own; else the zone names one. */
export function wordSlot(at: Instant, of: { zone: string; city?: string; language: string }): string {
  const key = keyOf(of.language);
  const words = WORDS[key] ?? (WORDS.en as SlotWords);
  const date = new Intl.DateTimeFormat(words.locale, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    timeZone: of.zone,
  }).format(epochMs(at));
  const { minute } = wallAt(of.zone, epochMs(at));
  const parts: Readonly<Record<string, string>> = {
    date,
    time: words.locale === 'en' ? twelveHours(minute) : twentyFourHours(minute),
    city: cityOf(of.zone, of.city, key),
  };
  return words.text.replace(/\{(date|time|city)\}/g, (_, name: string) => parts[name] ?? '');
}

function keyOf(language: string): string {
  try {
    const locale = new Intl.Locale(language).maximize();
    return locale.language === 'zh' && locale.script === 'Hant' ? 'zh-Hant' : locale.language;
  } catch {
    // ECMA-402 answers what is no language tag in no other way.
    return 'en';
  }
}

/** One line, because it stands in the middle of a sentence. Their own city as they write it, unless it is the zone's. */
function cityOf(zone: string, city: string | undefined, key: string): string {
  const own = city
    ?.replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim()
    .slice(0, NAME_CHARS_MAX);
  const english = englishCity(zone);
  if (own && own.toLowerCase() !== english.toLowerCase()) return own;
  return cityIn(key, zone) ?? own ?? english;
}

/** `Asia/Kathmandu` → `Kathmandu`. */
function englishCity(zone: string): string {
  const named = CITIES[zone];
  if (named !== undefined) return named;
  if (/^Etc\/|^[A-Z]{3}$/.test(zone)) return zone.replace('Etc/', '');
  return (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ');
}

const twoDigits = (n: number): string => String(n).padStart(2, '0');
const twentyFourHours = (minute: number): string =>
  `${twoDigits(Math.floor(minute / 60))}:${twoDigits(minute % 60)}`;
const twelveHours = (minute: number): string => {
  const hour = Math.floor(minute / 60);
  return `${((hour + 11) % 12) + 1}:${twoDigits(minute % 60)} ${hour < 12 ? 'am' : 'pm'}`;
};
