/** How a command ends when the disk fails under it. */
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
