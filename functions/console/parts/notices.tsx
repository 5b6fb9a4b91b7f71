/** What has just happened, with the way back where there is one. */
import Button from '@cloudscape-design/components/button';
import type { FlashbarProps } from '@cloudscape-design/components/flashbar';
import {
  createContext,
  lazy,
  type ReactNode,
  Suspense,
  useCallback,
  useContext,
  useMemo,
  useState,
} from 'react';
import { ApiRefusal } from '../../../shared/client.ts';
import { useWords } from '../lexicon/words.tsx';

type Notice = {
  readonly type: 'success' | 'error' | 'info' | 'warning';
  readonly text: ReactNode;
  readonly undo?: () => Promise<unknown> | unknown;
};
type Tell = (notice: Notice) => void;

const TellContext = createContext<Tell>(() => undefined);
const ItemsContext = createContext<readonly FlashbarProps.MessageDefinition[]>([]);
/** Older ones go: a wall of green bars is read by nobody. */
const SHOWN_MAX = 3;

export function NoticesProvider({ children }: { readonly children: ReactNode }) {
  const t = useWords();
  const [notices, setNotices] = useState<readonly (Notice & { readonly id: string })[]>([]);
  const tell = useCallback<Tell>((notice) => {
    setNotices((before) => [{ ...notice, id: crypto.randomUUID() }, ...before].slice(0, SHOWN_MAX));
  }, []);
  const drop = useCallback((id: string) => setNotices((all) => all.filter((one) => one.id !== id)), []);
  const items = useMemo(
    () =>
      notices.map(
        ({ id, type, text, undo }): FlashbarProps.MessageDefinition => ({
          id,
          type,
          content: text,
          dismissible: true,
          onDismiss: () => drop(id),
          ariaRole: type === 'error' ? 'alert' : 'status',
          action: undo && (
            <Button
              onClick={() => {
                drop(id);
                void undo();
              }}
            >
              {t('do.undo')}
            </Button>
          ),
        }),
      ),
    [notices, drop, t],
  );
  return (
    <TellContext.Provider value={tell}>
      <ItemsContext.Provider value={items}>{children}</ItemsContext.Provider>
    </TellContext.Provider>
  );
}

export const useTell = (): Tell => useContext(TellContext);

/** Loaded with the first notice: a day begins without one. */
const Flashbar = lazy(() => import('@cloudscape-design/components/flashbar'));

export function Notices() {
  const items = useContext(ItemsContext);
  const [isUsed, setUsed] = useState(false);
  if (items.length > 0 && !isUsed) setUsed(true);
  return (
    <div className="notices">
      <Suspense>{isUsed && <Flashbar items={[...items]} />}</Suspense>
    </div>
  );
}

/** The API's own words where it refused, and what to do where nothing answered at all. */
export function useFailureWords(): (error: unknown) => string {
  const t = useWords();
  return useCallback(
    (error) => {
      if (!(error instanceof ApiRefusal)) return t('error.unreachable');
      const { problem } = error;
      const named = (problem.errors ?? []).map((fault) =>
        fault.pointer ? `${fault.pointer.slice(1).replaceAll('/', ' › ')}: ${fault.detail}` : fault.detail,
      );
      return [problem.detail, ...named.filter((detail) => detail !== problem.detail)].slice(0, 4).join(' ');
    },
    [t],
  );
}
