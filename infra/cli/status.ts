/** `relance status`: what runs, what waits for a person, and whether inbound mail is read. */
import { print, remotely } from './remote.ts';

const SHOWN = 20;

export const status = (args: readonly string[]): Promise<number> =>
  remotely(args, {}, async (asked) => {
    const { client } = asked;
    const [health, campaigns, tasks, alerts] = await Promise.all([
      client.health.get(),
      client.campaigns.list({ limit: SHOWN }),
      client.tasks.list({ limit: SHOWN }),
      client.alerts.list({ limit: SHOWN }),
    ]);
    const ringing = alerts.items.filter(
      (one) => one.acknowledgedAt === undefined && one.urgency === undefined,
    );
    const found = { health, campaigns: campaigns.items, openTasks: tasks.items, ringingAlerts: ringing };
    print(asked, found, () =>
      [
        `inbound mail  ${health.inbound.fence === 'open' ? 'is read' : 'waits unread: follow-ups wait, too'}`,
        `alerts        ${ringing.length} wait for somebody`,
        `open tasks    ${tasks.items.length}${tasks.next ? ' or more' : ''}`,
        '',
        ...campaigns.items.map(
          (one) => `${one.status.padEnd(9)} ${one.id.padEnd(24)} ${one.contactCount} contacts  ${one.name}`,
        ),
      ].join('\n'),
    );
  });
