// News for other systems and the rings of an answer that waits, over the real store: what is sent, when, and how often.
import { Webhook } from 'standardwebhooks';
import { expect, it } from 'vitest';
import { sendAlert } from '../../functions/send-alert.ts';
import { acknowledgeAlert } from '../../shared/acknowledge.ts';
import { announce } from '../../shared/announce.ts';
import { WEBHOOKS } from '../../shared/api/webhooks.ts';
import type { Alert } from '../../shared/domain/alert.ts';
import type { AlertMessage } from '../../shared/domain/alert-message.ts';
import type { AlertId, ContactId, SenderId } from '../../shared/domain/ids.ts';
import { DAY, epochMs, HOUR, type Instant, instant, MINUTE, plus } from '../../shared/domain/instant.ts';
import type { News } from '../../shared/domain/notice.ts';
import type { Sender } from '../../shared/domain/sender.ts';
import { addEndpoint, retryNotice } from '../../shared/endpoints.ts';
import type { Ports } from '../../shared/ports.ts';
import { raiseAlert } from '../../shared/raise-alert.ts';
import { ringForgotten } from '../../shared/ring-forgotten.ts';
import { sendDigests } from '../../shared/send-digests.ts';
import { tellForgotten } from '../../shared/tell-forgotten.ts';
import { SENDER, START, useWorld } from '../functions/api/api-fixture.ts';

