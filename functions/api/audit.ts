/** Notes who did what, once it is done: ids and the operation's name, never what was sent. */
import { type OperationId, ROUTES } from '../../shared/api/routes.ts';
import { DAY, plus } from '../../shared/domain/instant.ts';
import { RETENTION_DEFAULT } from '../../shared/domain/retention.ts';
import type { Ports } from '../../shared/ports.ts';
import type { Caller } from './caller.ts';

/** Reading takes nothing away but here. */
const TAKES_AWAY: ReadonlySet<OperationId> = new Set(['people.export', 'exports.create']);

/** Questions with a body. */
const ONLY_ASKS: ReadonlySet<OperationId> = new Set(['campaigns.preview', 'imports.read']);

/** Written after the deed and before its answer: a request that is answered stands in the log. */
export async function noteDeed(
  ports: Ports,
  deed: {
    readonly id: OperationId;
    readonly caller: Caller;
    /** Empty: no single thing. */
    readonly subject: string;
    readonly reason?: string;
    readonly status: number;
    readonly requestId: string;
  },
): Promise<void> {
  const operation = ROUTES[deed.id];
  if ((operation.startsWith('GET ') && !TAKES_AWAY.has(deed.id)) || ONLY_ASKS.has(deed.id)) return;
  const at = ports.clock.now();
  const { auditDays } = (await ports.store.load('retention', 'all')) ?? RETENTION_DEFAULT;
  const { subject, reason } = deed;
  await ports.store.putNew('audit', {
    id: ports.ids.fresh(),
    at,
    actor: deed.caller.id,
    operation,
    status: deed.status,
    requestId: deed.requestId,
    ...(subject === '' ? {} : { subject }),
    ...(reason === undefined ? {} : { reason }),
    expiresAt: plus(at, auditDays * DAY),
  });
}
