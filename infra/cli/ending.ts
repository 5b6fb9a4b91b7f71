/** How a command ends: by its person, or because the disk fails under it. */
import { onStorageFailure } from '../local/storage-failure.ts';

/**
 * From now on a failing disk ends the process with one line and code 1. Nothing is closed first: whatever is
 * acknowledged survives that as it survives kill -9, and a closing runtime would go on writing to that disk.
 */
export function endOnStorageFailure(): void {
  onStorageFailure((failure) => {
    console.error(`Relance stops: ${failure.message} Everything that it had confirmed is kept.`);
    process.exit(1);
  });
}

/** Resolves at Ctrl-C, or when the process is told to end. */
export const stopSignal = (): Promise<void> =>
  new Promise((resolve) => {
    process.once('SIGINT', () => resolve());
    process.once('SIGTERM', () => resolve());
  });
