// Which function called which operation of its ports, over all runs of this process: what `npm run permissions` asks.
const seen = new Set<string>();

/** `run`: `send-step#12`. */
export const noteCall = (run: string, operation: string): void => {
  seen.add(`${run.slice(0, run.indexOf('#'))} ${operation}`);
};

/** `send-step saveState`, in order. */
export const exercised = (): readonly string[] => [...seen].sort();
