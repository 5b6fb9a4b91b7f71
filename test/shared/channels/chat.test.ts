/** The four chat services, each played by a server on this machine that is as strict as the service's documentation. */
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { httpPost } from '../../../functions/http-post.ts';
import { chatPost, readChatAnswer } from '../../../shared/channels/chat.ts';
import type { ChannelOf, ChatKind } from '../../../shared/domain/channel.ts';
import { epochMs, instant } from '../../../shared/domain/instant.ts';

const NOW = instant('2026-12-02T10:12:00Z');
const SECRET = 'SEC0123456789abcdef0123456789abcdef';
const LINK = 'https://relance.example.com/#/contacts/abc';
const SAID = { subject: 'A · Ana Silva, Acme PT 10:12', text: 'Ana Silva answered.\n', link: LINK };

type Seen = { readonly url: URL; readonly body: Record<string, unknown>; readonly bytes: number };
type Reply = { readonly status: number; readonly body: string; readonly headers?: Record<string, string> };

let server: Server;
let seen: Seen[];
let play: (seen: Seen) => Reply;

beforeEach(async () => {
  seen = [];
  server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const bytes = Buffer.concat(chunks);
    const url = new URL(request.url ?? '', 'http://robot');
    const one = { url, body: JSON.parse(bytes.toString('utf8')), bytes: bytes.length };
    seen.push(one);
    const reply = /^application\/json/.test(request.headers['content-type'] ?? '')
      ? play(one)
      : { status: 415, body: '' };
    response.writeHead(reply.status, reply.headers ?? {}).end(reply.body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterEach(() => {
  server.close();
});

const robot = <Kind extends ChatKind>(kind: Kind, path: string, secret?: string): ChannelOf<ChatKind> => ({
  kind,
  id: 'group',
  url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`,
  ...(secret ? { secret } : {}),
});

async function tell(channel: ChannelOf<ChatKind>, said = SAID) {
  const { url, headers, body } = chatPost(channel, said, NOW);
  return readChatAnswer(channel.kind, await httpPost(url, headers, body, { isLocal: true }));
}
const json = (value: unknown): Reply => ({ status: 200, body: JSON.stringify(value) });
/** Mentions in the words of each service, and characters of four bytes. */
const HOSTILE = {
  ...SAID,
  text: `<!channel> <at user_id="all"></at> @all <https://evil.example|click> & "quoted"\n${'价格🙂'.repeat(3_000)}`,
};

describe('WeCom', () => {
  const strict = ({ url, body }: Seen): Reply => {
    if (url.searchParams.get('key') !== 'k1') return json({ errcode: 93000, errmsg: 'invalid webhook url' });
    const content = (body.text as { content?: unknown })?.content;
    if (body.msgtype !== 'text' || typeof content !== 'string')
      return json({ errcode: 40008, errmsg: 'invalid message type' });
    if (Buffer.byteLength(content) > 2_048)
      return json({ errcode: 40058, errmsg: 'content exceed max length' });
    return json({ errcode: 0, errmsg: 'ok' });
  };

  it('takes a text of at most 2,048 bytes, which keeps its link, and mentions nobody', async () => {
    play = strict;
    expect(await tell(robot('wecom', '/cgi-bin/webhook/send?key=k1'))).toBeUndefined();
    expect(await tell(robot('wecom', '/cgi-bin/webhook/send?key=k1'), HOSTILE)).toBeUndefined();
    const { text } = seen[1]!.body as { text: { content: string } };
    expect(text.content.startsWith(SAID.subject)).toBe(true);
    expect(text.content.endsWith(`…\n\nRelance: ${LINK}`)).toBe(true);
    expect(text.content.isWellFormed()).toBe(true);
    expect(Object.keys(text)).toEqual(['content']);
  });

  it('says no inside a 200, and when it was too fast', async () => {
    play = strict;
    expect(await tell(robot('wecom', '/cgi-bin/webhook/send?key=gone'))).toEqual({ why: 'errcode 93000' });
    play = () => json({ errcode: 45009, errmsg: 'api freq out of limit' });
    expect(await tell(robot('wecom', '/cgi-bin/webhook/send?key=k1'))).toEqual({
      why: 'errcode 45009',
      waitMs: 60_000,
    });
  });
});

describe('DingTalk', () => {
  const strict = ({ url, body, bytes }: Seen): Reply => {
    const timestamp = url.searchParams.get('timestamp') ?? '';
    const sign = createHmac('sha256', SECRET).update(`${timestamp}\n${SECRET}`).digest('base64');
    if (url.searchParams.get('access_token') !== 't1')
      return json({ errcode: 300001, errmsg: 'token is not exist' });
    if (url.searchParams.get('sign') !== sign || Math.abs(Number(timestamp) - epochMs(NOW)) > 3_600_000)
      return json({ errcode: 310000, errmsg: 'sign not match' });
    if (bytes > 20_000) return json({ errcode: 460101, errmsg: 'message too long' });
    const { msgtype, text, at } = body as {
      msgtype: string;
      text?: { content: string };
      at?: { isAtAll: boolean };
    };
    if (msgtype !== 'text' || !text?.content || at?.isAtAll !== false) return json({ errcode: 400101 });
    return json({ errcode: 0, errmsg: 'ok' });
  };

  it('takes a message signed with its secret, keeping the token of its URL', async () => {
    play = strict;
    expect(await tell(robot('dingtalk', '/robot/send?access_token=t1', SECRET))).toBeUndefined();
    expect(await tell(robot('dingtalk', '/robot/send?access_token=t1', SECRET), HOSTILE)).toBeUndefined();
    expect(seen[0]!.url.searchParams.get('timestamp')).toBe(String(epochMs(NOW)));
  });

  it('refuses another secret’s signature, and has its word where it wants one', async () => {
    play = strict;
    expect(await tell(robot('dingtalk', '/robot/send?access_token=t1', 'SECother'))).toEqual({
      why: 'errcode 310000',
    });
    play = ({ body }) =>
      json({ errcode: String((body.text as { content: string }).content).includes('Relance') ? 0 : 310000 });
    expect(await tell(robot('dingtalk', '/robot/send?access_token=t1'))).toBeUndefined();
  });

  it.each([130101, 410100, 660026])('is left alone for ten minutes after %i', async (errcode) => {
    play = () => json({ errcode, errmsg: 'send too fast' });
    expect(await tell(robot('dingtalk', '/robot/send?access_token=t1'))).toMatchObject({ waitMs: 600_000 });
  });
});

describe('Feishu', () => {
  const strict = ({ url, body, bytes }: Seen): Reply => {
    if (url.pathname !== '/open-apis/bot/v2/hook/h1') return json({ code: 19001, msg: 'param invalid' });
    const timestamp = String(body.timestamp ?? '');
    const sign = createHmac('sha256', `${timestamp}\n${SECRET}`).update('').digest('base64');
    if (body.sign !== sign || Math.abs(Number(timestamp) - epochMs(NOW) / 1_000) > 3_600)
      return json({
        code: 19021,
        msg: 'sign match fail or timestamp is not within one hour from current time',
      });
    if (bytes > 20 * 1_024) return json({ code: 9499, msg: 'Bad Request' });
    const post = (body.content as { post?: { zh_cn?: { title?: string; content?: { tag: string }[][] } } })
      ?.post?.zh_cn;
    const isPost = body.msg_type === 'post' && typeof post?.title === 'string' && Array.isArray(post.content);
    if (!isPost || post?.content?.flat().some(({ tag }) => !['text', 'a'].includes(tag)))
      return json({ code: 9499, msg: 'Bad Request' });
    return json({ code: 0, msg: 'success', data: {}, StatusCode: 0, StatusMessage: 'success' });
  };

  it('takes a signed post whose elements mention nobody', async () => {
    play = strict;
    expect(await tell(robot('feishu', '/open-apis/bot/v2/hook/h1', SECRET))).toBeUndefined();
    expect(await tell(robot('feishu', '/open-apis/bot/v2/hook/h1', SECRET), HOSTILE)).toBeUndefined();
    const whole = JSON.stringify(seen[1]!.body);
    expect(whole).not.toContain('"tag":"at"');
    expect(whole).toContain(LINK);
  });

  it('reads both forms of its answer', async () => {
    play = strict;
    expect(await tell(robot('feishu', '/open-apis/bot/v2/hook/h1', 'another-secret'))).toEqual({
      why: 'code 19021',
    });
    play = () => json({ StatusCode: 0, StatusMessage: 'success' });
    expect(await tell(robot('feishu', '/hook'))).toBeUndefined();
    play = () => json({ code: 11232, msg: 'frequency limited' });
    expect(await tell(robot('feishu', '/hook'))).toEqual({ why: 'code 11232', waitMs: 60_000 });
  });
});

describe('Slack', () => {
  it('takes a text in which nothing is markup', async () => {
    play = ({ body, url }) => {
      if (url.pathname !== '/services/T1/B1/x') return { status: 404, body: 'no_service' };
      const isPlain = typeof body.text === 'string' && !/[<>]/.test(body.text) && body.mrkdwn === false;
      return isPlain ? { status: 200, body: 'ok' } : { status: 400, body: 'invalid_payload' };
    };
    expect(await tell(robot('slack', '/services/T1/B1/x'), HOSTILE)).toBeUndefined();
    expect((seen[0]!.body as { text: string }).text).toContain('&lt;!channel&gt;');
    expect(await tell(robot('slack', '/services/T1/B1/gone'))).toEqual({ why: '404 no_service' });
  });

  it('is asked again when it says', async () => {
    play = () => ({ status: 429, body: 'rate_limited', headers: { 'retry-after': '30' } });
    expect(await tell(robot('slack', '/services/T1/B1/x'))).toEqual({
      why: '429 rate_limited',
      waitMs: 30_000,
    });
  });
});

it.each<[ChatKind, string]>([
  ['wecom', '<html>a gateway</html>'],
  ['dingtalk', 'null'],
  ['feishu', '{"code":"0"}'],
])('%s has not taken what it answers with %s', async (kind, body) => {
  play = () => ({ status: 200, body });
  expect(await tell(robot(kind, '/x'))).toEqual({ why: '200 without a code' });
});
