/**
 * What follows from an answer, once the salesperson has said what it was: a date to keep, a day to write again, another
 * person to write to. Each is derived from the answered task, so saying it twice makes one.
 */
import { Temporal } from 'temporal-polyfill';
import type { ContactInput } from './api/contacts.ts';
import { nextDaytime } from './arrange-task.ts';
import { type ContactFault, completeContact } from './complete-contact.ts';
import type { Contact } from './domain/contact.ts';
import { type ContactId, contactIdOf, derivedId, normaliseAddress, type TaskId } from './domain/ids.ts';
import { instant } from './domain/instant.ts';
import type { NextStep, Task } from './domain/task.ts';
import type { Ports } from './ports.ts';

/** Work for the day that was agreed, in their daytime. `day`: ISO date in the contact's zone. */
export async function keepDate(
  ports: Ports,
  task: Task,
  kind: 'next-step' | 'wake',
  day: string,
  next?: NextStep,
): Promise<void> {
  const contact = await ports.store.load('contact', task.contactId);
  const start = Temporal.PlainDate.from(day).toZonedDateTime(contact?.zone ?? 'UTC');
  const dueAt = await nextDaytime(ports, task, instant(start.epochMilliseconds));
  const { contactId, enrollmentId, campaignId, senderId, messageId, quote } = task;
  await ports.store.putNew('task', {
    id: derivedId('task', enrollmentId, kind, task.id) as TaskId,
    kind,
    contactId,
    enrollmentId,
    campaignId,
    senderId,
    dueAt,
    createdAt: ports.clock.now(),
    status: 'open',
    ...(messageId ? { messageId } : {}),
    ...(quote ? { quote } : {}),
    ...(next ? { text: next } : {}),
  });
}

/** The person whom they named instead of themselves, as they would be saved. Nobody is written to by it. */
export async function readReferred(
  ports: Ports,
  task: Task,
  given: ContactInput,
): Promise<{ readonly contact?: Contact; readonly faults: readonly ContactFault[] }> {
  const address = normaliseAddress(given.address);
  if (!address) {
    const detail = 'This is no mail address that can be written to. Write it as name@example.com.';
    return { faults: [{ pointer: '/address', reason: 'invalid-address', detail }] };
  }
  const [by, sender] = await Promise.all([
    ports.store.load('contact', task.contactId),
    ports.store.load('sender', task.senderId),
  ]);
  const id: ContactId = contactIdOf(ports.ids.contactSecret, address);
  const known = await ports.store.load('contact', id);
  const { company, country, region, city } = by ?? {};
  const { contact, faults } = completeContact(
    // A colleague, unless told otherwise: the same house in the same town.
    { ...definedOf({ company, country, region, city }), ...given },
    { id, address, known, senderZone: sender?.zone ?? 'UTC', now: ports.clock.now() },
  );
  const source = contact.source ?? `Named by contact ${task.contactId}`;
  return { contact: { ...contact, source, referredBy: known?.referredBy ?? task.contactId }, faults };
}

function definedOf<Value extends object>(value: Value): { [K in keyof Value]: Exclude<Value[K], undefined> } {
  const entries = Object.entries(value).filter(([, one]) => one !== undefined);
  return Object.fromEntries(entries) as { [K in keyof Value]: Exclude<Value[K], undefined> };
}
