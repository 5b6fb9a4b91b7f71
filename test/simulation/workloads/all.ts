/** Every workload by name. A new one is added here and in README.md. */
import { absenceTwice } from './absence-twice.ts';
import { approval } from './approval.ts';
import { bounceStorm } from './bounce-storm.ts';
import { channelDown } from './channel-down.ts';
import { company } from './company.ts';
import { companyGate } from './company-gate.ts';
import { consoleAnswers } from './console-answers.ts';
import { correctedReading } from './corrected-reading.ts';
import { eraseWhileSending } from './erase-while-sending.ts';
import { fiveLetters } from './five-letters.ts';
import { importWhileRunning } from './import-while-running.ts';
import { inboundDown } from './inbound-down.ts';
import { launch, launchThousand } from './launch.ts';
import { mailPairs } from './mail-pairs.ts';
import { outcomes } from './outcomes.ts';
import { ownMailbox } from './own-mailbox.ts';
import { pauses } from './pauses.ts';
import { quota } from './quota.ts';
import { sesRefuses } from './ses-refuses.ts';
import { slots } from './slots.ts';
import { stopRaces } from './stop-races.ts';
import { transfer } from './transfer.ts';
import { twoCampaigns } from './two-campaigns.ts';
import { twoLetters } from './two-letters.ts';
import { twoWays } from './two-ways.ts';
import type { Workload } from './workload.ts';

export const WORKLOADS: readonly Workload[] = [
  twoLetters,
  stopRaces,
  absenceTwice,
  fiveLetters,
  pauses,
  twoCampaigns,
  launch,
  quota,
  sesRefuses,
  bounceStorm,
  inboundDown,
  channelDown,
  company,
  mailPairs,
  ownMailbox,
  twoWays,
  correctedReading,
  approval,
  outcomes,
  companyGate,
  transfer,
  slots,
  importWhileRunning,
  eraseWhileSending,
  consoleAnswers,
  launchThousand,
];
