// The calls, each with what the model says it must answer.
import fc from 'fast-check';
import { expect } from 'vitest';
import { ApiRefusal, type Client } from '../../../shared/client.ts';
import { contactIdOf, normaliseAddress } from '../../../shared/domain/ids.ts';
import { MINUTE_MS, type World } from '../../support/world.ts';
import { end, type Model, PEOPLE, type Person, passTime } from './model.ts';
import { campaignOf, contactOf, SENDER, SEQUENCE } from './parts.ts';

export type Real = { readonly world: World; readonly run: number };
type Command = fc.AsyncCommand<Model, Real>;

const PASS_MS = 20 * MINUTE_MS;

/** The status of an answer that is an error; 200 stands for every other one. */
async function statusOf(call: Promise<unknown>): Promise<number> {
  try {
    await call;
    return 200;
  } catch (error) {
    if (error instanceof ApiRefusal) return error.status;
    throw error;
  }
}

const isCreated = (model: Readonly<Model>): boolean => model.status !== undefined;

const command = (
  name: string,
  run: (model: Model, client: Client, real: Real) => Promise<void>,
  check: (model: Readonly<Model>) => boolean = isCreated,
): Command => ({
  check,
  run: async (model, real) => {
    await run(model, real.world.client, real);
    await real.world.quiet();
  },
  toString: () => name,
});

const contactIdIn = ({ world, run }: Real, person: Person): string => {
  const address = normaliseAddress(contactOf(person, run).address);
  return contactIdOf(world.runtime.ports.ids.contactSecret, address ?? '');
};
const walkIdIn = (real: Real, person: Person): string => `${contactIdIn(real, person)}-1`;

export const create = (people: readonly Person[], launch: boolean): Command =>
  command(
    `create(${people}, ${launch ? 'launch' : 'draft'})`,
    async (model, client, { run }) => {
      const asked = client.campaigns.create({
        id: campaignOf(run),
        name: 'Model',
        sender: SENDER.id!,
        sequence: SEQUENCE.id!,
        contacts: people.map((person) => contactOf(person, run)),
        launch,
      });
      const isBarred = people.some((person) => model.suppressed.has(person));
      const isEmpty = launch && people.length === 0;
      const expected = model.status ? 409 : isBarred || isEmpty ? 422 : 200;
      expect(await statusOf(asked)).toBe(expected);
      if (expected !== 200) return;
      model.status = launch ? 'running' : 'draft';
      for (const person of people) model.roster.add(person);
      if (launch) for (const person of people) model.queued.add(person);
    },
    () => true,
  );

const launch = command('launch', async (model, client, { run }) => {
  const isBarred = [...model.roster].some((person) => model.suppressed.has(person));
  const expected = {
    none: 404,
    draft: isBarred || model.roster.size === 0 ? 422 : 200,
    running: 200,
    paused: 409,
    finished: 409,
  }[model.status ?? 'none'];
  expect(await statusOf(client.campaigns.launch(campaignOf(run)))).toBe(expected);
  if (expected !== 200 || model.status !== 'draft') return;
  model.status = 'running';
  for (const person of model.roster) model.queued.add(person);
});

/** `from`: where it changes something; asking for what is so already is no error. */
const move = (
  verb: 'pause' | 'resume' | 'stop',
  from: readonly string[],
  to: 'paused' | 'running' | 'finished',
) =>
  command(verb, async (model, client, { run }) => {
    const mayMove = model.status !== undefined && [...from, to].includes(model.status);
    const expected = model.status === undefined ? 404 : mayMove ? 200 : 409;
    expect(await statusOf(client.campaigns[verb](campaignOf(run)))).toBe(expected);
    if (mayMove) model.status = to;
  });