const world = useWorld();
const SECRET = `whsec_${Buffer.from('a secret of thirty-two bytes, ok').toString('base64')}`;
const URL_OF_CRM = 'https://crm.example.com/news';
type Post = {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

/** The world with a queue that is worked off in virtual time, and a receiver that answers as it is told. */
function watched() {
  const { ports, pass } = world.now();
  const queue: { readonly message: AlertMessage; readonly at: number }[] = [];
  const posts: Post[] = [];
  const mails: {
    readonly to: string;
    readonly subject: string;
    readonly text: string;
    readonly at: Instant;
  }[] = [];
  const answers: number[] = [];
  const all: Ports = {
    ...ports,
    alerts: {
      queue: async (message, delayMs = 0) =>
        void queue.push({ message, at: epochMs(ports.clock.now()) + delayMs }),
      post: async (url, headers, body) => {
        const status = answers.shift() ?? 204;
        posts.push({ url, headers, body });
        return { status, body: '' };
      },
    },
    mailer: {
      allowance: async () => undefined,
      send: async (mail) => {
        const raw = Buffer.from(mail.raw).toString('utf8');
        const subject = /^Subject: (.*)$/m.exec(raw)?.[1]?.trim() ?? '';
        mails.push({ to: mail.to[0] ?? '', subject, text: raw, at: ports.clock.now() });
        return { kind: 'accepted', sesId: `ses-${mails.length}` as never };
      },
    },
  };
  /** Works off what falls due until then, each at its own moment. */
  const until = async (end: Instant): Promise<void> => {
    for (let rounds = 0; rounds < 2_000; rounds++) {
      const next = queue.toSorted((a, b) => a.at - b.at)[0];
      if (!next || next.at > epochMs(end)) break;
      queue.splice(queue.indexOf(next), 1);
      pass(Math.max(0, next.at - epochMs(ports.clock.now())));
      const event = { Records: [{ messageId: 'm', body: JSON.stringify(next.message), attributes: {} }] };
      await sendAlert(all)(event);
    }
    pass(Math.max(0, epochMs(end) - epochMs(ports.clock.now())));
  };
  return { ports: all, queue, posts, mails, answers, until };
}

const ANA = 'a'.repeat(26) as ContactId;
const suppressed = (id: string, at: Instant = START): News => ({
  id,
  type: 'contact.suppressed',
  at,
  contactId: ANA,
  why: 'unsubscribed',
});
const idsOf = (posts: readonly Post[]) =>
  posts.map(({ body }) => JSON.parse(body) as { id: string; sequence: number });

it('an endpoint that fails five times and then answers has each notice once, in order, signed', async () => {
  const { ports, posts, answers, until } = watched();
  await addEndpoint(ports, 'crm', { url: URL_OF_CRM, secret: SECRET });
  answers.push(500, 503, 404, 302, 500);
  await announce(ports, suppressed('news-one'));
  await until(plus(START, HOUR));
  for (const id of ['news-two', 'news-three']) await announce(ports, suppressed(id, ports.clock.now()));
  await until(plus(START, 2 * HOUR));
  const told = idsOf(posts.slice(5));
  expect(posts).toHaveLength(8);
  expect(told.map(({ id, sequence }) => `${id} ${sequence}`)).toEqual([
    'news-one 1',
    'news-two 2',
    'news-three 3',
  ]);
  for (const { headers, body } of posts) {
    const at = new Date(Number(headers['webhook-timestamp']) * 1_000);
    expect(headers['webhook-signature']).toBe(
      new Webhook(SECRET).sign(headers['webhook-id'] ?? '', at, body),
    );
    expect(WEBHOOKS['contact.suppressed'].payload.safeParse(JSON.parse(body)).success).toBe(true);
  }
});

it('the same news again, also at once, is one notice with one number', async () => {
  const { ports, posts, until } = watched();
  await addEndpoint(ports, 'crm', { url: URL_OF_CRM, secret: SECRET });
  await Promise.all(Array.from({ length: 6 }, (_, n) => announce(ports, suppressed(`news-${n % 3}`))));
  await until(plus(START, MINUTE));
  const told = new Map(idsOf(posts).map(({ id, sequence }) => [id, sequence]));
  expect([...told.values()].toSorted()).toEqual([1, 2, 3]);
});

it('a dead endpoint is tried for a day, then listed, and tried again when somebody asks', async () => {
  const { ports, posts, answers, until } = watched();
  await addEndpoint(ports, 'crm', { url: URL_OF_CRM, secret: SECRET });
  answers.push(...Array.from({ length: 400 }, () => 503));
  await announce(ports, suppressed('news-one'));
  await until(plus(START, DAY + 2 * HOUR));
  const listed = (await ports.store.listNotices('dead')).items;
  expect(listed).toMatchObject([
    { id: 'news-one', dead: ['crm'], tried: { crm: { why: '503', isGivenUp: true } } },
  ]);
  expect(posts.length).toBeLessThan(150);
  answers.length = 0;
  await retryNotice(ports, 'news-one', 'crm');
  await until(plus(START, DAY + 3 * HOUR));
  expect((await ports.store.listNotices('dead')).items).toEqual([]);
  expect((await ports.store.load('notice', 'news-one'))?.delivered).toHaveProperty('crm');
});

it('a notice whose message was lost is found by the quarter-hour look', async () => {
  const { ports, queue, posts, until } = watched();
  await addEndpoint(ports, 'crm', { url: URL_OF_CRM, secret: SECRET });
  await announce(ports, suppressed('news-one'));
  queue.length = 0;
  await until(plus(START, 25 * MINUTE));
  expect(await tellForgotten(ports, ports.clock.now())).toBe(1);
  await until(plus(START, 26 * MINUTE));
  expect(posts).toHaveLength(1);
});

/** Monday 16:00 in Shanghai: two hours of duty are left. */
async function waiting(over: Partial<Sender> = {}) {
  const scene = watched();
  const sender = (id: string, rest: Partial<Sender> = {}): Sender => ({
    ...SENDER,
    id: id as SenderId,
    dailyQuota: 50,
    listUnsubscribe: 'never',
    channels: [{ kind: 'mail', id: 'own', address: `${id}@desk.example` }],
    ...rest,
  });
  await scene.ports.store.putNew('sender', sender('bob'));
  await scene.ports.store.putNew(
    'sender',
    sender('jane', {
      replyClock: { minutes: 30, escalation: [{ sender: 'bob' as SenderId }] },
      ...over,
    }),
  );
  const alert: Alert = {
    id: 'alertalertalertalert' as AlertId,
    kind: 'reply',
    at: START,
    senderId: 'jane' as SenderId,
    detail: 'asks',
    delivered: {},
  };
  await raiseAlert(scene.ports, alert);
  const rung = () => scene.mails.map(({ to, at }) => `${at.slice(11, 16)} ${to.split('@')[0]}`);
  /** `reconcile`, every quarter of an hour. */
  const passing = async (end: Instant): Promise<void> => {
    for (let now = scene.ports.clock.now(); now < end; now = scene.ports.clock.now()) {
      await ringForgotten(scene.ports, now);
      await scene.until(plus(now, 15 * MINUTE));
    }
  };
  return { ...scene, alert, rung, passing };
}

it('an answer that nobody acknowledges rings the next person after half an hour of duty, once', async () => {
  const { rung, passing } = await waiting();
  await passing(plus(START, 2 * HOUR));
  expect(rung()).toEqual(['08:00 jane', '08:30 bob']);
});

it('an answer that is acknowledged rings nobody further', async () => {
  const { rung, passing, ports, alert } = await waiting();
  await passing(plus(START, 15 * MINUTE));
  await acknowledgeAlert(ports, alert.id);
  await passing(plus(START, 3 * HOUR));
  expect(rung()).toEqual(['08:00 jane']);
});

it('each attempt stands in the delivery log', async () => {
  const { passing, ports, alert } = await waiting();
  await passing(plus(START, HOUR));
  const { items } = await ports.store.listAttempts(alert.id);
  expect(items.map(({ way, outcome }) => `${way} ${outcome}`)).toEqual(['own taken', 'bob.own~1 taken']);
});

it('a digest is sent once a period, in the sender’s language, and says who waits', async () => {
  const { ports, mails, passing } = await waiting({ digests: ['daily', 'weekly'], language: 'zh' });
  for (let times = 0; times < 3; times++) await sendDigests(ports, ports.clock.now());
  await passing(plus(START, 15 * MINUTE));
  const digests = (await ports.store.listAlerts()).items.filter(({ kind }) => kind === 'digest');
  expect(digests.map(({ detail, urgency }) => `${detail} ${urgency}`).toSorted()).toEqual([
    'daily 2026-11-23 quiet',
    'weekly 2026-11-16 quiet',
  ]);
  expect(mails.filter(({ text }) => text.includes('Importance: low'))).toHaveLength(2);
});

it('no digest comes at night', async () => {
  const { ports } = await waiting({ digests: ['daily'] });
  expect(await sendDigests(ports, instant('2026-11-23T14:00:00Z'))).toBe(0);
});
