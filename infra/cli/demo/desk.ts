/**
 * The salesperson's own deeds, through the API as the console does them: tasks when they fall due, a word on letters
 * that wait for approval, the colleagues of somebody who answered. Each leaves a line in desk/index.jsonl.
 */
import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Client } from '../../../shared/client.ts';
import type { Deed, Prospect, Scenario } from '../../../test/fixtures/demo/scenario-file.ts';
import type { LocalClock } from '../../local/clock.ts';
import type { Appointment } from '../../local/turned.ts';
import type { Timeline } from './timeline.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** What a letter or a note brings about has been planned by then. */
const SETTLED_MS = 2 * MINUTE_MS;
const APPROVES_AFTER_MS = 2 * HOUR_MS;
const TASKS_MAX = 100;

export type Desk = {
  /** To be told when the campaigns run and the contacts are known. */
  begun(campaignIds: readonly string[]): void;
  /** Something was sent to the prospect or came from them: new work may follow. */
  stirred(prospect: Prospect): void;
};

type TaskDeed = Extract<Deed, { kind: 'whatsapp' | 'call' }>;

/** What everybody in the demo stands in. */
export type DemoWorld = {
  readonly scenario: Scenario;
  readonly dir: string;
  readonly clock: LocalClock;
  readonly client: Client;
  /** Where answers and deeds are put down; the turned clock keeps them. */
  readonly appointments: Appointment[];
  readonly timeline: Timeline;
  /** Contact id by prospect key; filled by whoever learns which contact is which prospect. */
  readonly contacts: Map<string, string>;
};

export function startDesk(world: DemoWorld): Desk {
  const { scenario, clock, client, appointments, timeline, contacts } = world;
  const folder = join(world.dir, 'desk');
  mkdirSync(folder, { recursive: true });
  const planned = new Set<string>();
  const putOff = new Set<string>();
  let campaigns: readonly string[] = [];

  const note = (prospect: Prospect, kind: Deed['kind'], outcome: string, more: object = {}): void => {
    const line = { at: new Date(clock.now()).toISOString(), prospect: prospect.key, kind, outcome, ...more };
    appendFileSync(join(folder, 'index.jsonl'), `${JSON.stringify(line)}\n`);
    timeline.did(clock.now(), prospect, `${kind}: ${outcome}`);
  };
  const later = (at: number, run: () => Promise<void>): void => {
    appointments.push({ at: Math.max(at, clock.now()), run });
  };
  const openTasks = async (prospect: Prospect, kind: string) => {
    const contactId = contacts.get(prospect.key);
    const { items } = await client.tasks.list({ limit: TASKS_MAX });
    return items.filter((task) => task.contactId === contactId && task.kind === kind);
  };

  /** When it falls due by the product's own clock; whether that is a decent hour is the auditor's to judge. */
  const doTask = async (prospect: Prospect, deed: TaskDeed, contactId: string, id: string): Promise<void> => {
    const task = await client.tasks.get(contactId, id);
    if (task.status !== 'open') return;
    const dueAt = Date.parse(task.dueAt);
    if (dueAt > clock.now()) return later(dueAt, () => doTask(prospect, deed, contactId, id));
    if (deed.kind === 'whatsapp' && deed.putOffDays > 0 && !putOff.has(id)) {
      putOff.add(id);
      const until = new Date(clock.now() + deed.putOffDays * DAY_MS).toISOString();
      const again = await client.tasks.snooze(contactId, id, { until });
      note(prospect, deed.kind, 'put-off', { dueAt: task.dueAt });
      return later(Date.parse(again.dueAt), () => doTask(prospect, deed, contactId, id));
    }
    await client.tasks.close(contactId, id, { outcome: deed.outcome });
    const link = deed.kind === 'whatsapp' ? task.whatsappLink : task.telLink;
    note(prospect, deed.kind, deed.outcome, { dueAt: task.dueAt, ...(link ? { link } : {}) });
    if (deed.kind === 'call') stirred(prospect);
  };
  const takeUpTasks = async (prospect: Prospect, deed: TaskDeed): Promise<void> => {
    for (const { contactId, id, dueAt } of await openTasks(prospect, deed.kind)) {
      if (planned.has(id)) continue;
      planned.add(id);
      later(Date.parse(dueAt), () => doTask(prospect, deed, contactId, id));
    }
    const next =
      deed.kind === 'call' ? (await client.contacts.get(contacts.get(prospect.key) ?? '')).next : undefined;
    // A step that calls makes its task when it is due.
    if (next && !planned.has(`${prospect.key} ${next.dueAt}`)) {
      planned.add(`${prospect.key} ${next.dueAt}`);
      later(Date.parse(next.dueAt) + MINUTE_MS, () => takeUpTasks(prospect, deed));
    }
  };

  const approve = async (prospect: Prospect, outcome: 'given' | 'withheld'): Promise<void> => {
    const contactId = contacts.get(prospect.key);
    for (const campaignId of campaigns) {
      const { items } = await client.approvals.list({ campaignId });
      for (const letter of items) {
        if (letter.contactId !== contactId || !letter.waits || !letter.print) continue;
        const { enrollmentId, step, print } = letter;
        if (outcome === 'given') await client.approvals.approve({ approve: [{ enrollmentId, step, print }] });
        note(prospect, 'approval', outcome, { step });
      }
    }
  };

  const decideColleagues = async (prospect: Prospect, outcome: 'release'): Promise<void> => {
    const [task] = await openTasks(prospect, 'company-held');
    // The answer has not come yet: asked again tomorrow.
    if (!task) return later(clock.now() + DAY_MS, () => decideColleagues(prospect, outcome));
    await client.tasks.close(task.contactId, task.id, { outcome });
    note(prospect, 'colleagues', outcome, { dueAt: task.dueAt });
  };

  const stirred = (prospect: Prospect): void => {
    for (const deed of prospect.deeds) {
      if (deed.kind === 'approval') later(clock.now() + SETTLED_MS, () => approve(prospect, deed.outcome));
      if (deed.kind === 'whatsapp' || deed.kind === 'call')
        later(clock.now() + SETTLED_MS, () => takeUpTasks(prospect, deed));
    }
  };

  return {
    begun: (campaignIds) => {
      campaigns = campaignIds;
      for (const prospect of scenario.prospects) {
        for (const deed of prospect.deeds) {
          const from = Date.parse(scenario.launchAt);
          if (deed.kind === 'approval')
            later(from + APPROVES_AFTER_MS, () => approve(prospect, deed.outcome));
          if (deed.kind === 'colleagues')
            later(from + deed.afterDays * DAY_MS, () => decideColleagues(prospect, deed.outcome));
        }
      }
    },
    stirred,
  };
}
