/** Compares what the API reports with what the scenario expects. The auditor cannot see these in mails. */
import { type Conversation, inProspect } from './conversation.ts';
import type { ReportedState } from './input.ts';
import type { Violation } from './report.ts';

/** Tasks and holds follow from an answer; one that was never due in this run demands nothing. */
export const checkState = (
  state: ReportedState | undefined,
  conversations: readonly Conversation[],
): Violation[] =>
  state === undefined
    ? []
    : conversations.flatMap((conversation) => {
        const { expect, key } = conversation.prospect;
        if (conversation.heard.length === 0) return [];
        const reports = (list: readonly { prospect: string; kind: string }[], kind: string): boolean =>
          list.some((one) => one.prospect === key && one.kind === kind);
        return [
          ...expect.tasks
            .filter((kind) => !reports(state.tasks, kind))
            .map((kind) => inProspect(conversation, 'task-not-reported', `the API reports no ${kind} task`)),
          ...expect.holds
            .filter((kind) => !reports(state.holds, kind))
            .map((kind) => inProspect(conversation, 'hold-not-reported', `the API reports no ${kind} hold`)),
        ];
      });
