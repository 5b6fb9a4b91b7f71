/**
 * The words that stand below a letter's own text, in the letter's language: the opt-out sentence, the line above a
 * quoted letter (worded as the common mail clients do, so that every reader's client folds it), the phone label.
 */
import { remembered } from '../remembered.ts';
import { languageOr } from './scope.ts';

export type LetterWords = {
  /** BCP 47, for dates. */
  readonly locale: string;
  /** Promises no more than the page keeps: the link shows a button, and only the button acts. */
  readonly optOut: string;
  /** `{name}` is `Jane Doe <jane@acme.example>`. */
  readonly wrote: string;
  readonly phone: string;
};

const WORDS = {
  en: {
    locale: 'en',
    optOut: 'If you would rather not hear from me again, please tell me here:',
    wrote: 'On {date} at {time}, {name} wrote:',
    phone: 'Phone',
  },
  zh: {
    locale: 'zh-CN',
    optOut: '如果您不希望再收到我的来信，请在这里告诉我：',
    wrote: '{name} 于{date} {time}写道：',
    phone: '电话',
  },
  'zh-Hant': {
    locale: 'zh-TW',
    optOut: '如果您不希望再收到我的來信，請在這裡告訴我：',
    wrote: '{name} 於 {date} {time}寫道：',
    phone: '電話',
  },
  es: {
    locale: 'es',
    optOut: 'Si prefiere no recibir más mensajes míos, indíquelo aquí:',
    wrote: 'El {date} a las {time}, {name} escribió:',
    phone: 'Tel.',
  },
  pt: {
    locale: 'pt',
    optOut: 'Se preferir não receber mais mensagens minhas, indique-o aqui:',
    wrote: 'Em {date} às {time}, {name} escreveu:',
    phone: 'Tel.',
  },
  fr: {
    locale: 'fr',
    optOut: 'Si vous ne souhaitez plus recevoir de messages de ma part, dites-le-moi ici :',
    wrote: 'Le {date} à {time}, {name} a écrit :',
    phone: 'Tél.',
  },
  de: {
    locale: 'de',
    optOut: 'Wenn Sie keine weiteren Nachrichten von mir wünschen, sagen Sie es mir bitte hier:',
    wrote: 'Am {date} um {time} schrieb {name}:',
    phone: 'Tel.',
  },
  it: {
    locale: 'it',
    optOut: 'Se preferisce non ricevere altri messaggi da parte mia, lo indichi qui:',
    wrote: 'Il giorno {date} alle {time}, {name} ha scritto:',
    phone: 'Tel.',
  },
  nl: {
    locale: 'nl',
    optOut: 'Als u liever geen berichten meer van mij ontvangt, laat het mij hier weten:',
    wrote: 'Op {date} om {time} schreef {name}:',
    phone: 'Tel.',
  },
  ru: {
    locale: 'ru',
    optOut: 'Если вы не хотите больше получать от меня письма, сообщите об этом здесь:',
    wrote: '{date} в {time}, {name} пишет:',
    phone: 'Тел.',
  },
  pl: {
    locale: 'pl',
    optOut: 'Jeśli nie chcą Państwo otrzymywać ode mnie kolejnych wiadomości, proszę dać znać tutaj:',
    wrote: '{date} o {time} {name} napisał(a):',
    phone: 'Tel.',
  },
  tr: {
    locale: 'tr',
    optOut: 'Benden başka ileti almak istemiyorsanız lütfen buradan bildirin:',
    wrote: '{name}, {date} {time} tarihinde şunu yazdı:',
    phone: 'Tel.',
  },
  ar: {
    locale: 'ar-u-nu-latn',
    optOut: 'إذا كنت لا ترغب في تلقي رسائل أخرى مني، يرجى إبلاغي من هنا:',
    wrote: 'في {date} الساعة {time} تمت كتابة ما يلي بواسطة {name}:',
    phone: 'هاتف',
  },
  ja: {
    locale: 'ja',
    optOut: '今後のご連絡が不要でしたら、こちらからお知らせください：',
    wrote: '{date} {time} {name}:',
    phone: '電話',
  },
  ko: {
    locale: 'ko',
    optOut: '앞으로 메일을 원하지 않으시면 여기에서 알려 주세요:',
    wrote: '{date} {time}, {name}님이 작성:',
    phone: '전화',
  },
  vi: {
    locale: 'vi',
    optOut: 'Nếu Quý vị không muốn nhận thêm thư từ tôi, xin cho biết tại đây:',
    wrote: 'Vào {date} lúc {time}, {name} đã viết:',
    phone: 'ĐT',
  },
  sv: {
    locale: 'sv',
    optOut: 'Om du inte vill få fler meddelanden från mig, meddela mig gärna här:',
    wrote: 'Den {date} kl. {time} skrev {name}:',
    phone: 'Tel.',
  },
} as const satisfies Record<string, LetterWords>;

export const LETTER_LANGUAGES: readonly string[] = Object.keys(WORDS);

/** The words of `language`, regional tags included; English for a language that we cannot write. */
export function letterWords(language: string): LetterWords {
  const locale = likelyLocale(language);
  const key = locale.language === 'zh' && locale.script === 'Hant' ? 'zh-Hant' : locale.language;
  return Object.hasOwn(WORDS, key) ? WORDS[key as keyof typeof WORDS] : WORDS.en;
}

const RIGHT_TO_LEFT = new Set(['Arab', 'Hebr', 'Thaa', 'Syrc']);

export const directionOf = (language: string): 'ltr' | 'rtl' =>
  RIGHT_TO_LEFT.has(likelyLocale(language).script ?? '') ? 'rtl' : 'ltr';

/** With the script and the region that the language is most likely written in. */
const likelyLocale = remembered((language) => new Intl.Locale(languageOr(language, 'en')).maximize());
