/** Counts what a person does: a tap, a key, a word typed, a file chosen. */
export function countedActions() {
  let actions = 0;
  return {
    get actions() {
      return actions;
    },
    act: async (does: () => Promise<unknown>): Promise<void> => {
      actions += 1;
      await does();
    },
  };
}
