/** POST /v1/campaigns/preview and …/test-letter: letters are looked at, nothing is saved. */
import type {
  FindingView,
  LetterPreview,
  PlannedStep,
  PreviewAnswer,
  PreviewInput,
  TestLetterAnswer,
  TestLetterInput,
} from '../../shared/api/previews.ts';
import type { Fault } from '../../shared/api.ts';
import type { ContactFault } from '../../shared/complete-contact.ts';
import { type Contact, displayName } from '../../shared/domain/contact.ts';
import { fingerprintOf, type LetterFinding } from '../../shared/domain/letter/finding.ts';
import type { Sender } from '../../shared/domain/sender.ts';
import type { Sequence } from '../../shared/domain/sequence.ts';
import type { PreviewStep } from '../../shared/domain/time/preview.ts';
import { planContacts } from '../../shared/explain-step.ts';
import type { Ports } from '../../shared/ports.ts';
import { type PreviewedLetter, previewContacts, sendTest } from '../../shared/preview-letters.ts';
import { campaignParts } from './campaign-parts.ts';
import { clockView, wordedReason } from './enrollment-view.ts';
import { conflict, invalid } from './problem.ts';

type Parts = { readonly sender: Sender; readonly sequence: Sequence };

export async function previewLetters(ports: Ports, input: PreviewInput): Promise<PreviewAnswer> {
  const parts = await campaignParts(ports, input);
  const previews = await previewContacts(ports, input.contacts, parts);
  const admitted = previews.flatMap(({ contact }) => (contact ? [contact] : []));
  const { seasons } = input;
  const plans = await planContacts(ports, admitted, { ...parts, ...(seasons ? { seasons } : {}) });
  const planOf = (contact: Contact | undefined): PlannedStep[] =>
    contact ? (plans[admitted.indexOf(contact)] ?? []).map((one) => plannedView(one, contact, parts)) : [];
  return {
    contacts: previews.map(({ contact, letters, faults }, at) => ({
      address: contact?.address ?? input.contacts[at]?.address ?? '',
      ...(contact ? { name: displayName(contact) } : {}),
      letters: letters.map(letterView),
      plan: planOf(contact),
      refused: faults.map((fault) => faultAt(`/contacts/${at}`, fault)),
    })),
  };
}

export async function sendTestLetter(ports: Ports, input: TestLetterInput): Promise<TestLetterAnswer> {
  const parts = await campaignParts(ports, input);
  const [preview] = await previewContacts(ports, [input.contact], parts);
  const faults = preview?.faults ?? [];
  if (faults.length > 0) throw invalid(faults.map((fault) => faultAt('/contact', fault)));
  const ofStep = (preview?.letters ?? []).filter(({ step }) => step === input.step);
  // A step without words for an absence says the same to everybody.
  const shown = ofStep.find(({ context: one }) => one === input.context) ?? ofStep[0];
  if (!shown)
    throw invalid([{ pointer: '/step', detail: `Step ${input.step} of the sequence is no letter.` }]);
  const { letter } = shown;
  if (!letter) {
    throw invalid(
      shown.findings.map(({ part, fix }) => ({ pointer: '/contact', detail: `${part}: ${fix}` })),
    );
  }
  const outcome = await sendTest(ports, parts.sender, letter);
  if (outcome.kind !== 'accepted') throw conflict(`The test letter did not leave: ${outcome.detail}`);
  return { sentTo: parts.sender.address, letter: letterView(shown) };
}

function plannedView({ step, at, reasons }: PreviewStep, contact: Contact, parts: Parts): PlannedStep {
  return {
    step,
    kind: parts.sequence.steps[step]?.kind ?? 'letter',
    at,
    theirs: clockView(contact.zone, at),
    ours: clockView(parts.sender.zone, at),
    reasons: reasons.map((reason) => wordedReason(reason, contact.zone)),
  };
}

export function letterView({
  step,
  context,
  letter,
  html,
  spelling,
  findings,
}: PreviewedLetter): LetterPreview {
  const words = letter && { language: letter.language, subject: letter.subject, text: letter.text };
  return {
    step,
    context,
    ...words,
    ...(html ? { html } : {}),
    spelling,
    findings: findings.map(findingView),
  };
}

const findingView = (finding: LetterFinding): FindingView => ({
  ...finding,
  ...(finding.severity === 'warning' ? { fingerprint: fingerprintOf(finding) } : {}),
});

const faultAt = (base: string, { pointer, reason, detail }: ContactFault): Fault => ({
  pointer: `${base}${pointer}`,
  reason,
  detail,
});
