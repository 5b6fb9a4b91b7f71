// Recorded AWS events, filled in for one test, and a walk on the real store that they are about.
import { readFileSync } from 'node:fs';
import { sendStep } from '../../functions/send-step.ts';
import type { EnrollmentId } from '../../shared/domain/ids.ts';
import { epochMs, instant, MINUTE, minuteName, plus } from '../../shared/domain/instant.ts';
import type { Ports, SendOutcome } from '../../shared/ports.ts';
import { CAMPAIGN, idOf, START, type World } from './api/api-fixture.ts';

const text = (name: string): string =>
  readFileSync(new URL(`../fixtures/events/${name}.json`, import.meta.url), 'utf8');

/** A recorded event with its upper-case placeholders filled. */
export function recorded(name: string, filled: Readonly<Record<string, string>> = {}): unknown {
  const whole = Object.entries(filled).reduce(
    (so, [placeholder, value]) => so.replaceAll(`"${placeholder}"`, JSON.stringify(value)),
    text(name),
  );
  return JSON.parse(whole);
}

/** An SQS batch as Lambda gets it; a string travels as it is, everything else as JSON. Message ids are `m0`, `m1`… */
export function batchOf(
  bodies: readonly unknown[],
  receives = 1,
): { readonly Records: readonly Record<string, unknown>[] } {
  const record = JSON.parse(text('sqs-record')) as { attributes: Record<string, string> };
  return {
    Records: bodies.map((body, index) => ({
      ...record,
      messageId: `m${index}`,
      body: typeof body === 'string' ? body : JSON.stringify(body),
      attributes: { ...record.attributes, ApproximateReceiveCount: String(receives) },
    })),
  };
}

export const failed = (...items: readonly number[]) => ({
  batchItemFailures: items.map((item) => ({ itemIdentifier: `m${item}` })),
});

export const ANA = 'ana.silva@ferragens.example';

/** Launches the fixture's campaign and brings Ana's first letter before SES, which answers `outcome`. */
export async function walkWith(world: World, outcome: SendOutcome) {
  await world.ask('POST', '/v1/campaigns', CAMPAIGN);
  await world.workOff();
  const contactId = idOf(ANA);
  const timer = world.timers.find(({ enrollmentId }) => enrollmentId.startsWith(contactId));
  if (!timer) throw new Error('Ana has no timer');
  world.pass(epochMs(timer.dueAt) - epochMs(START));
  const tags: Record<string, string>[] = [];
  const ports: Ports = {
    ...world.ports,
    mailer: {
      allowance: async () => undefined,
      send: async (mail) => {
        tags.push({ ...mail.tags });
        return outcome;
      },
    },
  };
  await ports.store.saveInbound({ markAt: ports.clock.now(), deadLetters: 0 });
  const due = {
    enrollmentId: timer.enrollmentId,
    step: timer.step,
    minute: minuteName(timer.dueAt),
  };
  const answer = await sendStep(ports)(batchOf([due]));
  const state = async () => {
    const loaded = await ports.store.loadState(contactId);
    if (!loaded) throw new Error('Ana has no state');
    return loaded.state;
  };
  return {
    answer,
    due,
    tags,
    contactId,
    enrollmentId: timer.enrollmentId as EnrollmentId,
    state,
    /** The walk alone. */
    walk: async () => (await state()).enrollment,
    filled: { ENROLLMENT: timer.enrollmentId, CLAIM: tags[0]?.claim ?? '' },
    later: () => instant(plus(ports.clock.now(), MINUTE)),
  };
}
