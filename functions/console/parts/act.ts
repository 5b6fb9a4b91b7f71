/** One change by the person: shown at once, taken back if the API refuses, and told with the way back. */
import { type QueryKey, useMutation, useQueryClient } from '@tanstack/react-query';
import { useFailureWords, useTell } from './notices.tsx';

export type Act<Given> = {
  readonly run: (given: Given) => Promise<unknown>;
  /** What the page shows before the API has answered. */
  readonly foresee?: (
    given: Given,
  ) => readonly { readonly key: QueryKey; readonly change: (data: never) => unknown }[];
  readonly done?: (given: Given) => string | undefined;
  /** The way back, or nothing where there is none for this one. */
  readonly undo?: (given: Given) => (() => Promise<unknown>) | undefined;
  readonly after?: (given: Given) => void;
};

/** Everything that is shown is asked for again afterwards, whatever came of it: the server knows. */
export function useAct<Given = void>(act: Act<Given>) {
  const queries = useQueryClient();
  const tell = useTell();
  const wordFailure = useFailureWords();
  return useMutation<unknown, unknown, Given, readonly (readonly [QueryKey, unknown])[]>({
    mutationFn: act.run,
    onMutate: async (given) => {
      const before: (readonly [QueryKey, unknown])[] = [];
      for (const { key, change } of act.foresee?.(given) ?? []) {
        await queries.cancelQueries({ queryKey: key });
        const data = queries.getQueryData(key);
        if (data === undefined) continue;
        before.push([key, data]);
        queries.setQueryData(key, change(data as never));
      }
      return before;
    },
    onError: (error, _given, before) => {
      for (const [key, data] of before ?? []) queries.setQueryData(key, data);
      tell({ type: 'error', text: wordFailure(error) });
    },
    onSuccess: (_answer, given) => {
      const text = act.done?.(given);
      const undo = act.undo?.(given);
      const takeBack =
        undo &&
        (() =>
          undo()
            .catch((error) => tell({ type: 'error', text: wordFailure(error) }))
            .finally(() => queries.invalidateQueries()));
      if (text) tell({ type: 'success', text, ...(takeBack ? { undo: takeBack } : {}) });
      act.after?.(given);
    },
    onSettled: () => queries.invalidateQueries(),
  });
}
