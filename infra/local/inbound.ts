/** SES receiving on this machine: raw bytes to the bucket first, then the notification that SNS would bring to SQS. */
import { randomBytes } from 'node:crypto';
import type { LocalClock } from './clock.ts';
import { type ReceivedMail, receivedNotification } from './smtp.ts';

export type Inbound = {
  readonly accept: (mail: ReceivedMail) => Promise<void>;
  /** Feedback that SES forwards by mail to the Return-Path address. */
  readonly forward: (to: string, raw: Uint8Array) => Promise<void>;
  isBusy(): boolean;
};

export function makeInbound(options: {
  readonly s3: { put(bucket: string, key: string, bytes: Uint8Array): Promise<void> };
  readonly bucket: string;
  readonly clock: LocalClock;
  readonly send: (body: string) => Promise<void>;
}): Inbound {
  const { s3, bucket, clock, send } = options;
  let busy = 0;
  const accept = async (mail: ReceivedMail): Promise<void> => {
    busy += 1;
    try {
      const key = `inbound/${mail.id}`;
      await s3.put(bucket, key, mail.raw);
      await send(JSON.stringify(receivedNotification({ ...mail, bucket, key, at: clock.now() })));
    } finally {
      busy -= 1;
    }
  };
  return {
    accept,
    forward: (to, raw) =>
      accept({
        id: randomBytes(20).toString('hex'),
        raw,
        from: 'MAILER-DAEMON@amazonses.com',
        recipients: [to],
        verdicts: FROM_SES,
      }),
    isBusy: () => busy > 0,
  };
}

/** SES's own reports pass its own checks. */
const FROM_SES = { spf: 'PASS', dkim: 'PASS', dmarc: 'PASS', spam: 'PASS', virus: 'PASS' } as const;
