/** /v1/alerts: what needed somebody at once, newest first, and who has seen it. */
import { Hono } from 'hono';
import type { AlertView } from '../../shared/api/tasks.ts';
import type { Alert } from '../../shared/domain/alert.ts';
import type { Ports } from '../../shared/ports.ts';
import { notFound } from './problem.ts';
import { readPage } from './request.ts';

export const alertRoutes = (ports: Ports) =>
  new Hono()
    .get('/', async (context) => {
      const page = await ports.store.listAlerts(readPage(context));
      return context.json({ ...page, items: page.items.map(alertView) });
    })
    .post('/:id/acknowledge', async (context) => {
      return context.json(alertView(await acknowledge(ports, context.req.param('id'))));
    });

const TRIES = 5;

/** Idempotent: the first acknowledgement keeps its moment. */
async function acknowledge(ports: Ports, id: string): Promise<Alert> {
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const alert = await ports.store.load('alert', id);
    if (!alert) throw notFound(`Alert ${id}`);
    if (alert.acknowledgedAt) return alert;
    const seen: Alert = { ...alert, acknowledgedAt: ports.clock.now() };
    // `delivered` too: a channel that reports at this moment must not be overwritten.
    const saved = await ports.store.replace('alert', alert, seen, ['acknowledgedAt', 'delivered']);
    if (saved === 'saved') return seen;
  }
  throw new Error(`Alert ${id} is too contended: ${TRIES} edits in a row lost`);
}

const alertView = (alert: Alert): AlertView => ({ ...alert });
