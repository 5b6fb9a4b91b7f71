/** Plays one scenario: launches it by HTTP, lets the prospects answer by SMTP, and writes down what the auditor needs. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Client, relanceClient } from '../../../shared/client.ts';
import type { CampaignName, Prospect, Scenario } from '../../../test/fixtures/demo/scenario-file.ts';
import { makeClock } from '../../local/clock.ts';
import { startRuntime } from '../../local/runtime.ts';
import { type Appointment, runUntil } from '../../local/turned.ts';
import { type Answering, startAnswering } from './answering.ts';
import { startDesk } from './desk.ts';
import { exportState } from './export-state.ts';
import { DEMO_SEQUENCES } from './sequence.ts';
import type { Timeline } from './timeline.ts';

export type Played = { readonly worthOpening: readonly { readonly what: string; readonly file: string }[] };

/** The auditor's own clock starts with the launch; the runtime stands ready a little before. */
const READY_BEFORE_MS = 30 * 60_000;

export type Demo = {
  readonly scenario: Scenario;
  readonly dir: string;
  readonly timeline: Timeline;
  /** Served beside the API. */
  readonly consoleDir?: string;
};

const DAY_MS = 86_400_000;
const TO_MID_MORNING_MS = 2 * 3_600_000;
/** Answers, absences and follow-ups have come by then, and not all is done. */
export const tenthDayOf = (scenario: Scenario): number =>
  Date.parse(scenario.launchAt) + 10 * DAY_MS + TO_MID_MORNING_MS;

/** From the first to the last day, with the files that the auditor reads. */
export async function playDemo(demo: Demo): Promise<Played> {
  const { runtime, client, answering } = await openDemo(demo, Date.parse(demo.scenario.endsAt));
  try {
    const state = await exportState(client, answering()?.contacts ?? new Map());
    writeFileSync(join(demo.dir, 'state.json'), JSON.stringify(state, undefined, 2));
    return { worthOpening: answering()?.worthOpening() ?? [] };
  } finally {
    await runtime.close();
  }
}

/** Plays until `until` (epoch ms) and leaves the runtime open there. */
export async function openDemo(demo: Demo, until: number) {
  const { scenario, dir, timeline } = demo;
  rmSync(dir, { recursive: true, force: true });
  mkdirSync(join(dir, 'inbound'), { recursive: true });
  writeFileSync(join(dir, 'scenario.json'), JSON.stringify(scenario, undefined, 2));

  const launchAt = Date.parse(scenario.launchAt);
  const clock = makeClock({ mode: 'turned', start: launchAt - READY_BEFORE_MS });
  const appointments: Appointment[] = [];
  let answering: Answering | undefined;
  const runtime = await startRuntime({
    dir,
    clock,
    apiPort: 0,
    smtpPort: 0,
    domain: scenario.replyDomain.replace(/^reply\./, ''),
    onDelivered: (mail) => answering?.delivered(mail),
    ...(demo.consoleDir ? { consoleDir: demo.consoleDir, canTurn: true } : {}),
  });
  const client = relanceClient({ baseUrl: runtime.apiUrl, token: runtime.config.apiToken, fetch });
  try {
    appointments.push({
      at: launchAt,
      run: async () => {
        const contacts = new Map<string, string>();
        const world = { scenario, dir, clock, client, appointments, timeline, contacts };
        const desk = startDesk(world);
        const campaignIds = await launchAll(client, scenario, (name, accepted) =>
          timeline.launched(clock.now(), name, accepted),
        );
        answering = startAnswering({ ...world, smtpPort: runtime.smtpPort, desk });
        for (const id of campaignIds) answering.knows(id);
        desk.begun(campaignIds);
      },
    });
    for (const at of daysOf(scenario)) appointments.push({ at, run: async () => timeline.day(at) });
    await runUntil(runtime, clock, until, appointments);
    return { runtime, clock, client, answering: () => answering };
  } catch (error) {
    await runtime.close();
    throw error;
  }
}

const CAMPAIGNS: readonly (readonly [name: CampaignName, title: string])[] = [
  ['letters', 'Dealers abroad'],
  ['calls', 'Dealers whom we call'],
  ['approval', 'Dealers whose letters are seen first'],
];

/** One sender, three campaigns; answers their ids. */
async function launchAll(
  client: Client,
  scenario: Scenario,
  launched: (title: string, accepted: number) => void,
): Promise<readonly string[]> {
  const ids: string[] = [];
  let senderId: string | undefined;
  for (const [name, title] of CAMPAIGNS) {
    const prospects = scenario.prospects.filter(({ campaign }) => campaign === name);
    const { campaign, accepted } = await client.campaigns.create({
      name: title,
      launch: true,
      approval: name === 'approval' ? 'each' : 'none',
      sequence: DEMO_SEQUENCES[name],
      sender: senderId ?? senderOf(scenario),
      contacts: prospects.map(contactOf),
    });
    launched(title, accepted);
    ids.push(campaign.id);
    senderId = campaign.senderId;
  }
  return ids;
}

const senderOf = ({ sender }: Scenario) => ({
  name: sender.name,
  company: sender.company,
  address: sender.address,
  zone: sender.zone,
  phone: sender.phone,
  website: sender.website,
  postalAddress: sender.postalAddress,
  channels: [{ kind: 'mail' as const, id: 'desk', address: sender.alertAddress }],
});

const contactOf = (prospect: Prospect) => ({
  address: prospect.address,
  firstName: prospect.firstName,
  lastName: prospect.lastName,
  title: prospect.title,
  company: prospect.company,
  country: prospect.country,
  city: prospect.city,
  zone: prospect.zone,
  phones: [...prospect.phones],
  language: prospect.language,
  grade: prospect.grade,
  source: 'Trade fair list, researched by hand',
  lawfulBasis: 'Asked for our catalogue at the trade fair',
  fields: { why: prospect.why },
});

function daysOf(scenario: Scenario): readonly number[] {
  const from = Date.parse(scenario.launchAt);
  return Array.from({ length: scenario.days }, (_, day) => from + (day + 1) * 86_400_000);
}
