/** The moment that matters: twenty seconds around the minute for which the next step is planned. */
import type { EnrollmentId } from '../../../shared/domain/ids.ts';
import { DAY, MINUTE, SECOND } from '../../../shared/domain/instant.ts';
import type { Letter, Script } from '../script.ts';

/** Half of all races happen while the send runs, the others a little before or after. */
export async function worstMoment(script: Script, letter: Letter): Promise<void> {
  const { random } = script;
  // A quarter of an hour for the mark; where it is late, the plan is not known yet and any moment will do.
  await script.wait(15 * MINUTE);
  const due = script.plannedAt(letter.enrollment as EnrollmentId) ?? script.now() + random.int(8 * DAY);
  if (random.chance(0.4)) {
    // Inside the very run that sends: some two hundred milliseconds to the gates, a hundred more to the claim.
    await script.until(Math.max(script.now(), due - 5 * SECOND));
    await script.nextRun('send-step');
    return script.wait(random.int(500));
  }
  const around = random.chance(0.5)
    ? random.between(-SECOND, 3 * SECOND)
    : random.between(-20 * SECOND, 80 * SECOND);
  await script.until(Math.max(script.now(), due + around));
}
