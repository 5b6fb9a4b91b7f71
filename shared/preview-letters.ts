/**
 * Letters looked at before anything is saved: each as it would go out, with everything that the lint says, and a copy
 * to the writer's own mailbox. It writes them by the very calls that launch and send use.
 */
import type { ContactInput } from './api/contacts.ts';
import type { DraftLetter } from './check-letters.ts';
import { lintDraft } from './check-letters.ts';
import { type ContactFault, completeContact } from './complete-contact.ts';
import { composeLetter } from './compose-mail.ts';
import type { Contact } from './domain/contact.ts';
import { contactIdOf, derivedId, normaliseAddress } from './domain/ids.ts';
import type { LetterFinding } from './domain/letter/finding.ts';
import { letterHtml } from './domain/letter/letter-html.ts';
import type { LetterContext } from './domain/letter/letter-text.ts';
import type { SlotsByWish } from './domain/letter/slot-marker.ts';
import type { WrittenLetter } from './domain/letter/written-letter.ts';
import type { Sender } from './domain/sender.ts';
import type { Sequence } from './domain/sequence.ts';
import { parseSlotWish, resolveSlot, slotHorizon } from './domain/slot.ts';
import { loadCalendar } from './domain/time/calendar.ts';
import { loadDuty } from './domain/time/duty.ts';
import { type Addressee, judgeLetters } from './judge-letters.ts';
import { freezeOwnLetters } from './own-letters.ts';
import type { Ports, SendOutcome } from './ports.ts';

export type PreviewedLetter = {
  readonly step: number;
  readonly context: LetterContext;
  /** Absent where it cannot be written. */
  readonly letter?: WrittenLetter;
  readonly html?: string;
  readonly spelling: 'checked' | 'no-dictionary';
  readonly findings: readonly LetterFinding[];
};

export type Preview = {
  readonly contact?: Contact;
  readonly letters: readonly PreviewedLetter[];
  readonly faults: readonly ContactFault[];
};

type Parts = { readonly sender: Sender; readonly sequence: Sequence };

/** One answer for each contact, in their order; compared with each other as a launch would. Saves nothing. */
export async function previewContacts(
  ports: Ports,
  given: readonly ContactInput[],
  { sender, sequence }: Parts,
): Promise<readonly Preview[]> {
  const read = await Promise.all(given.map((one) => readContact(ports, one, { sender, sequence })));
  const addressees = read.flatMap(({ addressee }) => (addressee ? [addressee] : []));
  // No token stands in it: whoever tries the link of a preview must not unsubscribe the prospect.
  const optOutUrl = `${ports.settings.publicUrl}/u/preview`;
  const parts = { sender, sequence, optOutUrl };
  const { judged, bench } = await judgeLetters(addressees, parts);
  return read.map(({ addressee, faults }) => {
    if (!addressee) return { letters: [], faults };
    const drafts = judged[addressees.indexOf(addressee)]?.drafts ?? [];
    const against = { ...parts, ...bench, contact: addressee.contact };
    const letters = drafts.map((draft): PreviewedLetter => {
      const language = draft.written.kind === 'written' ? draft.written.letter.language : sequence.language;
      const isRead = bench.spellers.get(language)?.kind === 'dictionary';
      return shownDraft(draft, lintDraft(draft, against), isRead ? 'checked' : 'no-dictionary');
    });
    return { contact: addressee.contact, letters, faults };
  });
}

async function readContact(
  ports: Ports,
  given: ContactInput,
  parts: Parts,
): Promise<{ readonly addressee?: Addressee; readonly faults: readonly ContactFault[] }> {
  const address = normaliseAddress(given.address);
  if (!address) {
    const detail = 'This is no mail address that can be written to. Write it as name@example.com.';
    return { faults: [{ pointer: '/address', reason: 'invalid-address', detail }] };
  }
  const id = contactIdOf(ports.ids.contactSecret, address);
  const known = await ports.store.load('contact', id);
  const about = { id, address, known, senderZone: parts.sender.zone, now: ports.clock.now() };
  const { contact, faults } = completeContact(given, about);
  const own = freezeOwnLetters(given.letters, { ...parts, contact });
  const slots = await slotsNow(ports, parts.sender, contact);
  const addressee = { contact, slots, ...(own ? { own: own.steps } : {}) };
  return { addressee, faults: [...faults, ...(own?.faults ?? [])] };
}

/** What would be offered if the letters went now; nothing is reserved. */
export async function slotsNow(ports: Ports, sender: Sender, contact: Contact): Promise<SlotsByWish> {
  const sendAt = ports.clock.now();
  const { from, to } = slotHorizon(sendAt);
  const [calendar, duty, taken] = await Promise.all([
    loadCalendar(contact),
    loadDuty(sender),
    ports.store.listSlots(sender.id, from, to),
  ]);
  return {
    get: (text) => {
      const wish = parseSlotWish(text);
      return wish && resolveSlot({ wish, sendAt, calendar, duty, taken })?.at;
    },
  };
}

function shownDraft(
  { step, context, written }: DraftLetter,
  findings: readonly LetterFinding[],
  spelling: PreviewedLetter['spelling'],
): PreviewedLetter {
  if (written.kind === 'invalid') return { step, context, spelling, findings };
  const { letter } = written;
  return { step, context, letter, html: letterHtml(letter), spelling, findings };
}

const TEST_MARK = '[Test] ';

/**
 * Sends `letter` to the sender's own address, and nowhere else. It belongs to no enrollment, takes no quota and is not
 * recorded; its tag tells SES's events apart from a real letter's.
 */
export async function sendTest(ports: Ports, sender: Sender, letter: WrittenLetter): Promise<SendOutcome> {
  const { settings, clock, mailer } = ports;
  const now = clock.now();
  const id = derivedId('test', sender.id, letter.subject, letter.text, now);
  const raw = await composeLetter({
    letter: { ...letter, subject: `${TEST_MARK}${letter.subject}` },
    sender,
    contact: asContact(sender),
    replyTo: sender.address,
    returnPath: settings.alertAddress,
    ownMessageId: `<test-${id}@${settings.replyDomain}>`,
    references: [],
    date: now,
  });
  return mailer.send({ from: sender.address, to: [sender.address], raw, tags: { test: id } });
}

/** Only name and address are read. */
const asContact = (sender: Sender): Contact => ({
  id: '' as Contact['id'],
  address: sender.address,
  firstName: sender.name,
  zone: sender.zone,
  zoneSource: 'given',
  phones: [],
  fields: {},
  createdAt: '' as Contact['createdAt'],
});
