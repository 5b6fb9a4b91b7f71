// What the functions count about themselves: numbers only, one line per invocation, in CloudWatch's own format.
import { describe, expect, it } from 'vitest';
import { METRICS } from '../../functions/metric-names.ts';
import { measured } from '../../functions/metrics.ts';
import type { Alert } from '../../shared/domain/alert.ts';
import { instant } from '../../shared/domain/instant.ts';
import type { Documents, Ports, SendOutcome } from '../../shared/ports.ts';

const NOW = instant('2026-11-24T09:00:00Z');
const unused = () => {
  throw new Error('not asked for here');
};

/** Only what is counted; everything else would throw. */
function somePorts(over: { outcome?: SendOutcome; alert?: Partial<Alert>; dueAt?: string } = {}): Ports {
  const state = {
    enrollment: { id: 'abc-1', letter: { kind: 'planned', step: 1, dueAt: over.dueAt ?? NOW } },
  };
  return {
    clock: { now: () => NOW },
    mailer: {
      allowance: async () => undefined,
      send: async () => over.outcome ?? { kind: 'accepted', sesId: 'ses' },
    },
    mailbox: { sendMark: async () => {} },
    timers: { setStep: async () => {} },
    store: {
      putNew: async () => 'put',
      load: async () => over.alert,
      loadState: async () => ({ state, version: 'v' }),
    },
    alerts: { queue: unused, post: unused },
  } as unknown as Ports;
}

const letter = {
  from: 'a',
  to: ['b'],
  raw: new Uint8Array(),
  tags: { enrollment: 'abc-1', step: '0', claim: 'c' },
};
const read = (line: string | undefined) => JSON.parse(line ?? '{}') as Record<string, unknown>;

describe('a line of metrics', () => {
  it('declares what it carries, under one namespace and one dimension', async () => {
    const { ports, flush } = measured(somePorts(), 'prod');
    await ports.mailer.send(letter);
    await ports.mailer.send(letter);
    expect(read(flush())).toEqual({
      _aws: {
        Timestamp: Date.parse(NOW),
        CloudWatchMetrics: [
          {
            Namespace: 'Relance',
            Dimensions: [['stage']],
            Metrics: [{ Name: 'LettersSent', Unit: 'Count' }],
          },
        ],
      },
      stage: 'prod',
      LettersSent: [1, 1],
    });
  });

  it('is written once, and not at all where nothing happened', async () => {
    const { ports, flush } = measured(somePorts(), 'prod');
    expect(flush()).toBeUndefined();
    await ports.mailer.send(letter);
    flush();
    expect(flush()).toBeUndefined();
  });

  it('carries nothing but numbers beside the stage', async () => {
    const { ports, flush } = measured(somePorts(), 'prod');
    const mail = {
      kind: 'in',
      reading: { kind: { value: 'reply' } },
      from: 'ana@acme.example',
      subject: 'Re',
    };
    await ports.store.putNew('message', mail as unknown as Documents['message']);
    const { _aws, stage, ...values } = read(flush());
    expect(values).toEqual({ Replies: 1 });
    expect(JSON.stringify(_aws)).not.toContain('ana');
  });
});

describe('what is counted', () => {
  it.each([
    [{ kind: 'refused', why: 'throttled', detail: '' } as SendOutcome, 'LettersRefused'],
    [{ kind: 'unknown', detail: '' } as SendOutcome, 'LettersUnknown'],
  ])('a letter that SES answered with %o', async (outcome, name) => {
    const { ports, flush } = measured(somePorts({ outcome }), 'prod');
    await ports.mailer.send(letter);
    expect(read(flush())).toHaveProperty(name, 1);
  });

  it('no alert as a letter', async () => {
    const { ports, flush } = measured(somePorts(), 'prod');
    await ports.mailer.send({ ...letter, tags: { alert: 'x' } });
    expect(flush()).toBeUndefined();
  });

  it('how long an alert took to its channel', async () => {
    const alert = { id: 'al1', at: instant('2026-11-24T08:59:58Z') } as Partial<Alert>;
    const { ports, flush } = measured(somePorts({ alert }), 'prod');
    await ports.store.load('alert', 'al1');
    const attempt = { of: 'al1', at: NOW, way: 'desk', outcome: 'taken' };
    await ports.store.putNew('attempt', attempt as unknown as Documents['attempt']);
    expect(read(flush())).toMatchObject({ AlertsDelivered: 1, AlertLatency: 2_000 });
  });

  it('how long a step had been due when its timer was set again', async () => {
    const { ports, flush } = measured(somePorts({ dueAt: instant('2026-11-24T08:30:00Z') }), 'prod');
    await ports.store.loadState('abc' as never);
    await ports.timers.setStep({ enrollmentId: 'abc-1' as never, step: 1, dueAt: NOW });
    expect(read(flush())).toHaveProperty('DueStepsAge', 1_800);
  });

  it('each run of reconcile', async () => {
    const { ports, flush } = measured(somePorts(), 'prod');
    await ports.mailbox.sendMark(NOW);
    expect(read(flush())).toHaveProperty('Reconciled', 1);
  });
});

it('every metric has a unit that CloudWatch knows', () => {
  expect(new Set(Object.values(METRICS))).toEqual(new Set(['Count', 'Milliseconds', 'Seconds']));
});
