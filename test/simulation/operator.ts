/**
 * The people around the product: whoever is asked decides what SES did not say (and decides rightly: they look it up),
 * reads what no reader could read, redrives dead letters, and resumes what a refusal had stopped.
 */
import type { Enrollment } from '../../shared/domain/enrollment/state.ts';
import { readEnrollmentId } from '../../shared/domain/ids.ts';
import type { IncomingMessage } from '../../shared/domain/message.ts';
import type { Task } from '../../shared/domain/task.ts';
import type { InboundMail } from './ledger.ts';
import { STOPPING } from './prospects.ts';
import type { Script } from './script.ts';
import { letterTags } from './ses.ts';
import { statesIn, unreadIn } from './world.ts';

export type Operator = {
  /** One look at everything; answers what was done. */
  round(): Promise<number>;
  /** Ends the drafts that nobody launches any more: their pages would wait, be redriven, and wait again for ever. */
  closeDrafts(): Promise<number>;
  redrive(): number;
  readonly decided: Set<string>;
};

export function makeOperator(script: Script): Operator {
  const { world } = script;
  const decided = new Set<string>();
  const random = script.random.fork('desk');

  const decide = async (walk: Enrollment & { kind: 'open' }): Promise<number> => {
    const { letter, id } = walk;
    if (letter.kind !== 'unknown' || !letter.asked) return 0;
    decided.add(`${id} ${letter.step}`);
    const went = world.ses.accepted.some(({ tags }) => {
      const one = letterTags(tags);
      return one?.enrollment === id && one.step === letter.step;
    });
    await world.platform.ask('POST', `/v1/enrollments/${id}/decide`, {
      decision: went ? 'it-went' : 'send-again',
      claim: letter.claim,
    });
    return 1;
  };
  /** What no reader could read a person reads, and says what it is; the sequence follows them. */
  const read = async (message: IncomingMessage): Promise<number> => {
    const mail = [...world.ledger.mails.values()].find(({ rawKey }) => rawKey === message.rawKey);
    if (!mail) return 0;
    const answer = await script.correct(message, mail);
    if (answer.status < 300) return 1;
    // Listed as unmatched, it can be given no meaning: somebody says whose it is, or stops or lets go what it holds.
    if (mail.sort !== 'own-answer' && random.chance(0.5)) return assign(message, mail);
    const hold = `mail:${mail.id}`;
    const walk = statesIn(world.table)
      .map(({ enrollment }) => enrollment)
      .find((one) => one?.kind === 'open' && one.holds.some(({ id }) => id === hold));
    if (!walk) return 0;
    if (STOPPING.has(mail.sort)) await script.stopWalk(walk.id);
    else await script.releaseWalk(walk.id, hold);
    return 1;
  };
  const assign = async (message: IncomingMessage, mail: InboundMail): Promise<number> => {
    const { status, body } = await script.assign(message, mail);
    if (status < 300) await script.correct(body as IncomingMessage, mail);
    return 1;
  };
  const campaignsThatAre = (status: string): readonly string[] =>
    [...world.table.everything()]
      .filter(({ sk }) => sk === 'campaign')
      .map(({ document }) => document as { readonly id: string; readonly status: string })
      .filter((campaign) => campaign.status === status)
      .map(({ id }) => id);

  /** Paused by the product for their bounces or complaints, until somebody has looked. */
  const pausedForFates = (): readonly string[] =>
    [...world.table.everything()]
      .filter((item) => item.sk === 'pause' && item.paused && !item.until && item.why !== 'by-person')
      .map(({ pk }) => pk.slice('sender#'.length));

  const heldCompanies = (): readonly Task[] =>
    [...world.table.everything()]
      .filter(({ sk }) => sk.startsWith('task#'))
      .map(({ document }) => document as Task)
      .filter(({ kind, status }) => kind === 'company-held' && status === 'open');

  return {
    decided,
    closeDrafts: async () => {
      const drafts = campaignsThatAre('draft');
      for (const id of drafts) await world.platform.ask('POST', `/v1/campaigns/${id}/stop`, {});
      return drafts.length;
    },
    redrive: () => {
      for (const mail of world.ledger.mails.values())
        if (mail.doneAt === undefined) mail.queuedAt = script.now();
      return world.queues.redrive();
    },
    round: async () => {
      let done = 0;
      for (const { enrollment } of statesIn(world.table)) {
        if (enrollment?.kind !== 'open' || !readEnrollmentId(enrollment.id)) continue;
        done += await decide(enrollment);
      }
      for (const task of heldCompanies()) {
        await world.platform.ask('POST', `/v1/tasks/${task.contactId}/${task.id}/outcome`, {
          outcome: 'release',
        });
        done += 1;
      }
      for (const { enrollment } of statesIn(world.table)) {
        const waits = enrollment?.kind === 'open' && enrollment.holds.some(({ kind }) => kind === 'approval');
        if (waits && (await script.approve(enrollment.id))) done += 1;
      }
      for (const message of unreadIn(world.table)) done += await read(message);
      for (const id of pausedForFates()) {
        await script.resumeSender(id);
        done += 1;
      }
      // Paused by a refusal of SES; what a workload paused it resumes itself before healing.
      for (const id of campaignsThatAre('paused')) {
        await script.resumeCampaign(id);
        done += 1;
      }
      return done;
    },
  };
}
