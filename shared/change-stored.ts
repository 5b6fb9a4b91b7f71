/** Edits of what several hands write at once: channels that report, people who acknowledge, rings, a transfer. */
import type { Documents, Ports } from './ports.ts';

const ROUNDS_MAX = 12;

/**
 * Loads, changes and saves, and begins anew where somebody else was faster; loses nobody's edit. `change` answers
 * nothing where nothing is to be changed. `undefined`: it was not changed, or is not there.
 */
export async function changeAlert(
  ports: Ports,
  id: string,
  change: (stored: Documents['alert']) => Partial<Documents['alert']> | undefined,
): Promise<Documents['alert'] | undefined> {
  for (let round = 0; round < ROUNDS_MAX; round++) {
    const stored = await ports.store.load('alert', id);
    const changes = stored && change(stored);
    if (!stored || !changes) return undefined;
    const changed = { ...stored, ...changes, revision: (stored.revision ?? 0) + 1 };
    if ((await ports.store.replace('alert', stored, changed, ['revision'])) === 'saved') return changed;
  }
  throw new Error(`Alert ${id} could not be changed: ${ROUNDS_MAX} edits in a row lost`);
}
