// An alert and a channel that is down: asked again for a day, never by two chains, and found when its message is lost.
import { expect, it } from 'vitest';
import { deliverAlert } from '../../shared/deliver-alert.ts';
import { type Alert, alertRetryMs } from '../../shared/domain/alert.ts';
import type { AlertDelivery } from '../../shared/domain/alert-message.ts';
import type { AlertId, SesId } from '../../shared/domain/ids.ts';
import { DAY, HOUR, MINUTE, SECOND } from '../../shared/domain/instant.ts';
import type { Ports } from '../../shared/ports.ts';
import { ringForgotten } from '../../shared/ring-forgotten.ts';
import { useWorld } from '../functions/api/api-fixture.ts';

const world = useWorld();
const ID = 'alertalertalertalert' as AlertId;
const FIRST = { alertId: ID, channelId: 'operator', attempt: 0 } as const;

/** One stored alert for the operator, and a mailbox that takes nothing until it is `up`. */
async function alarmed() {
  const { ports } = world.now();
  const queued: { readonly delivery: AlertDelivery; readonly delayMs: number }[] = [];
  const mailbox = { isUp: false, got: 0 };
  const watched: Ports = {
    ...ports,
    alerts: {
      ...ports.alerts,
      queue: async (message, delayMs = 0) => {
        if ('channelId' in message) queued.push({ delivery: message, delayMs });
      },
    },
    mailer: {
      allowance: async () => undefined,
      send: async () => {
        if (!mailbox.isUp) return { kind: 'refused', why: 'throttled', detail: '' };
        mailbox.got += 1;
        return { kind: 'accepted', sesId: 'ses-1' as SesId };
      },
    },
  };
  const alert: Alert = { id: ID, kind: 'fence-closed', at: ports.clock.now(), delivered: {} };
  await ports.store.putNew('alert', alert);
  const stored = async (): Promise<Alert> => (await ports.store.load('alert', ID)) as Alert;
  return { ports: watched, queued, mailbox, stored };
}

it('asks again half a minute later, and writes down why', async () => {
  const { ports, queued, stored } = await alarmed();
  await deliverAlert(ports, FIRST);
  expect(queued).toEqual([{ delivery: { ...FIRST, attempt: 1 }, delayMs: 30 * SECOND }]);
  expect((await stored()).tried).toMatchObject({ operator: { count: 1, why: 'throttled' } });
});

it('lets the pauses grow with the age of the alert, to a quarter of an hour', () => {
  const ages = [0, 2 * MINUTE, 10 * MINUTE, HOUR, DAY];
  expect(ages.map(alertRetryMs)).toEqual([30 * SECOND, MINUTE, 5 * MINUTE, 15 * MINUTE, 15 * MINUTE]);
});

it('queues one next attempt however many copies of a message come', async () => {
  const { ports, queued } = await alarmed();
  await Promise.all(Array.from({ length: 14 }, () => deliverAlert(ports, FIRST)));
  await deliverAlert(ports, FIRST);
  expect(queued).toHaveLength(1);
});

it('delivers when the mailbox is up again, and then never more', async () => {
  const { ports, queued, mailbox, stored } = await alarmed();
  await deliverAlert(ports, FIRST);
  mailbox.isUp = true;
  await deliverAlert(ports, queued[0]!.delivery);
  await deliverAlert(ports, queued[0]!.delivery);
  expect(mailbox.got).toBe(1);
  expect((await stored()).delivered).toHaveProperty('operator');
});

it('gives a message to the dead letters after a day, and still delivers it when somebody redrives it', async () => {
  const { ports, queued, mailbox, stored } = await alarmed();
  world.now().pass(DAY + HOUR);
  await expect(deliverAlert(ports, FIRST)).rejects.toThrow('was not taken by operator: throttled');
  expect((await stored()).tried).toMatchObject({ operator: { isGivenUp: true } });
  expect(queued).toEqual([]);
  expect(await ringForgotten(ports, ports.clock.now())).toBe(0);
  mailbox.isUp = true;
  await deliverAlert(ports, FIRST);
  expect(mailbox.got).toBe(1);
});

it('rings again what was stored and never queued, once its own message must have been lost', async () => {
  const { ports, queued } = await alarmed();
  world.now().pass(15 * MINUTE);
  expect(await ringForgotten(ports, ports.clock.now())).toBe(0);
  world.now().pass(6 * MINUTE);
  expect(await ringForgotten(ports, ports.clock.now())).toBe(1);
  expect(queued).toEqual([{ delivery: FIRST, delayMs: 0 }]);
});

it('goes on at the attempt where a chain of messages broke off', async () => {
  const { ports, queued, mailbox } = await alarmed();
  await deliverAlert(ports, FIRST);
  queued.length = 0;
  world.now().pass(25 * MINUTE);
  await ringForgotten(ports, ports.clock.now());
  expect(queued.map(({ delivery }) => delivery.attempt)).toEqual([1]);
  mailbox.isUp = true;
  await deliverAlert(ports, queued[0]!.delivery);
  expect(await ringForgotten(ports, ports.clock.now())).toBe(0);
});
