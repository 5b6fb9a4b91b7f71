// Senders, sequences and suppressed companies through the API.
import { describe, expect, it } from 'vitest';
import { SenderPage, SenderView } from '../../../shared/api/senders.ts';
import { SequencePage, SequenceView } from '../../../shared/api/sequences.ts';
import type { SenderId } from '../../../shared/domain/ids.ts';
import { SENDER, SEQUENCE, useWorld } from './api-fixture.ts';

const world = useWorld();
const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const WEBHOOK = { kind: 'webhook', id: 'crm', url: 'https://crm.example/hook', secret: SECRET };
const stored = () => world.now().ports.store.load('sender', 'jane' as SenderId);

describe('a sender', () => {
  it('is created once; the same again is no error, another under the id is', async () => {
    const { ask } = world.now();
    const first = await ask('POST', '/v1/senders', SENDER);
    expect(first.status).toBe(201);
    expect(SenderView.parse(await first.json())).toMatchObject({
      listUnsubscribe: 'follow-ups',
      dailyQuota: 50,
    });
    expect((await ask('POST', '/v1/senders', SENDER)).status).toBe(200);
    const other = await ask('POST', '/v1/senders', { ...SENDER, name: 'John' });
    expect(other.status).toBe(409);
    expect((await stored())?.name).toBe('Jane Doe');
    expect(SenderPage.parse(await (await ask('GET', '/v1/senders')).json()).items).toHaveLength(1);
  });

  it('gets alerts into their own mailbox where no channel was named', async () => {
    await world.now().ask('POST', '/v1/senders', SENDER);
    expect((await stored())?.channels).toEqual([{ kind: 'mail', id: 'own', address: 'jane@acme.example' }]);
  });

  it('never shows the secret of a webhook, and keeps it through an edit that does not name it', async () => {
    const { ask } = world.now();
    const created = await ask('POST', '/v1/senders', { ...SENDER, channels: [WEBHOOK] });
    expect(await created.text()).not.toContain('whsec_');
    const { secret: _hidden, ...shown } = WEBHOOK;
    const edited = await ask('PATCH', '/v1/senders/jane', {
      channels: [shown],
      phone: null,
      name: 'Jane D.',
    });
    expect(edited.status).toBe(200);
    expect(await edited.text()).not.toContain('whsec_');
    expect(await stored()).toMatchObject({ name: 'Jane D.', channels: [WEBHOOK] });
    expect(await stored()).not.toHaveProperty('phone');

    const moved = await ask('PATCH', '/v1/senders/jane', {
      channels: [{ ...shown, url: 'https://evil.example' }],
    });
    expect(moved.status).toBe(422);
    expect(await moved.json()).toMatchObject({ errors: [{ pointer: '/channels/0/secret' }] });
  });

  it.each([
    [{ channels: [] }, '/channels', /at least one/],
    [{ channels: [WEBHOOK, WEBHOOK] }, '/channels', /same id/],
    [{ channels: [{ ...WEBHOOK, secret: 'short' }] }, '/channels/0/secret', /whsec_/],
    [{ channels: [{ ...WEBHOOK, url: 'file:///etc/passwd' }] }, '/channels/0/url', /https/],
    [{ phone: '021 1234' }, '/phone', /country code/],
    [{ dailyQuota: 0 }, '/dailyQuota', /1/],
    [{ zone: 'EST' }, '/zone', /IANA/],
    [{ address: 'Jane <jane@acme.example>' }, '/address', /display name/],
  ])('is not changed to %j', async (patch, pointer, fix) => {
    await world.now().ask('POST', '/v1/senders', SENDER);
    const before = await world.now().items();
    const response = await world.now().ask('PATCH', '/v1/senders/jane', patch);
    expect(response.status).toBe(422);
    const { errors } = (await response.json()) as { errors: { pointer: string; detail: string }[] };
    expect(errors[0]?.pointer).toBe(pointer);
    expect(errors[0]?.detail).toMatch(fix);
    expect(await world.now().items()).toEqual(before);
  });

  it('pauses and resumes all their letters', async () => {
    const { ask, ports } = world.now();
    await ask('POST', '/v1/campaigns', { id: 'one', name: 'One', sender: SENDER, sequence: SEQUENCE });
    const gate = async () =>
      (await ports.store.readGates({ campaignId: 'one' as never, senderId: 'jane' as SenderId })).sender;
    const paused = { until: '2026-12-24T04:00:00.000Z' };
    const answer = await ask('POST', '/v1/senders/jane/pause', { until: '2026-12-24T12:00:00+08:00' });
    expect(await answer.json()).toMatchObject({ paused });
    expect(await (await ask('GET', '/v1/senders/jane')).json()).toMatchObject({ paused });
    expect(await (await ask('GET', '/v1/senders')).json()).toMatchObject({ items: [{ paused }] });
    expect(await gate()).toEqual({ paused: true, pausedUntil: '2026-12-24T04:00:00.000Z' });
    await ask('POST', '/v1/senders/jane/resume');
    expect(await (await ask('GET', '/v1/senders/jane')).json()).not.toHaveProperty('paused');
    expect(await gate()).toEqual({});
    expect((await ask('POST', '/v1/senders/nobody/pause')).status).toBe(404);
    expect((await ask('POST', '/v1/senders/jane/pause', { until: '2020-01-01T00:00:00Z' })).status).toBe(422);
  });
});