const add = (person: Person): Command =>
  command(
    `add(${person})`,
    async (model, client, { run }) => {
      const { status } = model;
      const asked = client.campaigns.addContacts(campaignOf(run), { contacts: [contactOf(person, run)] });
      const isGrowing = status === 'draft' || status === 'running';
      const isBarred = model.suppressed.has(person) || model.walks.has(person);
      const expected = status === undefined ? 404 : !isGrowing ? 409 : isBarred ? 422 : 200;
      expect(await statusOf(asked)).toBe(expected);
      if (expected !== 200) return;
      model.roster.add(person);
      if (status === 'running') model.queued.add(person);
    },
    () => true,
  );

const onWalk = (
  name: string,
  person: Person,
  run: (model: Model, client: Client, real: Real) => Promise<void>,
): Command => command(`${name}(${person})`, run, (model) => model.walks.has(person));

const hold = (person: Person): Command =>
  onWalk('hold', person, async (model, client, real) => {
    const walk = model.walks.get(person)!;
    const expected = walk.stopped ? 409 : 200;
    expect(await statusOf(client.enrollments.hold(walkIdIn(real, person)))).toBe(expected);
    if (expected === 200) walk.isHeld = true;
  });

const release = (person: Person): Command =>
  onWalk('release', person, async (model, client, real) => {
    const walk = model.walks.get(person)!;
    const expected = walk.isHeld ? 200 : 409;
    expect(await statusOf(client.enrollments.release(walkIdIn(real, person)))).toBe(expected);
    walk.isHeld = false;
  });

const stopWalk = (person: Person): Command =>
  onWalk('stop-enrollment', person, async (model, client, real) => {
    expect(await statusOf(client.enrollments.stop(walkIdIn(real, person)))).toBe(200);
    end(model.walks.get(person));
  });

const suppress = (person: Person): Command =>
  command(
    `suppress(${person})`,
    async (model, client, real) => {
      expect(await statusOf(client.contacts.suppress(contactIdIn(real, person)))).toBe(200);
      model.suppressed.add(person);
      end(model.walks.get(person));
    },
    (model) => model.roster.has(person),
  );

export const pass = command('20 minutes pass', async (model, client, real) => {
  await real.world.pass(PASS_MS);
  passTime(model);
  if (!model.status) return;
  const campaign = campaignOf(real.run);
  const { status, contactCount } = await client.campaigns.get(campaign);
  expect({ status, contactCount }).toEqual({ status: model.status, contactCount: model.roster.size });
  const { items } = await client.campaigns.enrollments(campaign);
  expect(items).toHaveLength(model.walks.size);
  for (const [person, walk] of model.walks) {
    const shown = items.find(({ contactId }) => contactId === contactIdIn(real, person))!;
    const { state, stopped, step, holds, sent } = shown;
    expect({ state, stopped, step, held: holds.length, sent: sent.length }).toEqual({
      state: walk.stopped ? 'stopped' : 'planned',
      stopped: walk.stopped,
      step: walk.stopped ? undefined : walk.sent,
      held: walk.isHeld ? 1 : 0,
      sent: walk.sent,
    });
    expect(real.world.lettersTo(contactOf(person, real.run).address)).toHaveLength(walk.sent);
  }
});

const person = fc.constantFrom(...PEOPLE);
const people = fc.subarray([...PEOPLE], { maxLength: 2 });
const often = (call: fc.Arbitrary<Command>): fc.Arbitrary<Command>[] => [call, call, call];

/** What a walk can live through comes often; what ends the campaign or refuses it comes seldom. */
export const commands: fc.Arbitrary<Command>[] = [
  fc.tuple(people, fc.boolean()).map(([who, isLaunched]) => create(who, isLaunched)),
  fc.constant(launch),
  fc.constant(move('stop', ['draft', 'running', 'paused'], 'finished')),
  ...often(fc.constant(move('pause', ['running'], 'paused'))),
  ...often(fc.constant(move('resume', ['paused'], 'running'))),
  ...often(person.map(hold)),
  ...often(fc.constant(pass)),
  person.map(release),
  person.map(add),
  person.map(stopWalk),
  person.map(suppress),
];
