/**
 * Works off what the embedded SES owes: publishes events, delivers, forwards feedback. A job is only taken away when it
 * is done, so after kill -9 each is done at least once, as SES's own events come at least once.
 */
import type { Transporter } from 'nodemailer';
import type { LocalClock } from './clock.ts';
import { readHeaders, valuesOf } from './mail-headers.ts';
import { consequenceOf, deliverTo } from './ses-delivery.ts';
import type { SesEvent } from './ses-events.ts';
import { absenceNote, bounceReport, complaintReport } from './ses-feedback.ts';
import { messageIdOf } from './ses-mail.ts';
import type { Outbox } from './ses-outbox.ts';
import type { AcceptedMail, Forward, Lane, SesStore, StoredJob } from './ses-store.ts';
import { makeWaker } from './waker.ts';

const BACKOFF_MAX_MS = 3_600_000;

/** A mail that has reached one recipient. */
export type DeliveredMail = {
  readonly sesId: string;
  readonly at: number;
  readonly from: string;
  readonly returnPath: string;
  readonly to: string;
  readonly file: string;
  readonly raw: Buffer;
};

export type CourierOptions = {
  readonly store: SesStore;
  readonly outbox: Outbox;
  readonly clock: LocalClock;
  readonly relay: Transporter | undefined;
  readonly bounces: (address: string) => boolean;
  readonly publish: (event: SesEvent) => Promise<void>;
  readonly forward: ((to: string, raw: Buffer) => Promise<void>) | undefined;
  readonly onDelivered: ((mail: DeliveredMail) => void | Promise<void>) | undefined;
};

export type Courier = {
  /** Starts on what is due; resolves when nothing is due any more at the clock's present moment. */
  work(): Promise<void>;
  close(): Promise<void>;
};

export function makeCourier(options: CourierOptions): Courier {
  const { store, clock } = options;
  const running: Record<Lane, Promise<void>> = { post: Promise.resolve(), delivery: Promise.resolve() };
  let closed = false;

  const drain = async (lane: Lane): Promise<void> => {
    // Ends: each job is taken away or moved past the present moment.
    for (;;) {
      const due = closed ? undefined : store.dueJob(lane, clock.now());
      if (due === undefined) return;
      try {
        await perform(due, options);
      } catch (error) {
        console.error(`[ses] ${due.job.kind} of ${due.sesId} failed and will be repeated`, error);
        store.postpone(due, clock.now() + Math.min(1000 * 2 ** Math.min(due.attempts, 12), BACKOFF_MAX_MS));
      }
    }
  };
  const start = (lane: Lane): Promise<void> => {
    running[lane] = running[lane].then(() => drain(lane));
    return running[lane];
  };
  const work = async (): Promise<void> => {
    // What a delivery leads to is posted while the next one is under way.
    await Promise.all([start('post'), start('delivery').then(() => start('post'))]);
    if (!closed) waker.plan();
  };
  const waker = makeWaker({ clock, nextMoment: store.nextDue, wake: () => void work() });

  return {
    work,
    close: async () => {
      closed = true;
      waker.close();
      await Promise.all([running.post, running.delivery]);
      await running.post;
    },
  };
}

async function perform(stored: StoredJob, options: CourierOptions): Promise<void> {
  const { store, outbox, clock } = options;
  const mail = store.find(stored.sesId);
  if (mail === undefined) throw new Error(`no accepted mail ${stored.sesId}`);
  const { job } = stored;
  if (job.kind === 'event') {
    if (mail.configurationSet !== undefined) await options.publish(job.event);
    store.settle(stored, { jobs: [] }, clock.now());
    return;
  }
  const raw = outbox.read(mail.file);
  if (job.kind === 'forward') {
    if (options.forward !== undefined)
      await options.forward(mail.returnPath, feedbackMail(job.forward, mail, raw));
    store.settle(stored, { jobs: [] }, clock.now());
    return;
  }
  const delivery = await deliverTo(job.recipient, {
    mail,
    raw,
    bounces: options.bounces,
    relay: options.relay,
  });
  if (delivery.kind === 'delivered') {
    const { sesId, at, fromAddress, returnPath, file } = mail;
    await options.onDelivered?.({ sesId, at, from: fromAddress, returnPath, to: job.recipient, file, raw });
  }
  const consequence = consequenceOf(delivery, {
    mail: mail.mail,
    recipient: job.recipient,
    now: clock.now(),
    attempts: stored.attempts,
    ...(job.delayedSince === undefined ? {} : { delayedSince: job.delayedSince }),
  });
  store.settle(stored, consequence, clock.now());
}

function feedbackMail(forward: Forward, mail: AcceptedMail, original: Buffer): Buffer {
  const { recipient, feedbackId, at } = forward;
  const about = { original, returnPath: mail.returnPath, recipient, feedbackId, at };
  switch (forward.kind) {
    case 'bounce': {
      const [bounced] = forward.event?.eventType === 'Bounce' ? forward.event.bounce.bouncedRecipients : [];
      return bounceReport(about, bounced ?? { emailAddress: recipient });
    }
    case 'complaint':
      return complaintReport(about);
    case 'absence': {
      const subject = valuesOf(readHeaders(original).fields, 'Subject')[0] ?? '';
      return absenceNote(about, subject, messageIdOf(mail.sesId));
    }
  }
}
