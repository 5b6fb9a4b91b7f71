/** The client of EventBridge Scheduler. */
import { SchedulerClient } from '@aws-sdk/client-scheduler';
import { clientOf, patientAt } from './place.ts';

export const schedulerClient = clientOf(
  'scheduler',
  (place) => new SchedulerClient(patientAt(place, 'scheduler')),
);
