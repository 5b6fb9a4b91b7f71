/** Mistakes in keeping: saves without their condition, timers after the mark, a net with holes, wrong gates. */
import type { PlantedBug } from './bug.ts';

const ENGINE = 'shared/engine.ts';
const RECONCILE = 'shared/reconcile.ts';
const GATE = 'shared/domain/gate.ts';

const SAVE = 'const answer = await ports.store.saveState(decision.state, loaded.version, writeId);';
const EFFECTS = `  for (const effect of decision.effects) {
    if (effect.kind === 'send-letter') continue;
    if (effect.kind === 'add-task') lost.tasks.add(effect.task.id);
    await carryOut(ports, loaded.state.contactId, effect);
  }
`;
const NO_LOOK = {
  file: RECONCILE,
  find: 'attempt(() => lookAtDue(ports, now))',
  put: 'attempt(async () => ({ looked: lookAtDue.length - 2, waiting: 0 }))',
};

export const KEEPING_BUGS: readonly PlantedBug[] = [
  {
    name: 'places-die-with-runs',
    mistake: 'gives back places only in the run that left them, which may die first',
    workloads: ['quota', 'stop-races', 'absence-twice', 'slots'],
    patches: [
      {
        file: 'shared/give-back.ts',
        find: 'if (isHeld) continue;',
        put: 'if (isHeld || day !== "") continue;',
      },
      {
        file: 'shared/give-back.ts',
        find: 'if (await isOffered(ports, slot)) return 0;',
        put: 'if ((await isOffered(ports, slot)) || slot.at > "") return 0;',
      },
    ],
  },
  {
    name: 'blind-save',
    mistake:
      'the version is read again just before the save, so the save always fits: a stop is overwritten by an un-hold',
    workloads: ['stop-races'],
    patches: [
      {
        file: ENGINE,
        find: SAVE,
        put: `const newest = await ports.store.loadState(loaded.state.contactId);
    const answer = await ports.store.saveState(decision.state, newest?.version, writeId);`,
      },
    ],
  },
  {
    name: 'mark-before-timer',
    mistake: 'the save comes before the timer, and nobody looks for walks without one',
    workloads: ['two-letters'],
    patches: [
      { file: ENGINE, find: EFFECTS, put: '' },
      {
        file: ENGINE,
        find: "  for (const effect of decision.effects) if (effect.kind === 'add-task') lost.tasks.delete(effect.task.id);\n",
        put: EFFECTS,
      },
      NO_LOOK,
    ],
  },
  {
    name: 'no-reconcile',
    mistake: 'nobody looks for what was lost',
    workloads: ['two-letters'],
    patches: [NO_LOOK],
  },
  {
    name: 'alert-marked-first',
    mistake: 'an alert is marked as delivered before it is',
    workloads: ['two-letters'],
    patches: [
      {
        file: 'shared/deliver-alert.ts',
        find: 'const known = await gather(ports, alert);',
        put: 'await markDelivered(ports, alertId, channelId);\n  const known = await gather(ports, alert);',
      },
    ],
  },
  {
    name: 'alerts-forgotten',
    mistake: 'an alert that was stored but never queued, or whose message was lost, rings nobody',
    workloads: ['ses-refuses', 'two-letters'],
    patches: [
      {
        file: RECONCILE,
        find: 'attempt(() => ringForgotten(ports, now))',
        put: 'attempt(async () => ringForgotten.length - 2)',
      },
    ],
  },
  {
    name: 'no-fence',
    mistake: 'follow-ups go although nobody reads the answers',
    workloads: ['inbound-down'],
    patches: [
      {
        file: GATE,
        find: 'if (isFollowUp && isFenceClosed(',
        put: 'if (isFollowUp && now === undefined && isFenceClosed(',
      },
    ],
  },
  {
    name: 'fence-counts-no-dead',
    mistake: 'the fence trusts the mark alone: a mail among the dead letters is forgotten',
    workloads: ['two-letters', 'stop-races', 'absence-twice'],
    patches: [{ file: GATE, find: 'return inbound.deadLetters > 0 || msBetween', put: 'return msBetween' }],
  },
  {
    name: 'paused-campaign-sends',
    mistake: 'the campaign gate knows drafts only',
    workloads: ['pauses'],
    patches: [
      {
        file: GATE,
        find: "if (gates.campaign.status !== 'running')",
        put: "if (gates.campaign.status === 'draft')",
      },
    ],
  },
  {
    name: 'paused-sender-sends',
    mistake: 'a pause of the sender without an end counts as none',
    workloads: ['pauses'],
    patches: [
      {
        file: GATE,
        find: 'const isPaused = gates.sender.paused &&',
        put: 'const isPaused = gates.sender.paused && gates.sender.pausedUntil !== undefined &&',
      },
    ],
  },
  {
    name: 'domain-gate-forgotten',
    mistake: 'a suppressed company is asked about at launch only',
    workloads: ['company'],
    patches: [{ file: GATE, find: 'if (gates.company?.suppressed)', put: 'if (gates.company === null)' }],
  },
  {
    name: 'forgotten-contacts',
    mistake:
      'a campaign is finished once no walk is open, also while a page of contacts lies among the dead letters',
    workloads: ['launch'],
    patches: [
      {
        file: 'shared/finish-campaigns.ts',
        find: 'const standings = await surveyRoster(ports, campaign);',
        put: 'const standings: readonly { id: ContactId; standing: Standing }[] = [];\n  void surveyRoster;',
      },
      // The page itself, redriven, would enroll them after all and open the campaign again.
      {
        file: 'shared/campaign-pages.ts',
        find: 'if (campaign.isStopped) return stopPage(ports, campaign, contactIds);',
        put: "if (campaign.status === 'finished') return stopPage(ports, campaign, contactIds);",
      },
    ],
  },
  {
    name: 'second-walk',
    mistake: 'a launch takes a person away from the conversation they are in',
    workloads: ['two-campaigns'],
    patches: [
      {
        file: 'shared/domain/enrollment/decide.ts',
        find: "if (before?.kind === 'open') return ignored(state, { rule: 'enrolled' });",
        put: '',
      },
    ],
  },
  {
    name: 'page-begins-again',
    mistake: 'a page that comes twice enrolls whoever is through a second time',
    workloads: ['launch', 'quota', 'two-letters'],
    patches: [
      {
        file: 'shared/campaign-pages.ts',
        find: 'const n = isHere ? last : last + 1;',
        put: "const n = isHere && current?.kind === 'open' ? last : last + 1;",
      },
    ],
  },
];
