/** Where a person can be reached by chat: the application that their country uses, and a link where it has one. */
import { whatsappLink } from './reach-out.ts';

export type ChatApp = 'whatsapp' | 'wechat' | 'line' | 'kakaotalk' | 'zalo';

/** WhatsApp is blocked in mainland China and hardly used in these others; Hong Kong and Taiwan have their own codes. */
const BY_COUNTRY: Readonly<Record<string, ChatApp>> = {
  CN: 'wechat',
  JP: 'line',
  KR: 'kakaotalk',
  VN: 'zalo',
};

/** `country`: ISO 3166-1 alpha-2, upper case. */
export const chatAppFor = (country: string | undefined): ChatApp => BY_COUNTRY[country ?? ''] ?? 'whatsapp';

/** `undefined`: the application finds people by hand only, from the address book. */
export function chatLink(app: ChatApp, e164: string, text: string): string | undefined {
  if (app === 'whatsapp') return whatsappLink(e164, text);
  // Zalo opens a chat by number but takes no words along.
  return app === 'zalo' ? `https://zalo.me/${e164.replace(/[^0-9]/g, '')}` : undefined;
}
