/** The product's functions as the simulator loads them: as they are, or with one bug planted. */
import type { Ports } from '../../shared/ports.ts';

export type Handler = (ports: Ports) => (event: unknown) => Promise<unknown>;

/** Each with the time that Lambda gives it; the numbers stay below the visibility of its queue. */
export const TIME_OUTS = {
  api: 29_000,
  unsubscribe: 29_000,
  'enroll-contacts': 60_000,
  'send-step': 60_000,
  'record-delivery': 60_000,
  'receive-mail': 60_000,
  'send-alert': 30_000,
  'import-contacts': 300_000,
  reconcile: 300_000,
} as const;
export type FunctionName = keyof typeof TIME_OUTS;
export type Functions = Readonly<Record<FunctionName, Handler>>;

const EXPORTS: Readonly<Record<FunctionName, string>> = {
  api: 'api',
  unsubscribe: 'unsubscribe',
  'enroll-contacts': 'enrollContacts',
  'send-step': 'sendStep',
  'record-delivery': 'recordDelivery',
  'receive-mail': 'receiveMailFrom',
  'send-alert': 'sendAlert',
  'import-contacts': 'importContacts',
  reconcile: 'reconcile',
};

const loaded = new Map<string, Promise<Functions>>();

/** `bug`: a name that `plant` has given its patches. Each is loaded once. */
export function loadFunctions(bug = ''): Promise<Functions> {
  const known = loaded.get(bug) ?? load(bug);
  loaded.set(bug, known);
  return known;
}

async function load(bug: string): Promise<Functions> {
  const entries = Object.entries(EXPORTS).map(async ([name, exported]) => {
    const module = await import(`../../functions/${name}.ts${bug === '' ? '' : `?bug=${bug}`}`);
    const handler: unknown = module[exported];
    if (typeof handler !== 'function') throw new Error(`functions/${name}.ts exports no ${exported}.`);
    return [name, handler] as const;
  });
  return Object.fromEntries(await Promise.all(entries)) as Functions;
}
