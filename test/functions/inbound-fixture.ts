// Ana's walk on the real store, and mails that arrive about it by any way in, with any verdicts.

import type { Verdict, Verdicts } from '../../shared/domain/arrival.ts';
import type { SenderId, SesId } from '../../shared/domain/ids.ts';
import { SECOND } from '../../shared/domain/instant.ts';
import type { IncomingMessage } from '../../shared/domain/message.ts';
import { replyAddress, senderAddress } from '../../shared/domain/token.ts';
import type { Ports } from '../../shared/ports.ts';
import { receiveMail } from '../../shared/receive-mail.ts';
import { SENDER, type World } from './api/api-fixture.ts';
import { ANA, walkWith } from './recorded.ts';

export const OWN = SENDER.address;
/** The id that Ana's mail program saw on the first letter. */
const SES_ID = '0100019ab3c4d5e6-letter-000000' as SesId;
export const LETTER_ID = `<${SES_ID}@email.amazonses.com>`;

export type Mail = {
  readonly from: string;
  readonly to?: string;
  readonly subject?: string;
  readonly id?: string;
  readonly date?: string;
  readonly headers?: readonly string[];
  readonly text: string;
};

/** A mail as a plain program writes it. */
export const written = (mail: Mail): string =>
  [
    `From: ${mail.from}`,
    `To: ${mail.to ?? OWN}`,
    `Subject: ${mail.subject ?? 'Re: Hand tools for Ferragens Lda'}`,
    `Message-ID: <${mail.id ?? 'answer-1@ferragens.example'}>`,
    `Date: ${mail.date ?? 'Wed, 25 Nov 2026 09:59:00 +0000'}`,
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    ...(mail.headers ?? []),
    '',
    mail.text,
    '',
  ].join('\r\n');

/** A mail that carries another one as an attachment. */
export const wrapped = (mail: Mail, inner: string): string =>
  written({ ...mail, text: '' })
    .replace('Content-Type: text/plain; charset=utf-8', 'Content-Type: multipart/mixed; boundary="b1"')
    .concat(
      ['--b1', 'Content-Type: text/plain; charset=utf-8', '', mail.text, '', '--b1'].join('\r\n'),
      ['', 'Content-Type: message/rfc822', '', inner, '--b1--', ''].join('\r\n'),
    );

/** What Outlook and Gmail put under "Forwarded message". */
export const forwardedBelow = (cover: string, inner: Mail): string =>
  [
    ...(cover === '' ? [] : [cover, '']),
    '---------- Forwarded message ---------',
    `From: Ana Silva <${inner.from}>`,
    'Date: Wed, Nov 25, 2026 at 9:59 AM',
    `Subject: ${inner.subject ?? 'Re: Hand tools for Ferragens Lda'}`,
    `To: Jane Doe <${inner.to ?? OWN}>`,
    '',
    inner.text,
  ].join('\r\n');

const GRAY: Verdicts = { spf: 'GRAY', dkim: 'GRAY', dmarc: 'GRAY', spam: 'DISABLED', virus: 'DISABLED' };
export const verdicts = (dmarc: Verdict, given: Partial<Verdicts> = {}): Verdicts => ({
  ...GRAY,
  dmarc,
  ...given,
});

export type Inbox = Awaited<ReturnType<typeof anInbox>>;

/** Ana has got her first letter. */
export async function anInbox(world: World) {
  const ana = await walkWith(world, { kind: 'accepted', sesId: SES_ID });
  const { settings, ids, store, clock } = world.ports;
  const bucket = new Map<string, string>();
  const ports: Ports = {
    ...world.ports,
    mailbox: {
      ...world.ports.mailbox,
      read: async (key, bytesMax) => {
        const raw = bucket.get(key);
        return raw === undefined ? undefined : Buffer.from(raw).subarray(0, bytesMax);
      },
    },
  };
  let arrived = 0;
  const arrive = async (
    raw: string,
    to: string,
    checked: Verdicts = GRAY,
    { receives = 1 } = {},
  ): Promise<() => Promise<void>> => {
    const id = `in${++arrived}`;
    bucket.set(`inbound/${id}`, raw);
    world.pass(SECOND);
    const arrival = { id, rawKey: `inbound/${id}`, at: clock.now(), recipients: [to], verdicts: checked };
    await receiveMail(ports, arrival, receives);
    // The queue brings the same message once more.
    return () => receiveMail(ports, arrival, receives + 1);
  };
  const correct = async (messageId: string | undefined, reading: object): Promise<number> => {
    const path = `/v1/messages/${ana.contactId}/${messageId}/reading`;
    return (await world.ask('POST', path, reading)).status;
  };
  const tasks = async () => (await store.listTasks({ contactId: ana.contactId })).items;
  return {
    ...ana,
    ports,
    arrive,
    correct,
    redirectTo: senderAddress(settings.replyDomain, ids.tokenKeys, SENDER.id as SenderId),
    replyTo: replyAddress(settings.replyDomain, ids.tokenKeys, ana.enrollmentId),
    /** An address of the reply domain that carries no token. */
    stranger: `hello@${settings.replyDomain}`,
    inbound: async (): Promise<readonly IncomingMessage[]> =>
      (await store.listMessages(ana.contactId)).items.filter((one) => one.kind === 'in'),
    unmatched: async () => (await store.listMessages('unmatched')).items,
    alerts: async () => (await store.listAlerts()).items.toReversed(),
    openTasks: async () => (await tasks()).filter(({ status }) => status === 'open'),
    tasks,
    contact: async () => {
      const contact = await store.load('contact', ana.contactId);
      if (!contact) throw new Error('Ana has no profile');
      return contact;
    },
  };
}

export const ANA_ADDRESS = ANA;
