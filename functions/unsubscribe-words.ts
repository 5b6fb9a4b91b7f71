/** The opt-out page in the languages of the letters; chosen by the browser's, English for all others. */

export type PageWords = {
  readonly title: string;
  readonly ask: string;
  readonly button: string;
  readonly done: string;
  /** A forged, cut or mistyped link. */
  readonly unknown: string;
};

const WORDS: Readonly<Record<string, PageWords>> = {
  en: {
    title: 'Stop these letters',
    ask: 'Would you like to receive no more letters from us?',
    button: 'No more letters, please',
    done: 'Done. We will not write to you again.',
    unknown: 'This link is not complete. Please open the whole link from the letter, or simply answer it.',
  },
  zh: {
    title: '停止来信',
    ask: '您希望不再收到我们的来信吗？',
    button: '请不要再来信',
    done: '已完成。我们不会再给您写信。',
    unknown: '链接不完整。请打开信中的完整链接，或直接回复该信。',
  },
  'zh-Hant': {
    title: '停止來信',
    ask: '您希望不再收到我們的來信嗎？',
    button: '請不要再來信',
    done: '已完成。我們不會再給您寫信。',
    unknown: '連結不完整。請開啟信中的完整連結，或直接回覆該信。',
  },
  es: {
    title: 'No recibir más cartas',
    ask: '¿Desea no recibir más mensajes nuestros?',
    button: 'No quiero recibir más',
    done: 'Hecho. No volveremos a escribirle.',
    unknown: 'El enlace no está completo. Abra el enlace entero del mensaje o simplemente respóndalo.',
  },
  pt: {
    title: 'Não receber mais mensagens',
    ask: 'Deseja não receber mais mensagens nossas?',
    button: 'Não quero receber mais',
    done: 'Feito. Não voltaremos a escrever-lhe.',
    unknown: 'A ligação não está completa. Abra a ligação inteira da mensagem ou simplesmente responda.',
  },
  fr: {
    title: 'Ne plus recevoir nos messages',
    ask: 'Souhaitez-vous ne plus recevoir de messages de notre part ?',
    button: 'Ne plus m’écrire',
    done: 'C’est fait. Nous ne vous écrirons plus.',
    unknown: 'Ce lien n’est pas complet. Ouvrez le lien entier du message, ou répondez-y simplement.',
  },
  de: {
    title: 'Keine weiteren Nachrichten',
    ask: 'Möchten Sie keine Nachrichten mehr von uns erhalten?',
    button: 'Bitte keine Nachrichten mehr',
    done: 'Erledigt. Wir schreiben Ihnen nicht mehr.',
    unknown:
      'Dieser Link ist nicht vollständig. Öffnen Sie den ganzen Link aus der Nachricht, oder antworten Sie einfach.',
  },
  it: {
    title: 'Non ricevere più messaggi',
    ask: 'Desidera non ricevere più nostri messaggi?',
    button: 'Non scrivetemi più',
    done: 'Fatto. Non le scriveremo più.',
    unknown: 'Il link non è completo. Apra il link intero del messaggio o risponda semplicemente.',
  },
  nl: {
    title: 'Geen berichten meer',
    ask: 'Wilt u geen berichten meer van ons ontvangen?',
    button: 'Geen berichten meer, graag',
    done: 'Klaar. Wij schrijven u niet meer.',
    unknown: 'Deze link is niet volledig. Open de hele link uit het bericht, of beantwoord het gewoon.',
  },
  ru: {
    title: 'Больше не получать писем',
    ask: 'Вы хотите больше не получать от нас писем?',
    button: 'Больше не писать мне',
    done: 'Готово. Мы больше не будем вам писать.',
    unknown: 'Ссылка неполная. Откройте ссылку из письма целиком или просто ответьте на письмо.',
  },
  pl: {
    title: 'Nie otrzymywać wiadomości',
    ask: 'Czy nie chcą Państwo otrzymywać od nas więcej wiadomości?',
    button: 'Proszę więcej nie pisać',
    done: 'Gotowe. Nie będziemy więcej pisać.',
    unknown:
      'Link jest niekompletny. Proszę otworzyć cały link z wiadomości lub po prostu na nią odpowiedzieć.',
  },
  tr: {
    title: 'İleti almayı durdur',
    ask: 'Bizden artık ileti almak istemiyor musunuz?',
    button: 'Lütfen artık yazmayın',
    done: 'Tamam. Size bir daha yazmayacağız.',
    unknown: 'Bağlantı eksik. Lütfen iletideki bağlantının tamamını açın ya da iletiyi yanıtlayın.',
  },
  ar: {
    title: 'إيقاف الرسائل',
    ask: 'هل ترغب في عدم تلقي رسائل أخرى منا؟',
    button: 'لا أريد رسائل أخرى',
    done: 'تم. لن نكتب إليك مرة أخرى.',
    unknown: 'الرابط غير مكتمل. يرجى فتح الرابط كاملاً من الرسالة أو الرد عليها.',
  },
  ja: {
    title: '配信の停止',
    ask: '今後のメールを停止しますか？',
    button: '今後のメールを停止する',
    done: '停止しました。今後はお送りしません。',
    unknown: 'リンクが不完全です。メールのリンク全体を開くか、そのままご返信ください。',
  },
  ko: {
    title: '수신 중지',
    ask: '더 이상 메일을 받지 않으시겠습니까?',
    button: '더 이상 받지 않겠습니다',
    done: '처리되었습니다. 다시 메일을 보내지 않겠습니다.',
    unknown: '링크가 완전하지 않습니다. 메일의 전체 링크를 열거나 그대로 답장해 주세요.',
  },
  vi: {
    title: 'Ngừng nhận thư',
    ask: 'Quý vị không muốn nhận thư từ chúng tôi nữa?',
    button: 'Xin đừng gửi thư nữa',
    done: 'Đã xong. Chúng tôi sẽ không viết thư cho Quý vị nữa.',
    unknown: 'Liên kết không đầy đủ. Xin mở toàn bộ liên kết trong thư, hoặc trả lời thư.',
  },
  sv: {
    title: 'Inga fler meddelanden',
    ask: 'Vill du inte få fler meddelanden från oss?',
    button: 'Inga fler meddelanden, tack',
    done: 'Klart. Vi skriver inte till dig igen.',
    unknown: 'Länken är inte hel. Öppna hela länken från meddelandet, eller svara på det.',
  },
};

const HEADER_CHARS_MAX = 200;
const TRADITIONAL = /^zh-(?:hant|tw|hk|mo)/;

/** By the order of `Accept-Language`; its weights are in that order in every browser. */
export function pageWords(acceptLanguage: string): { readonly language: string; readonly words: PageWords } {
  const tags = acceptLanguage.slice(0, HEADER_CHARS_MAX).toLowerCase().split(',');
  for (const tag of tags.map((one) => one.split(';')[0]?.trim() ?? '')) {
    const language = TRADITIONAL.test(tag) ? 'zh-Hant' : (tag.split('-')[0] ?? '');
    const words = Object.hasOwn(WORDS, language) ? WORDS[language] : undefined;
    if (words) return { language, words };
  }
  return { language: 'en', words: WORDS.en as PageWords };
}
