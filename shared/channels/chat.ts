/**
 * Group robots of four chat services: what each takes, how it is signed, and how it says no. All answer 200 to things
 * that they have not taken, so the code in the body counts. Prospects' words go as plain text everywhere: a mention
 * such as `<!channel>` or `<at user_id="all">` in somebody's mail must ring nobody.
 */
import { createHmac } from 'node:crypto';
import type { PostAnswer } from '../domain/alert-message.ts';
import type { ChannelOf, ChatKind } from '../domain/channel.ts';
import { epochMs, type Instant, MINUTE, SECOND } from '../domain/instant.ts';
import { fitBytes } from './fit-bytes.ts';

export type ChatText = { readonly subject: string; readonly text: string; readonly link: string };
export type ChatPost = {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};
/** `why`: a code such as `errcode 45009`, never words of the answer. `waitMs`: they said not to come sooner. */
export type Taken = { readonly why: string; readonly waitMs?: number } | undefined;

/**
 * Half of what each allows, counted by the clock's own minute: then no minute of any kind has more than allowed.
 * WeCom and DingTalk 20 a minute (DingTalk shuts a robot up for ten minutes beyond that), Feishu 100, Slack one a second.
 */
export const TURNS_A_MINUTE: Readonly<Record<ChatKind, number>> = {
  wecom: 10,
  dingtalk: 10,
  feishu: 50,
  slack: 30,
};

/** WeCom: `text.content` up to 2,048 bytes. DingTalk: 20,000 bytes a body. Feishu: 20 KB. Slack cuts text at 40,000. */
const TEXT_BYTES_MAX: Readonly<Record<ChatKind, number>> = {
  wecom: 2_048,
  dingtalk: 6_000,
  feishu: 6_000,
  slack: 6_000,
};
/** Stands in every message: robots of DingTalk and Feishu may be set to let only messages with a certain word in. */
const KEYWORD = 'Relance';

/** The request for one message; `now` is what the signature is about, and good for an hour. */
export function chatPost(channel: ChannelOf<ChatKind>, said: ChatText, now: Instant): ChatPost {
  const headers = { 'content-type': 'application/json; charset=utf-8' };
  const { url, body } = REQUESTS[channel.kind](channel, said, now);
  return { url, headers, body: JSON.stringify(body) };
}

type Request = { readonly url: string; readonly body: unknown };
type Write = (channel: ChannelOf<ChatKind>, said: ChatText, now: Instant) => Request;

const REQUESTS: Readonly<Record<ChatKind, Write>> = {
  wecom: (channel, said) => ({
    url: channel.url,
    body: { msgtype: 'text', text: { content: wholeText(said, TEXT_BYTES_MAX.wecom) } },
  }),
  dingtalk: (channel, said, now) => ({
    url: channel.secret ? signedForDingtalk(channel.url, channel.secret, now) : channel.url,
    body: {
      msgtype: 'text',
      text: { content: wholeText(said, TEXT_BYTES_MAX.dingtalk) },
      at: { isAtAll: false },
    },
  }),
  feishu: (channel, said, now) => ({
    url: channel.url,
    body: {
      ...(channel.secret ? feishuSignature(channel.secret, now) : {}),
      // A post, because the elements of one are literal; the type "text" reads `<at …>` in whatever it is given.
      msg_type: 'post',
      content: {
        post: {
          zh_cn: {
            title: said.subject,
            content: [
              [{ tag: 'text', text: fitBytes(said.text, TEXT_BYTES_MAX.feishu) }],
              [{ tag: 'a', text: KEYWORD, href: said.link }],
            ],
          },
        },
      },
    },
  }),
  slack: (channel, said) => ({
    url: channel.url,
    body: {
      text: forSlack(wholeText(said, TEXT_BYTES_MAX.slack)),
      mrkdwn: false,
      unfurl_links: false,
      unfurl_media: false,
    },
  }),
};

function wholeText({ subject, text, link }: ChatText, bytesMax: number): string {
  const tail = `\n\n${KEYWORD}: ${link}`;
  return `${fitBytes(`${subject}\n\n${text.trimEnd()}`, bytesMax - Buffer.byteLength(tail))}${tail}`;
}

/** Slack's own three: everything else in angle brackets is a command to it. */
const forSlack = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** Milliseconds and key, signed with the key, in the query. */
function signedForDingtalk(url: string, secret: string, now: Instant): string {
  const timestamp = String(epochMs(now));
  const sign = createHmac('sha256', secret).update(`${timestamp}\n${secret}`).digest('base64');
  const signed = new URL(url);
  signed.searchParams.set('timestamp', timestamp);
  signed.searchParams.set('sign', sign);
  return signed.href;
}

/** Seconds; the key is `timestamp\nsecret`, and what is signed is nothing at all. */
function feishuSignature(secret: string, now: Instant) {
  const timestamp = String(Math.floor(epochMs(now) / SECOND));
  return { timestamp, sign: createHmac('sha256', `${timestamp}\n${secret}`).update('').digest('base64') };
}

/** Too fast. DingTalk lets a robot speak again after ten minutes; the others count by the minute. */
const TOO_FAST: Readonly<Record<ChatKind, readonly number[]>> = {
  wecom: [45_009],
  dingtalk: [130_101, 410_100, 660_026],
  feishu: [11_232, 99_991_400],
  slack: [],
};
const TOO_FAST_MS: Readonly<Record<ChatKind, number>> = {
  wecom: MINUTE,
  dingtalk: 10 * MINUTE,
  feishu: MINUTE,
  slack: SECOND,
};

/** `undefined`: taken. */
export function readChatAnswer(kind: ChatKind, answer: PostAnswer): Taken {
  const { status, retryAfterMs } = answer;
  const wait = retryAfterMs === undefined ? {} : { waitMs: retryAfterMs };
  if (status < 200 || status > 299) {
    // Slack's body is one word such as `no_service`, and it says which of the robots is gone.
    const word = kind === 'slack' ? /^[a-z_]{3,40}$/.exec(answer.body.trim())?.[0] : undefined;
    return { why: [String(status), word].filter(Boolean).join(' '), ...wait };
  }
  if (kind === 'slack') return undefined;
  const code = codeIn(kind, answer.body);
  if (code === 0) return undefined;
  if (code === undefined) return { why: `${status} without a code` };
  const isTooFast = TOO_FAST[kind].includes(code);
  return { why: `${CODE_NAMES[kind][0]} ${code}`, ...(isTooFast ? { waitMs: TOO_FAST_MS[kind] } : {}) };
}

/** Feishu's older robots answer `StatusCode` in place of `code`. */
const CODE_NAMES: Readonly<Record<ChatKind, readonly string[]>> = {
  wecom: ['errcode'],
  dingtalk: ['errcode'],
  feishu: ['code', 'StatusCode'],
  slack: [],
};

function codeIn(kind: ChatKind, body: string): number | undefined {
  let read: unknown;
  try {
    read = JSON.parse(body);
  } catch {
    return undefined;
  }
  if (typeof read !== 'object' || read === null) return undefined;
  const fields = read as Readonly<Record<string, unknown>>;
  return CODE_NAMES[kind].map((name) => fields[name]).find((value) => typeof value === 'number');
}
