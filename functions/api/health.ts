/** /v1/health: for a load balancer or a watchdog, so it needs no token and tells nothing of anybody. */
import type { healthOperations } from '../../shared/api/operations/health.ts';
import { isFenceClosed } from '../../shared/domain/gate.ts';
import { type MakeHandlers, ok } from './handler.ts';

export const healthHandlers: MakeHandlers<typeof healthOperations> = (ports) => ({
  'health.get': async () => {
    const inbound = await ports.store.loadInbound();
    const fence = isFenceClosed(inbound, ports.clock.now()) ? 'closed' : 'open';
    return ok({
      status: 'ok',
      inbound: {
        fence,
        ...(inbound?.markAt ? { markAt: inbound.markAt } : {}),
        deadLetters: inbound?.deadLetters ?? 0,
      },
    });
  },
});
