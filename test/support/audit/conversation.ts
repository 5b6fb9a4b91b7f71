/** Sorts a run's mails into one conversation per prospect, and tells letters, follow-ups and alerts apart. */
import type { Answer, AnswerKind, Prospect, Scenario } from '../../fixtures/demo/scenario-file.ts';
import type { Received, Run, Sent } from './input.ts';
import { header, messageIds } from './mime.ts';
import type { Rule, Violation } from './report.ts';

export type Letter = Sent & { readonly role: 'first' | 'follow-up' };
export type Heard = Received & { readonly answer: Answer };

export type Conversation = {
  readonly prospect: Prospect;
  readonly scenario: Scenario;
  /** In the order of acceptance. */
  readonly letters: readonly Letter[];
  readonly heard: readonly Heard[];
  readonly first?: Letter;
  readonly followUp?: Letter;
  /** What the salesperson did about this prospect. */
  readonly done: Run['done'];
  /** From a colleague's reply until the salesperson let go, or to the end of the run. */
  readonly held?: { readonly from: number; readonly to: number };
  /** What the product says of its dates; absent where nothing was exported. */
  readonly reasons?: readonly string[];
  /** The earliest mail after which nothing may be written any more. */
  readonly stop?: Heard;
};

const STOPPING: ReadonlySet<AnswerKind> = new Set(['reply', 'unsubscribe', 'left-company', 'bounce']);

/** Kinds that a person wrote, as opposed to a machine. */
export const HUMAN: ReadonlySet<AnswerKind> = new Set(['reply', 'unsubscribe', 'left-company']);

/**
 * A letter is a follow-up as soon as one mark of a thread is on it, so that a broken one is still judged as a
 * follow-up. References alone is no mark: a first letter may carry an id of its own there.
 */
const roleOf = (sent: Sent, earlierIds: ReadonlySet<string>): Letter['role'] => {
  const marked =
    /^\s*re\s*:/i.test(header(sent.mail, 'subject')) ||
    header(sent.mail, 'in-reply-to') !== '' ||
    messageIds(header(sent.mail, 'references')).some((id) => earlierIds.has(id));
  return marked ? 'follow-up' : 'first';
};

const lettersOf = (sent: readonly Sent[]): Letter[] => {
  const ids = new Set<string>();
  return sent.map((one) => {
    const letter: Letter = { ...one, role: roleOf(one, ids) };
    for (const id of messageIds(header(one.mail, 'message-id'))) ids.add(id);
    return letter;
  });
};

const isTo = (sent: Sent, address: string): boolean =>
  sent.to.some((to) => to.toLowerCase() === address.toLowerCase());

export const alertsOf = (run: Run): Sent[] =>
  run.sent.filter((sent) => isTo(sent, run.scenario.sender.alertAddress));

const heardBy = (prospect: Prospect, received: readonly Received[]): Heard[] =>
  received.flatMap((mail) => {
    const answer = prospect.answers.find((one) => one.fixture === mail.fixture);
    return mail.prospect === prospect.key && answer ? [{ ...mail, answer }] : [];
  });

const heldSpan = (run: Run, { heldBy }: Prospect): Conversation['held'] => {
  const other = run.scenario.prospects.find(({ key }) => key === heldBy);
  const reply = other && heardBy(other, run.received).find((mail) => mail.answer.kind === 'reply');
  if (!reply) return undefined;
  const decided = run.done.find((one) => one.prospect === heldBy && one.kind === 'colleagues');
  return { from: reply.time, to: decided?.time ?? Date.parse(run.scenario.endsAt) };
};

export const conversationOf = (run: Run, prospect: Prospect): Conversation => {
  const letters = lettersOf(run.sent.filter((sent) => isTo(sent, prospect.address)));
  const heard = heardBy(prospect, run.received);
  const first = letters.find((letter) => letter.role === 'first');
  const followUp = letters.find((letter) => letter.role === 'follow-up');
  const stop = heard.find((mail) => STOPPING.has(mail.answer.kind));
  const held = heldSpan(run, prospect);
  const reasons = run.state?.reasons.filter((one) => one.prospect === prospect.key).map(({ text }) => text);
  return {
    prospect,
    done: run.done.filter((one) => one.prospect === prospect.key),
    ...(held ? { held } : {}),
    ...(reasons ? { reasons } : {}),
    scenario: run.scenario,
    letters,
    heard,
    ...(first ? { first } : {}),
    ...(followUp ? { followUp } : {}),
    ...(stop ? { stop } : {}),
  };
};

/** Mails to anybody who is neither a prospect of the scenario nor the salesperson. */
export const strangers = (run: Run): Violation[] => {
  const known = new Set(
    [run.scenario.sender.alertAddress, ...run.scenario.prospects.map((prospect) => prospect.address)].map(
      (address) => address.toLowerCase(),
    ),
  );
  return run.sent
    .filter((sent) => sent.to.length !== 1 || sent.to.some((to) => !known.has(to.toLowerCase())))
    .map((sent) => ({
      rule: 'unknown-recipient',
      prospect: '',
      at: sent.at,
      file: `outbox/${sent.file}`,
      detail: `accepted for ${sent.to.join(', ') || 'nobody'}; a letter has one recipient of the scenario`,
    }));
};

/** A violation in one letter. */
export const inLetter = (
  conversation: Conversation,
  rule: Rule,
  letter: Sent,
  detail: string,
): Violation => ({
  rule,
  prospect: conversation.prospect.key,
  at: letter.at,
  file: `outbox/${letter.file}`,
  detail,
});

/** A violation by something that is not there. */
export const inProspect = (conversation: Conversation, rule: Rule, detail: string, at = ''): Violation => ({
  rule,
  prospect: conversation.prospect.key,
  at,
  file: '',
  detail,
});
