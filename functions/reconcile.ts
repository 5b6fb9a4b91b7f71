/** Every 15 minutes: sends a sign of life down the inbound path and looks at whatever should have moved by now. */
import type { Ports } from '../shared/ports.ts';
import { reconcileAll } from '../shared/reconcile.ts';
import { awsMailbox } from './aws/mailbox.ts';
import { onAws } from './wire.ts';

export const reconcile = (ports: Ports) => (_event: unknown) => reconcileAll(ports);

export const handler = onAws(reconcile, { mailbox: awsMailbox });
