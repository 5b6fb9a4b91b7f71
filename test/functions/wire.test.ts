// The wiring: nothing happens at import, everything on the first invocation, once.
import { afterEach, describe, expect, it } from 'vitest';
import { awsPorts, onAws } from '../../functions/wire.ts';
import type { Ports } from '../../shared/ports.ts';
import { sampleEnv, VARIABLES } from '../support/environment.ts';
import { AT } from '../support/store-samples.ts';

describe('a handler on AWS', () => {
  const before = { ...process.env };
  afterEach(() => {
    for (const name of Object.keys(VARIABLES)) {
      if (before[name] === undefined) delete process.env[name];
      else process.env[name] = before[name];
    }
  });

  it('fails with the name of what is missing, and works once it is there', async () => {
    for (const name of Object.keys(VARIABLES)) delete process.env[name];
    const handler = onAws((ports) => async (event) => [event, ports.settings.region]);
    await expect(handler('first')).rejects.toThrow('TABLE_NAME is missing');
    Object.assign(process.env, VARIABLES);
    expect(await handler('second')).toEqual(['second', 'eu-west-1']);
  });

  it('makes its ports once', async () => {
    Object.assign(process.env, VARIABLES);
    const made: Ports[] = [];
    const handler = onAws((ports) => {
      made.push(ports);
      return async () => ports.clock.now();
    });
    const [first, second] = [await handler(1), await handler(2)];
    expect(made).toHaveLength(1);
    expect(first).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    expect(String(second) >= String(first)).toBe(true);
  });
});

it('gives the ports the clock and the settings of their world', () => {
  const ports = awsPorts(sampleEnv(), { clock: { now: () => AT } });
  expect(ports.clock.now()).toBe(AT);
  expect(ports.ids.fresh()).toHaveLength(20);
  expect(ports.settings).toEqual({
    replyDomain: 'reply.example.com',
    publicUrl: 'https://relance.example.com',
    alertAddress: 'alerts@example.com',
    operatorAddress: 'operator@example.com',
    region: 'eu-west-1',
  });
});
