/** What only the product knows, asked through its public API: tasks, holds and unmatched mails, for the auditor. */
import type { Client } from '../../../shared/client.ts';

export type ExportedState = {
  readonly tasks: readonly { readonly prospect: string; readonly kind: string }[];
  readonly holds: readonly { readonly prospect: string; readonly kind: string }[];
  /** Every reason that the product gave, in its words. */
  readonly reasons: readonly { readonly prospect: string; readonly rule: string; readonly text: string }[];
  readonly unmatched: number;
};

const ABSENCES = new Set(['absent', 'absent-undated', 'absence-not-believed']);

/** `contacts`: contact id by prospect key. */
export async function exportState(
  client: Client,
  contacts: ReadonlyMap<string, string>,
): Promise<ExportedState> {
  const tasks: { prospect: string; kind: string }[] = [];
  const reasons: { prospect: string; rule: string; text: string }[] = [];
  const holds: { prospect: string; kind: string }[] = [];
  for (const [prospect, contactId] of contacts) {
    const { items } = await client.contacts.timeline(contactId);
    for (const entry of items) {
      if (entry.kind === 'task') tasks.push({ prospect, kind: entry.task });
      if (entry.kind === 'reason') reasons.push({ prospect, rule: entry.rule, text: entry.text });
      if (entry.kind === 'reason' && ABSENCES.has(entry.rule)) holds.push({ prospect, kind: 'absence' });
    }
  }
  const unmatched = await client.messages.list({ unmatched: 'true', limit: 100 });
  return { tasks, holds, reasons, unmatched: unmatched.items.length };
}
