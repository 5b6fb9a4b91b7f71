// The engine stops a sender whose letters bounce or are called spam, and says so.
import { expect, it } from 'vitest';
import type { MailEvent } from '../../../shared/domain/enrollment/event.ts';
import { enrollmentIdOf } from '../../../shared/domain/ids.ts';
import { applyEvent } from '../../../shared/engine.ts';
import { ANA, CAMPAIGN, idOf, START, useWorld } from './api-fixture.ts';

const world = useWorld();

it.each<readonly [string, MailEvent, number]>([
  ['bounce-rate', { kind: 'bounced', bounce: { class: 'permanent' } }, 5],
  ['complaint-rate', { kind: 'complained' }, 2],
])('pauses for the %s, once and with one alert', async (why, event, count) => {
  const { ports, ask, workOff } = world.now();
  const contacts = Array.from({ length: count }, (_, n) => ({ ...ANA, address: `p${n}@firm${n}.example` }));
  await ask('POST', '/v1/campaigns', { ...CAMPAIGN, contacts, acceptWarnings: 'all', skipRefused: true });
  await workOff();
  const { store } = ports;
  const day = START.slice(0, 10);
  for (let n = 0; n < 60; n++) await store.takeQuota('jane' as never, day, 1_000);
  const gates = () => store.readGates({ campaignId: 'autumn' as never, senderId: 'jane' as never });
  for (const [at, { address }] of contacts.entries()) {
    expect((await gates()).sender, `before ${at}`).toEqual({});
    // Both reporters of one fate.
    for (let n = 0; n < 2; n++) await applyEvent(ports, enrollmentIdOf(idOf(address), 1), event);
  }
  expect((await gates()).sender).toEqual({ paused: true });
  const alerts = (await store.listAlerts()).items.filter(({ kind }) => kind === 'sending-stopped');
  expect(alerts).toMatchObject([{ senderId: 'jane', detail: why }]);
});
