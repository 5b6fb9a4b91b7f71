/** Orders of more than one call: a launch that was lost half way is asked for again, an approval looks first. */
import type { EnrollmentId } from '../../shared/domain/ids.ts';
import { wordsOf } from './judge-letters.ts';
import type { Launched } from './judge-rest.ts';
import type { ApiAnswer } from './platform.ts';
import { contactInput, type Prospect } from './prospects.ts';
import type { World } from './world.ts';

export type SenderGiven = {
  readonly id: string;
  readonly dailyQuota?: number;
  readonly zone?: string;
  /** Written out elsewhere, the launch names the sender by id. */
  readonly channels?: readonly unknown[];
};
export type LaunchGiven = {
  readonly campaign: string;
  readonly sender: SenderGiven;
  /** Days of delay of each letter; the first is the first letter's. */
  readonly delayDays: readonly number[];
  readonly contacts: readonly Prospect[];
  /** Each letter waits for a person. */
  readonly approval?: 'each';
  /** Task steps after the letters. */
  readonly tasks?: readonly { readonly channel: 'call' | 'whatsapp'; readonly workingDays: number }[];
  /** Said in every letter besides. */
  readonly besides?: string;
  readonly pesterReason?: string;
};

/** Asks until it is launched. Answers who was taken. */
export async function launch(
  world: World,
  launched: Launched[],
  given: LaunchGiven,
): Promise<readonly Prospect[]> {
  const { asked, platform } = world;
  const { campaign, sender, delayDays, contacts, approval, pesterReason } = given;
  if (approval) asked.wantsApproval.add(campaign);
  const zone = sender.zone ?? 'Europe/Berlin';
  const dailyQuota = sender.dailyQuota ?? 1_000;
  asked.delayDays.set(campaign, delayDays);
  asked.quotas.set(sender.id, { quota: dailyQuota, zone });
  const body = {
    id: campaign,
    name: campaign,
    sender: sender.channels ? sender.id : senderInput(sender.id, zone, dailyQuota),
    sequence: sequenceInput(campaign, given),
    ...(approval ? { approval } : {}),
    contacts: contacts.map(contactInput),
    launch: true,
    skipRefused: true,
    // A third campaign comes within weeks of the second.
    reEnrollReason: 'They know us',
    // The ledger would end the walk before a fifth letter in 60 days.
    ...(delayDays.length > 4 || pesterReason
      ? { pesterReason: pesterReason ?? 'They asked for all five' }
      : {}),
  };
  let answer = await platform.ask('POST', '/v1/campaigns', body);
  // The answer to an earlier attempt was lost: what stands there is ours, and may still want its launch.
  if (answer.status === 409)
    answer = await platform.ask('POST', `/v1/campaigns/${campaign}/launch`, { skipRefused: true });
  if (answer.status === 422) return [];
  if (answer.status >= 300 && answer.status !== 409)
    throw new Error(`The launch was answered ${answer.status}: ${JSON.stringify(answer.body)}`);
  const { refused = [] } = (answer.body ?? {}) as { refused?: readonly { contactId?: string }[] };
  const left = new Set(refused.map((one) => one.contactId));
  const taken = contacts.filter(({ id }) => !left.has(id));
  for (const { id } of taken) launched.push({ campaign, contactId: id, letters: delayDays.length });
  return taken;
}

export const senderInput = (id: string, zone: string, dailyQuota: number, channels?: readonly unknown[]) => ({
  id,
  name: 'Jane Doe',
  company: 'Doe Ceramics Ltd.',
  address: `${id}@doe.example`,
  postalAddress: '1 Kiln Road, Foshan, China',
  zone,
  dailyQuota,
  ...(channels ? { channels } : {}),
});

const sequenceInput = (id: string, { delayDays, tasks = [], besides = '' }: LaunchGiven) => ({
  id,
  name: id,
  language: 'en',
  steps: [
    ...delayDays.map((days, step) => ({
      kind: 'letter',
      delay: { days },
      ...(step === 0 ? { subject: 'Plates for {{ contact.company }}' } : {}),
      body: `Dear {{ contact.firstName }},\n\n{{ contact.why }}\n\nThis is letter ${step + 1}.${besides}\n\nBest regards`,
    })),
    ...tasks.map(({ channel, workingDays }) => ({
      kind: 'task',
      channel,
      delay: { workingDays },
      text: 'Ask whether the letters came',
    })),
  ],
});

/** Sees, says what was seen before the call that lets it go, and then lets it go. */
export async function approveNext(
  world: World,
  enrollment: EnrollmentId,
  edition: number | undefined,
): Promise<ApiAnswer | undefined> {
  const { platform, asked } = world;
  const path = `/v1/enrollments/${enrollment}`;
  let seen = await platform.ask('GET', `${path}/letter`);
  const { step } = seen.body as { step?: number };
  if (seen.status !== 200 || step === undefined) return undefined;
  if (edition !== undefined) {
    const who = (seen.body as { name: string }).name.split(' ')[0];
    const body = `Dear ${who},\n\nEdition ${edition} of letter ${step + 1}.\n\nBest regards`;
    seen = await platform.ask('PUT', `${path}/letters/${step}`, { body });
    if (seen.status !== 200) return seen;
  }
  const { print, letter } = seen.body as { print: string; letter: { text: string } };
  const name = `${enrollment} ${step}`;
  asked.approvedWords.set(name, (asked.approvedWords.get(name) ?? new Set()).add(wordsOf(letter.text)));
  return platform.ask('POST', `${path}/approve`, { step, print });
}
