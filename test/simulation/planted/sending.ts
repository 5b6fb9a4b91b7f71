/** Mistakes around the claim, the call and the mark: each a design that somebody ships. */
import type { PlantedBug } from './bug.ts';

const SENDING = 'shared/domain/enrollment/sending.ts';
const SEND = 'shared/send-letter.ts';
const ENGINE = 'shared/engine.ts';

export const SENDING_BUGS: readonly PlantedBug[] = [
  {
    name: 'send-then-mark',
    mistake: 'sends first and records afterwards: no claim is saved',
    workloads: ['two-letters'],
    patches: [
      {
        file: ENGINE,
        find: 'if (decision.state !== loaded.state) {',
        put: "if (decision.state !== loaded.state && event.kind !== 'step-due') {",
      },
    ],
  },
  {
    name: 'timer-as-claim',
    mistake: 'the claim is the request, so a retry owns what a dead run had claimed',
    workloads: ['two-letters'],
    patches: [
      {
        file: SEND,
        find: 'claim: ports.ids.fresh() as ClaimId }',
        put: "claim: derivedId('claim', enrollmentId, String(step), minute) as ClaimId }",
      },
      {
        file: SENDING,
        find: "  if (letter.kind !== 'planned')\n    return ignored",
        put: `  if (letter.kind === 'sending' && letter.claim === event.claim) {
    const again = { ...letter, claimedAt: now };
    return applied(state, { ...walk, letter: again }, [{ rule: 'claimed', args: { step: letter.step } }], [
      { kind: 'send-letter', enrollmentId: walk.id, step: letter.step, claim: event.claim, claimedAt: now },
    ]);
  }
  if (letter.kind !== 'planned')
    return ignored`,
      },
    ],
  },
  {
    name: 'sdk-retry',
    mistake: 'a call without an answer is made again, as the SDK would',
    workloads: ['two-letters'],
    patches: [
      {
        file: SEND,
        find: 'const outcome = await ports.mailer.send(mail);',
        put: "let outcome = await ports.mailer.send(mail);\n  if (outcome.kind === 'unknown') outcome = await ports.mailer.send(mail);",
      },
    ],
  },
  {
    name: 'time-out-is-failure',
    mistake: 'no answer counts as a no: the step is planned again',
    workloads: ['two-letters'],
    patches: [
      {
        file: SEND,
        find: "await tell({ kind: 'send-unknown', claim });",
        put: "await tell({ kind: 'send-refused', claim, why: 'unreachable', retryAt: plus(ports.clock.now(), 60_000) });",
      },
    ],
  },
  {
    name: 'lease-takeover',
    mistake: 'a claim of more than a minute is taken over, as idempotency libraries do',
    workloads: ['two-letters', 'five-letters'],
    patches: [
      {
        file: SENDING,
        find: "  if (letter.kind !== 'planned')\n    return ignored",
        put: `  if (letter.kind === 'sending' && msBetween(letter.claimedAt, now) > 60_000) {
    const mine = { ...letter, claim: event.claim, claimedAt: now };
    return applied(state, { ...walk, letter: mine }, [{ rule: 'claimed', args: { step: letter.step } }], [
      { kind: 'send-letter', enrollmentId: walk.id, step: letter.step, claim: event.claim, claimedAt: now },
    ]);
  }
  if (letter.kind !== 'planned')
    return ignored`,
      },
    ],
  },
  {
    name: 'no-deadline',
    mistake: 'a run that stood still after its claim sends when it wakes up',
    workloads: ['stop-races'],
    patches: [
      {
        file: SEND,
        find: 'if (msBetween(claimedAt, ports.clock.now()) > CLAIM_FRESH_MS) {',
        put: 'if (claimedAt === undefined) {',
      },
    ],
  },
  {
    name: 'gate-before-claim',
    mistake: 'the gates are read before the claim, so what closes in between is not seen',
    workloads: ['pauses', 'company'],
    patches: [
      {
        file: SEND,
        find: '  const claimed = await applyEvent(ports, enrollmentId, event, due?.known.plan, due?.seen);',
        put: `  if (prepared) {
    const { campaignId, senderId } = prepared.walk;
    const { companyDomain } = prepared.known.contact;
    prepared.gates = await ports.store.readGates({ campaignId, senderId, ...(companyDomain ? { companyDomain } : {}) });
  }
  const claimed = await applyEvent(ports, enrollmentId, event, due?.known.plan, due?.seen);`,
      },
      {
        file: SEND,
        find: 'applyEvent(ports, walk.id, event, plan);\n  const gates = await ports',
        put: 'applyEvent(ports, walk.id, event, plan);\n  const gates = prepared.gates ?? await ports',
      },
    ],
  },
  {
    name: 'no-cap',
    mistake: 'nothing keeps two campaigns from writing to one person on one day',
    workloads: ['two-campaigns'],
    patches: [{ file: SENDING, find: 'if (capEnds && capEnds > now)', put: 'if (capEnds === null)' }],
  },
  {
    name: 'early-timer-trusted',
    mistake: 'a timer is believed: what fires early sends early',
    workloads: ['two-letters', 'five-letters'],
    patches: [{ file: SENDING, find: 'if (now < letter.dueAt) {', put: 'if (letter.dueAt === undefined) {' }],
  },
  {
    name: 'stale-step-accepted',
    mistake: 'an old message of another step sends whatever is planned now',
    workloads: ['five-letters', 'two-letters'],
    patches: [
      {
        file: SENDING,
        find: 'if (letter.step !== event.step || minuteName(letter.dueAt) !== event.minute) {',
        put: `if (letter.step !== event.step) return dueNow(state, walk, letter, event.claim, now, plan);
  if (minuteName(letter.dueAt) !== event.minute) {`,
      },
    ],
  },
  {
    name: 'late-timer-at-night',
    mistake: 'a timer that comes hours late sends at once, whatever time it is there',
    workloads: ['two-letters', 'five-letters'],
    patches: [
      {
        file: SENDING,
        find: 'if (isLate && !isOpenAt(',
        put: 'if (isLate && walk.id === undefined && !isOpenAt(',
      },
    ],
  },
  {
    name: 'due-from-launch',
    mistake: 'the follow-up counts from the launch, not from the letter before it',
    workloads: ['two-letters', 'ses-refuses'],
    patches: [
      {
        file: SENDING,
        find: 'const next = advance(state, marked, event.step + 1, at, now, plan);',
        put: 'const next = advance(state, marked, event.step + 1, state.because[0]?.at ?? at, now, plan);',
      },
    ],
  },
  {
    name: 'mark-overwrites-end',
    mistake: 'the mark writes the walk as it knew it: an end in between is undone',
    workloads: ['stop-races'],
    patches: [
      {
        file: SENDING,
        find: "  if (walk.kind === 'ended') {\n    const { letter: pending",
        put: '  if (walk.id === undefined) {\n    const { letter: pending',
      },
      {
        file: SENDING,
        find: 'const marked: OpenEnrollment = { ...walk, sent: [...walk.sent, sent] };\n  if (!isMine',
        put: "const marked: OpenEnrollment = { ...walk, kind: 'open', holds: walk.holds ?? [], sent: [...walk.sent, sent] };\n  if (!isMine",
      },
    ],
  },
  {
    name: 'holds-not-asked',
    mistake: 'the claim does not look at the holds',
    workloads: ['stop-races', 'pauses'],
    patches: [
      {
        file: SENDING,
        find: 'const holding = walk.holds.find(isUndated);',
        put: 'const holding = undefined;',
      },
    ],
  },
  {
    name: 'quota-not-taken',
    mistake: 'the quota is counted, but neither planning nor sending heeds it',
    workloads: ['quota'],
    patches: [
      {
        file: SEND,
        find: 'if (!(await ports.store.takeQuota(',
        put: 'if (undefined === (await ports.store.takeQuota(',
      },
      // Places would keep most of the days apart by themselves.
      { file: 'shared/known-walk.ts', find: '    limits: limitsOf(sender),\n', put: '' },
    ],
  },
];
