/** Every planted bug: the simulator's own test. */
import type { PlantedBug } from './bug.ts';
import { HANDING_BUGS } from './handing.ts';
import { KEEPING_BUGS } from './keeping.ts';
import { MAIL_BUGS } from './mails.ts';
import { SENDING_BUGS } from './sending.ts';

export const PLANTED_BUGS: readonly PlantedBug[] = [
  ...SENDING_BUGS,
  ...KEEPING_BUGS,
  ...MAIL_BUGS,
  ...HANDING_BUGS,
];
