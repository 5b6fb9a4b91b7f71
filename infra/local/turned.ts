/**
 * Drives a runtime by a turned clock: it stands still while anything is under way, then jumps to the next moment at
 * which something happens. Three weeks take as long as their work does.
 */
import type { LocalClock } from './clock.ts';
import type { Runtime } from './runtime.ts';

/** Real time between two looks whether all is quiet: I/O under way cannot be asked for its end. */
const LOOK_MS = 1;
/** Looks at one standing moment; beyond it something hangs, and a demo must say so rather than stand still. */
const LOOKS_MAX = 60_000;
/** A handler may hand over to the next queue between two looks: quiet counts only twice in a row. */
const QUIET_LOOKS = 2;

/** What of a runtime drives it. */
export type Driven = Pick<Runtime, 'isQuiet' | 'nextMoment' | 'runDue'>;

export async function quiet(runtime: Pick<Runtime, 'isQuiet'>): Promise<void> {
  let calm = 0;
  for (let look = 0; look < LOOKS_MAX; look++) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    calm = runtime.isQuiet() ? calm + 1 : 0;
    if (calm >= QUIET_LOOKS) return;
  }
  throw new Error('Something has been busy for a minute at one moment of the turned clock');
}

/** Something to do at a moment besides what the product does itself: a prospect's answer, a look at the console. */
export type Appointment = { readonly at: number; readonly run: () => Promise<void> };

/**
 * Runs until `until` (epoch ms), keeping `appointments` on the way (more may be added meanwhile). An appointment runs
 * beside whatever else is due at its moment, so that an answer can meet a letter being sent.
 */
export async function runUntil(
  runtime: Driven,
  clock: LocalClock,
  until: number,
  appointments: Appointment[] = [],
): Promise<void> {
  for (;;) {
    await quiet(runtime);
    appointments.sort((a, b) => a.at - b.at);
    const next = Math.min(runtime.nextMoment(), appointments[0]?.at ?? Number.POSITIVE_INFINITY);
    if (next > until) break;
    if (next > clock.now()) clock.set(next);
    const due: Promise<void>[] = [];
    while (appointments[0] && appointments[0].at <= clock.now()) {
      const appointment = appointments.shift();
      if (appointment) due.push(appointment.run());
    }
    await Promise.all([runtime.runDue(), ...due]);
  }
  if (until > clock.now()) clock.set(until);
  await quiet(runtime);
}
