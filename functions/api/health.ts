/** GET /v1/health: for a load balancer or a watchdog, so it needs no token and tells nothing of anybody. */
import { Hono } from 'hono/quick';
import type { Health } from '../../shared/api.ts';
import { isFenceClosed } from '../../shared/domain/gate.ts';
import type { Ports } from '../../shared/ports.ts';

export const healthRoutes = (ports: Ports) =>
  new Hono().get('/', async (context) => {
    const inbound = await ports.store.loadInbound();
    const fence = isFenceClosed(inbound, ports.clock.now()) ? 'closed' : 'open';
    const answer: Health = {
      status: 'ok',
      inbound: {
        fence,
        ...(inbound?.markAt ? { markAt: inbound.markAt } : {}),
        deadLetters: inbound?.deadLetters ?? 0,
      },
    };
    return context.json(answer);
  });
