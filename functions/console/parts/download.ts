/** Saves what the API gives as a file; a plain link could not show who asks. */
import { useCallback } from 'react';
import { useWords } from '../lexicon/words.tsx';
import { useSession } from '../session/session.tsx';
import { useTell } from './notices.tsx';

const KEPT_MS = 60_000;

export function useDownload(): (path: string, fileName: string) => Promise<void> {
  const { token } = useSession();
  const tell = useTell();
  const t = useWords();
  return useCallback(
    async (path, fileName) => {
      try {
        const response = await fetch(path, { headers: { authorization: `Bearer ${token}` } });
        if (!response.ok) throw new Error(String(response.status));
        save(await response.blob(), fileName);
      } catch {
        tell({ type: 'error', text: t('error.download') });
      }
    },
    [token, tell, t],
  );
}

export function save(content: Blob, fileName: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = fileName;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), KEPT_MS);
}
