/** /v1/alerts: what needed somebody at once, newest first, and who has seen it. */
import { Hono } from 'hono/quick';
import { acknowledgeAlert } from '../../shared/acknowledge.ts';
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
      const id = context.req.param('id');
      const alert = await acknowledgeAlert(ports, id);
      if (!alert) throw notFound(`Alert ${id}`);
      return context.json(alertView(alert));
    });

const alertView = (alert: Alert): AlertView => ({ ...alert });
