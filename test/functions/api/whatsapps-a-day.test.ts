// Ten first WhatsApps a day and sender; the eleventh comes on the next day there.
import { expect, it } from 'vitest';
import type { TaskId } from '../../../shared/domain/ids.ts';
import { instant } from '../../../shared/domain/instant.ts';
import type { Task } from '../../../shared/domain/task.ts';
import { putTask, WHATSAPPS_A_DAY_MAX } from '../../../shared/put-task.ts';
import { ANA, CAMPAIGN, idOf, START, useWorld } from './api-fixture.ts';

const world = useWorld();

it('gives each WhatsApp a place of its day, once, and other work none', async () => {
  const { ports, ask, workOff } = world.now();
  await ask('POST', '/v1/campaigns', { ...CAMPAIGN, contacts: [ANA] });
  await workOff();
  const ana = idOf('ana.silva@ferragens.example');
  const task = (n: number, kind: Task['kind']): Task => ({
    id: `${kind}-${n}` as TaskId,
    kind,
    contactId: ana,
    enrollmentId: `${ana}-1` as never,
    campaignId: 'autumn' as never,
    senderId: 'jane' as never,
    dueAt: instant('2026-11-24T11:00:00Z'),
    createdAt: START,
    status: 'open',
  });
  const whatsapps = Array.from({ length: WHATSAPPS_A_DAY_MAX + 1 }, (_, n) => task(n, 'whatsapp'));
  for (const one of [...whatsapps, ...whatsapps, task(0, 'call')]) await putTask(ports, one);
  const { items } = await ports.store.listTasks({ open: true });
  const days = items.map(({ kind, dueAt }) => `${kind} ${dueAt.slice(0, 10)}`);
  expect(days.filter((one) => one === 'whatsapp 2026-11-24')).toHaveLength(WHATSAPPS_A_DAY_MAX);
  expect(days.filter((one) => one === 'whatsapp 2026-11-25')).toHaveLength(1);
  expect(days).toContain('call 2026-11-24');

  // Closed unsent, one gives its place back; sent, another has used it.
  const open = items.filter(({ kind, dueAt }) => kind === 'whatsapp' && dueAt.startsWith('2026-11-24'));
  for (const [at, outcome] of ['not-on-whatsapp', 'sent'].entries())
    await ask('POST', `/v1/tasks/${ana}/${open[at]?.id}/outcome`, { outcome });
  for (const n of [20, 21]) await putTask(ports, task(n, 'whatsapp'));
  const later = [20, 21].map((n) => ports.store.load('task', ana, task(n, 'whatsapp').id));
  expect((await Promise.all(later)).map((one) => one?.dueAt.slice(0, 10))).toEqual([
    '2026-11-24',
    '2026-11-25',
  ]);
});
