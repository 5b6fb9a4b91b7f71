/** The sentences of the chat paragraph in the languages in which letters are written. Polite forms throughout. */

export type ParagraphWords = {
  readonly locale: string;
  readonly hello: (name: string | undefined) => string;
  readonly who: (name: string, company: string) => string;
  /** One date for each letter, oldest first; at least one. */
  readonly wrote: (dates: readonly string[], subject: string) => string;
  readonly ask: string;
  /** Ends a sentence that its writer left open. */
  readonly stop: string;
  readonly between: string;
};

type Frame = {
  readonly locale: string;
  /** With `{name}`, and without a name. */
  readonly hello: readonly [named: string, nameless: string];
  /** `{name}`, `{company}`. */
  readonly who: string;
  /** `{first}`, `{subject}`, and `{later}` where there was more than one letter. */
  readonly once: string;
  readonly again: string;
  readonly and: string;
  readonly ask: string;
  readonly stop?: string;
  readonly between?: string;
};

const FRAMES: Readonly<Record<string, Frame>> = {
  en: {
    locale: 'en-GB',
    hello: ['Hello {name},', 'Hello,'],
    who: 'this is {name} of {company}.',
    once: 'I wrote to you by mail on {first} (“{subject}”).',
    again: 'I wrote to you by mail on {first} (“{subject}”) and again on {later}.',
    and: ' and ',
    ask: 'Would it suit you to talk about it here?',
  },
  zh: {
    locale: 'zh-CN',
    hello: ['{name}，您好！', '您好！'],
    who: '我是{company}的{name}。',
    once: '我于{first}给您发过邮件（“{subject}”）。',
    again: '我于{first}给您发过邮件（“{subject}”），{later}又跟进过。',
    and: '、',
    ask: '请问方便在这里聊聊吗？',
    stop: '。',
    between: '',
  },
  ja: {
    locale: 'ja-JP',
    hello: ['{name}様、', 'はじめまして。'],
    who: '{company}の{name}と申します。',
    once: '{first}にメールをお送りしました（「{subject}」）。',
    again: '{first}にメール（「{subject}」）を、{later}に改めてご連絡いたしました。',
    and: '、',
    ask: 'こちらでお話しさせていただいてもよろしいでしょうか。',
    stop: '。',
    between: '',
  },
  ko: {
    locale: 'ko-KR',
    hello: ['{name}님, 안녕하세요.', '안녕하세요.'],
    who: '{company}의 {name}입니다.',
    once: '{first}에 메일을 드렸습니다(“{subject}”).',
    again: '{first}에 메일(“{subject}”)을 드렸고 {later}에 다시 연락드렸습니다.',
    and: ', ',
    ask: '여기에서 말씀을 나눠도 괜찮으실까요?',
  },
  vi: {
    locale: 'vi-VN',
    hello: ['Xin chào {name},', 'Xin chào,'],
    who: 'tôi là {name} của {company}.',
    once: 'Tôi đã gửi email cho anh/chị vào {first} (“{subject}”).',
    again: 'Tôi đã gửi email cho anh/chị vào {first} (“{subject}”) và một lần nữa vào {later}.',
    and: ' và ',
    ask: 'Anh/chị có tiện trao đổi ở đây không?',
  },
  es: {
    locale: 'es-ES',
    hello: ['Hola, {name}:', 'Buenos días:'],
    who: 'soy {name}, de {company}.',
    once: 'Le escribí por correo el {first} («{subject}»).',
    again: 'Le escribí por correo el {first} («{subject}») y de nuevo el {later}.',
    and: ' y el ',
    ask: '¿Le vendría bien que lo hablemos por aquí?',
  },
  pt: {
    locale: 'pt-PT',
    hello: ['Olá, {name}!', 'Olá!'],
    who: 'Sou {name}, da {company}.',
    once: 'Escrevi-lhe por e-mail em {first} (“{subject}”).',
    again: 'Escrevi-lhe por e-mail em {first} (“{subject}”) e novamente em {later}.',
    and: ' e em ',
    ask: 'Podemos conversar por aqui?',
  },
  fr: {
    locale: 'fr-FR',
    hello: ['Bonjour {name},', 'Bonjour,'],
    who: 'je suis {name}, de {company}.',
    once: 'Je vous ai écrit par e-mail le {first} (« {subject} »).',
    again: 'Je vous ai écrit par e-mail le {first} (« {subject} »), puis le {later}.',
    and: ' et le ',
    ask: 'Vous conviendrait-il d’en parler ici ?',
  },
  de: {
    locale: 'de-DE',
    hello: ['Guten Tag {name},', 'Guten Tag,'],
    who: 'hier ist {name} von {company}.',
    once: 'Ich habe Ihnen am {first} eine E-Mail geschrieben („{subject}“).',
    again: 'Ich habe Ihnen am {first} eine E-Mail geschrieben („{subject}“) und noch einmal am {later}.',
    and: ' und am ',
    ask: 'Wäre es Ihnen recht, hier kurz darüber zu sprechen?',
  },
  it: {
    locale: 'it-IT',
    hello: ['Buongiorno {name},', 'Buongiorno,'],
    who: 'sono {name} di {company}.',
    once: 'Le ho scritto per e-mail il {first} («{subject}»).',
    again: 'Le ho scritto per e-mail il {first} («{subject}») e di nuovo il {later}.',
    and: ' e il ',
    ask: 'Le andrebbe di parlarne qui?',
  },
  nl: {
    locale: 'nl-NL',
    hello: ['Goedendag {name},', 'Goedendag,'],
    who: 'u spreekt met {name} van {company}.',
    once: 'Ik heb u op {first} een e-mail gestuurd (“{subject}”).',
    again: 'Ik heb u op {first} een e-mail gestuurd (“{subject}”) en nog eens op {later}.',
    and: ' en op ',
    ask: 'Schikt het u om hier even verder te praten?',
  },
  sv: {
    locale: 'sv-SE',
    hello: ['Hej {name},', 'Hej,'],
    who: 'det här är {name} från {company}.',
    once: 'Jag skrev till er via e-post den {first} (”{subject}”).',
    again: 'Jag skrev till er via e-post den {first} (”{subject}”) och igen den {later}.',
    and: ' och den ',
    ask: 'Passar det att vi talar om det här?',
  },
  pl: {
    locale: 'pl-PL',
    hello: ['Dzień dobry,', 'Dzień dobry,'],
    who: 'tu {name} z {company}.',
    once: 'Wiadomość e-mail wysłałem/-am {first} („{subject}”).',
    again: 'Wiadomość e-mail wysłałem/-am {first} („{subject}”) i ponownie {later}.',
    and: ' oraz ',
    ask: 'Czy możemy porozmawiać o tym tutaj?',
  },
  ru: {
    locale: 'ru-RU',
    hello: ['{name}, здравствуйте!', 'Здравствуйте!'],
    who: 'Это {name}, компания {company}.',
    once: 'Письмо было отправлено вам {first} («{subject}»).',
    again: 'Письмо было отправлено вам {first} («{subject}») и ещё раз {later}.',
    and: ' и ',
    ask: 'Удобно ли вам обсудить это здесь?',
  },
  tr: {
    locale: 'tr-TR',
    hello: ['Merhaba {name},', 'Merhaba,'],
    who: 'ben {company} şirketinden {name}.',
    once: 'Size {first} tarihinde e-posta yazdım (“{subject}”).',
    again: 'Size {first} tarihinde e-posta yazdım (“{subject}”) ve {later} tarihinde yeniden yazdım.',
    and: ' ve ',
    ask: 'Buradan görüşmemiz sizin için uygun mu?',
  },
  ar: {
    locale: 'ar-EG',
    hello: ['مرحبًا {name}،', 'مرحبًا،'],
    who: 'معكم {name} من {company}.',
    once: 'أرسلت إليكم بريدًا إلكترونيًا في {first} («{subject}»).',
    again: 'أرسلت إليكم بريدًا إلكترونيًا في {first} («{subject}») ثم مرة أخرى في {later}.',
    and: ' و',
    ask: 'هل يناسبكم أن نتحدث هنا؟',
  },
};

/** `language`: the primary subtag, such as `pt`; English where it has no sentences here. */
export function paragraphWords(language: string): ParagraphWords {
  const frame = FRAMES[language] ?? (FRAMES.en as Frame);
  const { locale, hello, who, once, again, and, ask, stop = '.', between = ' ' } = frame;
  return {
    locale,
    hello: (name) => (name === undefined ? hello[1] : filled(hello[0], { name })),
    // "Acme Inc.." would stop twice.
    who: (name, company) => filled(who, { name, company }).replace(/\.\.$/u, '.'),
    wrote: ([first = '', ...later], subject) =>
      later.length === 0
        ? filled(once, { first, subject })
        : filled(again, { first, subject, later: later.join(and) }),
    ask,
    stop,
    between,
  };
}

const filled = (text: string, values: Readonly<Record<string, string>>): string =>
  text.replace(/\{([a-z]+)\}/gu, (whole, name: string) => values[name] ?? whole);

export const PARAGRAPH_LANGUAGES: readonly string[] = Object.keys(FRAMES);
