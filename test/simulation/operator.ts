/**
 * The people around the product: whoever is asked decides what SES did not say (and decides rightly: they look it up),
 * reads what no reader could read, redrives dead letters, and resumes what a refusal had stopped.
 */
import type { Enrollment } from '../../shared/domain/enrollment/state.ts';
import { readEnrollmentId } from '../../shared/domain/ids.ts';
import { STOPPING } from './prospects.ts';
import type { Script } from './script.ts';
import { letterTags } from './ses.ts';
import { statesIn } from './world.ts';

export type Operator = {
  /** One look at everything; answers what was done. */
  round(): Promise<number>;
  redrive(): number;
  readonly decided: Set<string>;
};

export function makeOperator(script: Script): Operator {
  const { world } = script;
  const decided = new Set<string>();

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
    });
    return 1;
  };
  const read = async (walk: Enrollment & { kind: 'open' }): Promise<number> => {
    let done = 0;
    for (const hold of walk.holds) {
      if (hold.kind !== 'person' || !hold.id.startsWith('mail:')) continue;
      const mail = world.ledger.mails.get(hold.id.slice('mail:'.length));
      done += 1;
      if (mail && STOPPING.has(mail.sort)) await script.stopWalk(walk.id);
      else await script.releaseWalk(walk.id, hold.id);
    }
    return done;
  };

  return {
    decided,
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
        done += await read(enrollment);
      }
      for (const { sk, document } of world.table.everything()) {
        const campaign = document as { id: string; status?: string } | undefined;
        if (sk !== 'campaign' || campaign?.status !== 'paused') continue;
        // Paused by a refusal of SES; what a workload paused it resumes itself before healing.
        await script.resumeCampaign(campaign.id);
        done += 1;
      }
      return done;
    },
  };
}
