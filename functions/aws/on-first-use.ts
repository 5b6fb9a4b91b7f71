/**
 * Ports whose adapters are loaded when they are first called: most runs of most functions need the table only, and a
 * cold start should not read the code of four more services for them.
 */
import type { Ports } from '../../shared/ports.ts';

export type LatePort = 'timers' | 'mailer' | 'mailbox' | 'files' | 'alerts';

/** The compiler names the method that is missing. */
const METHODS: { readonly [Name in LatePort]: Readonly<Record<keyof Ports[Name], true>> } = {
  timers: { setStep: true, queuePage: true, queueImport: true },
  mailer: { send: true, allowance: true },
  mailbox: { remove: true, read: true, sendMark: true, countDeadLetters: true, requeue: true },
  files: { read: true, write: true, remove: true, list: true, uploadLink: true, downloadLink: true },
  alerts: { queue: true, post: true },
};

type Method = (...args: readonly unknown[]) => Promise<unknown>;

/** Every method of these ports answers a promise already, so the caller sees no difference but the time. */
export function onFirstUse<Name extends LatePort>(name: Name, load: () => Promise<Ports[Name]>): Ports[Name] {
  let loading: Promise<Readonly<Record<string, Method>>> | undefined;
  const method =
    (of: string): Method =>
    async (...args) => {
      loading ??= load() as unknown as Promise<Readonly<Record<string, Method>>>;
      return (await loading)[of]?.(...args);
    };
  return Object.fromEntries(
    Object.keys(METHODS[name]).map((of) => [of, method(of)]),
  ) as unknown as Ports[Name];
}