describe('a sequence', () => {
  it('gets a new version when its words change, and only then', async () => {
    const { ask } = world.now();
    const save = async (sequence: object) => {
      const response = await ask('POST', '/v1/sequences', sequence);
      return [response.status, SequenceView.parse(await response.json()).version];
    };
    expect(await save(SEQUENCE)).toEqual([201, 1]);
    expect(await save(SEQUENCE)).toEqual([200, 1]);
    expect(await save({ ...SEQUENCE, name: 'Better' })).toEqual([201, 2]);
    const read = async (path: string) => SequenceView.parse(await (await ask('GET', path)).json());
    expect(await read('/v1/sequences/first-contact')).toMatchObject({ version: 2, name: 'Better' });
    expect(await read('/v1/sequences/first-contact/versions/1')).toMatchObject({ name: 'First contact' });
    const page = SequencePage.parse(await (await ask('GET', '/v1/sequences')).json());
    expect(page.items.map(({ version }) => version)).toEqual([1, 2]);
    expect((await ask('GET', '/v1/sequences/first-contact/versions/3')).status).toBe(404);
  });

  it.each([
    [{ steps: [] }, '/steps', /at least one/],
    [{ language: 'Portuguese!' }, '/language', /BCP 47/],
    [{ steps: [{ ...SEQUENCE.steps[0], delay: { weeks: 1 } }] }, '/steps/0/delay', /days/],
    [{ steps: [{ ...SEQUENCE.steps[0], body: '{% for x in y %}{% endfor %}' }] }, '/steps/0/body', /for/],
    [{ steps: [{ ...SEQUENCE.steps[0], body: '{{ sender.fax }}' }] }, '/steps/0/body', /sender\.fax/],
    [
      { steps: [{ ...SEQUENCE.steps[0], rules: { window: { from: '17:00', to: '09:00' } } }] },
      '/steps/0/rules/window',
      /ends before/,
    ],
    [{ steps: [{ kind: 'telegram' }] }, '/steps/0/kind', /./],
  ])('is refused with %j, naming the place', async (over, pointer, fix) => {
    const before = await world.now().items();
    const response = await world.now().ask('POST', '/v1/sequences', { ...SEQUENCE, ...over });
    expect(response.status).toBe(422);
    const { errors } = (await response.json()) as { errors: { pointer: string; detail: string }[] };
    expect(errors.map((one) => one.pointer)).toContain(pointer);
    expect(errors.find((one) => one.pointer === pointer)?.detail).toMatch(fix);
    expect(await world.now().items()).toEqual(before);
  });
});

describe('a suppressed company', () => {
  it('is named by its domain, in any spelling, and can be let in again', async () => {
    const { ask, ports } = world.now();
    expect(await (await ask('POST', '/v1/suppressions', { domain: ' @Bücher.Example ' })).json()).toEqual({
      domain: 'xn--bcher-kva.example',
      suppressed: true,
    });
    expect(await ports.store.isDomainSuppressed('xn--bcher-kva.example')).toBe(true);
    expect((await ask('DELETE', '/v1/suppressions/b%C3%BCcher.example')).status).toBe(200);
    expect(await ports.store.isDomainSuppressed('xn--bcher-kva.example')).toBe(false);
  });

  it.each([
    ['gmail.com', /one by one/],
    ['not a domain', /example\.com/],
  ])('is not %s', async (domain, fix) => {
    const response = await world.now().ask('POST', '/v1/suppressions', { domain });
    expect(response.status).toBe(422);
    const { errors } = (await response.json()) as { errors: { pointer: string; detail: string }[] };
    expect(errors).toMatchObject([{ pointer: '/domain', detail: expect.stringMatching(fix) }]);
  });
});
