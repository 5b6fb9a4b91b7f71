// Letters that wait for a person: seen, approved by their very words, edited or declined, over the real store.
import { beforeEach, describe, expect, it } from 'vitest';
import { approveLetter, approveLetters, declineLetter, nextLetterOf } from '../../shared/approve-letters.ts';
import type { CampaignId, EnrollmentId, SenderId } from '../../shared/domain/ids.ts';
import { editLetter } from '../../shared/edit-letter.ts';
import { applyEvent } from '../../shared/engine.ts';
import { loadKnown } from '../../shared/known-walk.ts';
import { campaignApprovals, senderApprovals } from '../../shared/list-approvals.ts';
import { prepareLetter } from '../../shared/prepare-letter.ts';
import { ANA, BEN, CAMPAIGN, idOf, useWorld } from '../functions/api/api-fixture.ts';

const world = useWorld();
const ana = `${idOf('ana.silva@ferragens.example')}-1` as EnrollmentId;
const ben = `${idOf('ben@baumarkt.example')}-1` as EnrollmentId;

beforeEach(async () => {
  await world.now().ask('POST', '/v1/campaigns', { ...CAMPAIGN, contacts: [ANA, BEN], approval: 'each' });
  await world.now().workOff();
});

const ports = () => world.now().ports;
async function letterOf(enrollmentId: EnrollmentId) {
  const next = await nextLetterOf(ports(), enrollmentId);
  if (!next?.print) throw new Error('The story wants a letter that can be written');
  return { ...next, seen: { enrollmentId, step: next.step, print: next.print } };
}
async function walkOf(enrollmentId: EnrollmentId) {
  const contactId = enrollmentId.split('-')[0] as never;
  const walk = (await ports().store.loadState(contactId))?.state.enrollment;
  if (walk?.kind !== 'open') throw new Error('The story wants an open walk');
  return walk;
}
/** What the send step would make of it now. */
async function prepared(enrollmentId: EnrollmentId) {
  const walk = await walkOf(enrollmentId);
  return (await prepareLetter(ports(), walk, await loadKnown(ports(), walk), walk.letter.step)).kind;
}

describe('a letter that waits', () => {
  it('is listed with its words, the lint and the minute at which it would go, by campaign and by sender', async () => {
    for (const list of [
      await campaignApprovals(ports(), 'autumn' as CampaignId, {}),
      await senderApprovals(ports(), 'jane' as SenderId, {}),
    ]) {
      expect(list.items.map(({ walk }) => walk.id).toSorted()).toEqual([ana, ben].toSorted());
      for (const { letter, at, waits, findings } of list.items) {
        expect(letter?.text).toContain('Would you like to see our catalogue?');
        expect(letter?.text).toContain('/u/preview');
        expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
        expect(at).toBeDefined();
        expect(waits).toBe(true);
      }
    }
  });

  it('is listed page by page without one lost or shown twice', async () => {
    const seen: string[] = [];
    let after: string | undefined;
    for (let page = 0; page < 10; page++) {
      const list = await senderApprovals(ports(), 'jane' as SenderId, {
        limit: 1,
        ...(after ? { after } : {}),
      });
      seen.push(...list.items.map(({ walk }) => walk.id));
      if (!list.next) break;
      after = list.next;
    }
    expect(seen.toSorted()).toEqual([ana, ben].toSorted());
  });

  it('sets a timer for the promised minute when it is approved, and leaves the list', async () => {
    const { seen, at } = await letterOf(ana);
    expect(world.now().timers).toEqual([]);
    expect(await approveLetter(ports(), seen)).toEqual({ kind: 'approved' });
    expect(world.now().timers).toMatchObject([{ enrollmentId: ana, step: 0, dueAt: at }]);
    expect((await campaignApprovals(ports(), 'autumn' as CampaignId, {})).items).toHaveLength(1);
    expect(await approveLetter(ports(), seen)).toEqual({ kind: 'approved' });
    expect(await prepared(ana)).toBe('prepared');
  });

  it('approves many at once, and says of each what became of it', async () => {
    const [first, second] = [await letterOf(ana), await letterOf(ben)];
    const asked = [first.seen, { ...second.seen, print: 'a'.repeat(20) }, { ...second.seen, step: 1 }];
    const kinds = (await approveLetters(ports(), asked)).map(({ kind }) => kind);
    expect(kinds).toEqual(['approved', 'changed', 'not-waiting']);
  });

  it('does not go when the words are others than those that were seen', async () => {
    const { seen, contact } = await letterOf(ana);
    await ports().store.put('contact', { ...contact, fields: { why: 'Somebody changed this since.' } });
    expect(await approveLetter(ports(), seen)).toEqual({ kind: 'changed' });
  });

  it('does not go when they change after the approval', async () => {
    const { seen, contact } = await letterOf(ana);
    await approveLetter(ports(), seen);
    await ports().store.put('contact', { ...contact, fields: { why: 'Somebody changed this since.' } });
    expect(await prepared(ana)).toBe('changed');
    await applyEvent(ports(), ana, { kind: 'letter-changed', step: 0 });
    expect((await letterOf(ana)).waits).toBe(true);
  });
});

