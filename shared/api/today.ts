/** The plan of one day in the API: whom to answer, reach and write to, and when each is awake. */
import * as z from 'zod';
import { At } from '../api.ts';
import { Clock, WordedReason } from './contacts.ts';
import { TaskView } from './tasks.ts';

/** Who it is, as a person would say it, and what hour it is there now. */
const who = {
  name: z.string().optional(),
  company: z.string().optional(),
  country: z.string().optional(),
  grade: z.string().optional(),
  zone: z.string().optional(),
};

export const TodayTask = TaskView.extend({
  ...who,
  /** Of work by telephone: when their daytime and ours allow it; not later than `at` of the answer means now. */
  reachAt: At.optional(),
  /** Their day and the sender's never meet: `reachAt` is their own opening hour. */
  noSharedHour: z.literal(true).optional(),
  /** Of a mail that waits for an answer. */
  subject: z.string().optional(),
  words: z.string().optional(),
  alertId: z.string().optional(),
  receivedAt: At.optional(),
});
export type TodayTask = z.infer<typeof TodayTask>;

export const TodayLetter = z.object({
  ...who,
  enrollmentId: z.string(),
  contactId: z.string(),
  campaignId: z.string(),
  step: z.number().int(),
  at: At,
  theirs: Clock,
  ours: Clock,
  reasons: z.array(WordedReason),
});
export type TodayLetter = z.infer<typeof TodayLetter>;

export const TodayAnswer = z.object({
  /** The moment that it shows. */
  at: At,
  tasks: z.array(TodayTask),
  /** Planned until the end of the day, in order of time. */
  letters: z.array(TodayLetter),
  /** There is more than is shown. */
  isCut: z.boolean(),
});
export type TodayAnswer = z.infer<typeof TodayAnswer>;

/** Changes whenever there is something new to look at; costs two small reads. */
export const PulseAnswer = z.object({ at: At, mark: z.string(), openTasks: z.number().int() });
export type PulseAnswer = z.infer<typeof PulseAnswer>;
