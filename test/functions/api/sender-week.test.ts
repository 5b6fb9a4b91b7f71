// A sender's own week through the API: hours, evening, holidays, leave and the ceiling of an hour.
import { describe, expect, it } from 'vitest';
import { SenderView } from '../../../shared/api/senders.ts';
import { SENDER, useWorld } from './api-fixture.ts';

const world = useWorld();
const WEEK = {
  country: 'CN',
  hours: { from: '08:30', to: '18:00' },
  eveningUntil: '22:00',
  workingDays: [1, 2, 3, 4, 5, 6],
  daysOff: ['2026-12-24'],
  hourlyCeiling: 12,
};

describe('a sender’s week', () => {
  it('is kept, shown and edited; null goes back to the default', async () => {
    const { ask } = world.now();
    const made = await ask('POST', '/v1/senders', { ...SENDER, ...WEEK });
    expect(made.status).toBe(201);
    expect(SenderView.parse(await made.json())).toMatchObject(WEEK);
    const edited = await ask('PATCH', '/v1/senders/jane', { eveningUntil: null, hourlyCeiling: 5 });
    const view = SenderView.parse(await edited.json());
    expect(view.eveningUntil).toBeUndefined();
    expect(view).toMatchObject({ hourlyCeiling: 5, country: 'CN' });
  });

  it.each([
    ['a day that ends before it begins', { hours: { from: '18:00', to: '09:00' } }, '/hours'],
    ['an hour that no clock shows', { eveningUntil: '25:00' }, '/eveningUntil'],
    ['no working day', { workingDays: [] }, '/workingDays'],
    ['a working day twice', { workingDays: [1, 1] }, '/workingDays'],
    ['an eighth weekday', { workingDays: [8] }, '/workingDays/0'],
    ['a country that is none', { country: 'ZZ' }, '/country'],
    ['a date that is none', { daysOff: ['2026-02-30'] }, '/daysOff/0'],
  ])('refuses %s and names the field', async (_, week, pointer) => {
    const { ask } = world.now();
    const answer = await ask('POST', '/v1/senders', { ...SENDER, ...week });
    expect(answer.status).toBe(422);
    expect(JSON.stringify(await answer.json())).toContain(pointer);
  });
});