describe('a letter edited for one contact', () => {
  it('is frozen, wants to be seen again, and goes as it was written', async () => {
    await approveLetter(ports(), (await letterOf(ana)).seen);
    expect(
      await editLetter(ports(), ana, 0, { body: 'Dear Ana,\n\nmay I call you on Tuesday?\n\nJane Doe' }),
    ).toEqual({
      kind: 'edited',
    });
    const edited = await letterOf(ana);
    expect(edited.waits).toBe(true);
    expect(edited.letter?.text).toContain('may I call you on Tuesday?');
    await ports().store.put('contact', { ...edited.contact, company: 'Another Lda' });
    expect((await letterOf(ana)).print).toBe(edited.print);
    expect(await approveLetter(ports(), edited.seen)).toEqual({ kind: 'approved' });
  });

  it('is refused with the place of the fault where a value is missing, and nothing is kept', async () => {
    const outcome = await editLetter(ports(), ana, 0, { body: 'Dear {{ contact.nickname }},' });
    expect(outcome).toMatchObject({ kind: 'invalid', faults: [{ pointer: '/letters/0/body' }] });
    expect((await letterOf(ana)).letter?.text).toContain('Would you like');
  });

  it('that the lint refuses cannot be approved', async () => {
    await editLetter(ports(), ana, 0, { body: 'Dear Ana,\n\nTBD\n\nJane Doe' });
    const outcome = await approveLetter(ports(), (await letterOf(ana)).seen);
    expect(outcome).toMatchObject({ kind: 'refused', findings: [{ rule: 'placeholder' }] });
  });

  it('is edited in a campaign that asks for no approval too', async () => {
    const plain = {
      ...CAMPAIGN,
      id: 'plain',
      contacts: [{ ...ANA, address: 'eva@other.example', firstName: 'Eva' }],
    };
    await world.now().ask('POST', '/v1/campaigns', plain);
    await world.now().workOff();
    const eva = `${idOf('eva@other.example')}-1` as EnrollmentId;
    await editLetter(ports(), eva, 0, { body: 'Dear Eva,\n\nonly for you.\n\nJane Doe' });
    const next = await letterOf(eva);
    expect(next.letter?.text).toContain('only for you.');
    expect(next.waits).toBe(false);
    expect(await prepared(eva)).toBe('prepared');
  });
});

describe('"not this one"', () => {
  it('ends the walk and keeps the reason', async () => {
    const reason = 'Met them at the fair yesterday';
    const asked = { enrollmentId: ana, step: 0, instead: 'stop', reason } as const;
    expect(await declineLetter(ports(), asked)).toBe('declined');
    expect(await declineLetter(ports(), asked)).toBe('not-waiting');
    const contactId = ana.split('-')[0] as never;
    const letters = await ports().store.load('letters', contactId, 'autumn' as CampaignId);
    expect(letters?.declined).toMatchObject({ 0: { reason } });
  });

  it('cannot skip the first letter', async () => {
    const asked = { enrollmentId: ana, step: 0, instead: 'skip', reason: 'Too long' } as const;
    expect(await declineLetter(ports(), asked)).toBe('first-letter');
    expect((await letterOf(ana)).waits).toBe(true);
  });
});
