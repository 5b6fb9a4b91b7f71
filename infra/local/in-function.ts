/**
 * Which function is running: on AWS each is a process of its own, here all share one. Every recorded SDK call gets the
 * name of the function that made it, however deep below the handler.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { SdkCall } from '../../functions/aws/observe.ts';
import type { FunctionName } from '../queue-settings.ts';

export type FunctionCall = SdkCall & { readonly service: string; readonly function: FunctionName };
/** An invocation as Lambda would bill it, or a call that it made. */
export type Observed =
  | ({ readonly kind: 'call' } & FunctionCall)
  | { readonly kind: 'invocation'; readonly function: FunctionName; readonly ms: number };

const running = new AsyncLocalStorage<FunctionName>();

type EventHandler = (event: unknown) => Promise<unknown>;

/** `onEnd` is told how long it took in real milliseconds. */
export const inFunction =
  (name: FunctionName, handler: EventHandler, observe?: (observed: Observed) => void): EventHandler =>
  (event) =>
    running.run(name, async () => {
      const started = performance.now();
      try {
        return await handler(event);
      } finally {
        observe?.({ kind: 'invocation', function: name, ms: performance.now() - started });
      }
    });

/** Calls outside of any function (tests that ask the ports themselves) are nobody's. */
export const toFunctions =
  (observe: (observed: Observed) => void) =>
  (service: string, call: SdkCall): void => {
    const name = running.getStore();
    if (name) observe({ kind: 'call', function: name, service, ...call });
  };
