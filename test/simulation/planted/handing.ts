/** Mistakes in the hand-off and with data: approval, slots, companies, transfer, outcomes, imports, erasure, channels. */
import type { PlantedBug } from './bug.ts';

export const HANDING_BUGS: readonly PlantedBug[] = [
  {
    name: 'approved-once-for-all',
    mistake: 'approval is of the step, not of its words: what was edited afterwards goes unseen',
    workloads: ['approval'],
    patches: [
      {
        file: 'shared/prepare-letter.ts',
        find: "if (known.plan.wantsApproval && walk.approved?.print !== letterPrint(order)) return { kind: 'changed' };",
        put: '',
      },
      {
        file: 'shared/domain/enrollment/approval.ts',
        find: '  if (walk?.approved?.step !== step) return ignored(state, reason);\n',
        put: '  if (walk?.approved?.step !== step || walk) return ignored(state, reason);\n',
      },
      {
        file: 'shared/domain/enrollment/approval.ts',
        find: '  const { approved: _, ...rest } = walk;\n  const isKnown =',
        put: '  const rest = walk;\n  const isKnown =',
      },
    ],
  },
  {
    name: 'slot-looked-for-only',
    mistake: 'an hour is looked up among the free ones and offered, never reserved',
    workloads: ['slots'],
    patches: [
      {
        file: 'shared/offer-slots.ts',
        find: "    if ((await ports.store.reserveSlot(senderId, slot.at, holder, lookAt)) === 'reserved') return slot.at;",
        put: '    if (slot.at !== undefined || holder === undefined) return slot.at;',
      },
    ],
  },
  {
    name: 'hold-without-question',
    mistake: 'a company held by a run that died before it asked anybody stays shut for ever',
    workloads: ['company-gate'],
    patches: [
      {
        file: 'shared/hold-company.ts',
        find: '  if (!heldSince || msBetween(heldSince, now) < ASKED_WITHIN_MS) return;',
        put: '  if (heldSince || domain) return;',
      },
    ],
  },
  {
    name: 'release-opens-nothing',
    mistake: 'colleagues are released by closing the task; the gate of their company stays shut',
    workloads: ['company-gate'],
    patches: [
      {
        file: 'shared/close-task.ts',
        find: "  if (outcome === 'release') await releaseCompany(ports, task.contactId);\n",
        put: '',
      },
    ],
  },
  {
    name: 'campaign-moved-first',
    mistake:
      'a leaver’s campaign moves before its walks are queued: a crash between leaves them where they were',
    workloads: ['transfer'],
    patches: [
      {
        file: 'shared/transfer-sender.ts',
        find: "    await ports.timers.queuePage({ kind: 'transfer', campaignId: campaign.id, from: from.id, to: to.id });\n    await moveCampaign(ports, campaign, to.id);\n",
        put: "    await moveCampaign(ports, campaign, to.id);\n    await ports.timers.queuePage({ kind: 'transfer', campaignId: campaign.id, from: from.id, to: to.id });\n",
      },
    ],
  },
  {
    name: 'import-marked-first',
    mistake: 'a batch of rows is marked as done before it is: a crash between loses them',
    workloads: ['import-while-running'],
    patches: [
      {
        file: 'shared/import-contacts.ts',
        find: '  const settled = await settleBatch(ports, one, firstRow, good, columns);\n',
        put: `  const marked = await change(ports, one, { done: one.done + batch.length });
  if (!marked) return undefined;
  one = marked;
  const settled = await settleBatch(ports, one, firstRow, good, columns);
`,
      },
      {
        file: 'shared/import-contacts.ts',
        find: '    done: one.done + batch.length,\n    accepted',
        put: '    done: one.done,\n    accepted',
      },
    ],
  },
  {
    name: 'erased-at-once',
    mistake: 'a person is swept away once, while runs that began before still write about them',
    workloads: ['erase-while-sending'],
    patches: [
      {
        file: 'shared/erase-person.ts',
        find: '  const isSettled = filesAreSwept && msBetween(erasure.askedAt, now) >= ERASURE_SETTLES_MS;',
        put: '  const isSettled = filesAreSwept && msBetween(erasure.askedAt, now) >= ERASURE_SETTLES_MS * 0;',
      },
    ],
  },
  {
    name: 'outcome-heard-by-winner-only',
    mistake:
      'a task is closed, and only that very run applies its outcome: a crash between loses what was said',
    workloads: ['outcomes', 'company-gate'],
    patches: [
      {
        file: 'shared/close-task.ts',
        find: '  const isFresh = msBetween(closed.closedAt ?? ports.clock.now(), ports.clock.now()) <= REPEAT_MS;',
        put: "  const isFresh = task.status === 'open' && REPEAT_MS > 0 && msBetween.length > 0;",
      },
    ],
  },
  {
    name: 'news-told-first',
    mistake: 'a notice is settled before its endpoint has taken it',
    workloads: ['channel-down'],
    patches: [
      {
        file: 'shared/deliver-notice.ts',
        find: "  const outcome = refusal?.why ?? 'taken';\n  if (!refusal) {",
        put: "  const outcome = refusal?.why ?? 'taken';\n  if (!refusal || attempt >= 0) {",
      },
    ],
  },
];
