/** /v1/today and /v1/pulse: the plan of one's day, and whether there is anything new in it. */
import type { todayOperations } from '../../shared/api/operations/today.ts';
import type { SenderId } from '../../shared/domain/ids.ts';
import { planToday, takePulse } from '../../shared/today.ts';
import { type MakeHandlers, ok } from './handler.ts';

export const todayHandlers: MakeHandlers<typeof todayOperations> = (ports) => ({
  'today.get': async ({ query }) => ok(await planToday(ports, query.sender as SenderId | undefined)),
  'today.pulse': async () => ok(await takePulse(ports)),
});
