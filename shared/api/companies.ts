/** A company in the API: its mail domain, whose it is, who works there, and what holds its people. */
import * as z from 'zod';
import { At } from '../api.ts';

export const CompanyAnswer = z.object({
  domain: z.string(),
  /** As most of its people write it. */
  name: z.string().optional(),
  owner: z.object({ id: z.string(), name: z.string() }).optional(),
  /** Somebody of it answered: the others wait for a person's word, which `taskId` asks for. */
  hold: z.object({ since: At, by: z.string(), taskId: z.string().optional() }).optional(),
  suppressed: z.boolean(),
  people: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      title: z.string().optional(),
      grade: z.string().optional(),
      state: z.string().optional(),
      stopped: z.string().optional(),
    }),
  ),
  /** There are more people than are shown. */
  isCut: z.boolean(),
});
export type CompanyAnswer = z.infer<typeof CompanyAnswer>;
