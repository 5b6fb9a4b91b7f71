/** The next letter of a walk as a person sees it before it goes: its words, what the lint says, when it would go. */
import { lintDraft } from './check-letters.ts';
import type { Contact } from './domain/contact.ts';
import { approvalHoldId, refusedHoldId } from './domain/enrollment/approval-hold.ts';
import { decide } from './domain/enrollment/decide.ts';
import type { ContactState, OpenEnrollment } from './domain/enrollment/state.ts';
import type { Instant } from './domain/instant.ts';
import type { LetterFinding } from './domain/letter/finding.ts';
import { letterHtml } from './domain/letter/letter-html.ts';
import { letterPrint, writeLetter } from './domain/letter/write-letter.ts';
import type { WrittenLetter } from './domain/letter/written-letter.ts';
import type { Sender } from './domain/sender.ts';
import { type KnownWalk, loadKnown } from './known-walk.ts';
import { orderLetter } from './order-letter.ts';
import type { Ports } from './ports.ts';
import { slotsNow } from './preview-letters.ts';
import { loadSpeller } from './spelling.ts';

export type NextLetter = {
  readonly walk: OpenEnrollment;
  readonly contact: Contact;
  readonly sender: Sender;
  readonly step: number;
  /** It wants a person's word before it goes. */
  readonly waits: boolean;
  /** Of these very words: what an approval names. Absent where the letter cannot be written. */
  readonly print?: string;
  /** When it goes, or would go if it were approved now; absent while something else holds it. */
  readonly at?: Instant;
  readonly letter?: WrittenLetter;
  readonly html?: string;
  readonly spelling: 'checked' | 'no-dictionary';
  readonly findings: readonly LetterFinding[];
};

/** `undefined`: the walk is over, its letter is on the way, or its next step is a task. */
export async function lookAtNext(ports: Ports, state: ContactState): Promise<NextLetter | undefined> {
  const walk = state.enrollment;
  if (walk?.kind !== 'open' || walk.letter.kind !== 'planned') return undefined;
  const { step } = walk.letter;
  const known = await loadKnown(ports, walk);
  if (known.plan.steps[step]?.kind !== 'letter') return undefined;
  const { contact, sender, sequence } = known;
  const order = await orderLetter(ports, walk, known, step);
  const print = letterPrint(order);
  // No token stands in it: whoever tries the link of a letter that is only looked at must not unsubscribe the prospect.
  const optOutUrl = `${ports.settings.publicUrl}/u/preview`;
  const slots = await slotsNow(ports, sender, contact);
  const written = writeLetter({ ...order, optOutUrl, slots });
  const context = order.wasAbsent ? 'back-from-absence' : 'no-answer';
  const language = written.kind === 'written' ? written.letter.language : sequence.language;
  const speller = await loadSpeller(language, sequence.glossary);
  const spellers = new Map([[language, speller]]);
  const findings = lintDraft({ step, context, written }, { sender, contact, optOutUrl, spellers });
  const at = whenApproved(ports, state, walk, known, print);
  return {
    walk,
    contact,
    sender,
    step,
    waits: walk.holds.some(({ id }) => id === approvalHoldId(step) || id === refusedHoldId(step)),
    ...(print ? { print } : {}),
    ...(at ? { at } : {}),
    ...(written.kind === 'written' ? { letter: written.letter, html: letterHtml(written.letter) } : {}),
    spelling: speller.kind === 'dictionary' ? 'checked' : 'no-dictionary',
    findings,
  };
}

/** Asked of the rules themselves; what others of the sender's letters take meanwhile may still move it. */
function whenApproved(
  ports: Ports,
  state: ContactState,
  walk: OpenEnrollment,
  { plan }: KnownWalk,
  print = '',
): Instant | undefined {
  const { step } = walk.letter;
  const told = decide(state, { kind: 'approved', step, print }, ports.clock.now(), plan).state.enrollment;
  if (told?.kind !== 'open' || told.letter.kind !== 'planned') return undefined;
  return told.holds.some(({ until }) => until === undefined) ? undefined : told.letter.dueAt;
}
