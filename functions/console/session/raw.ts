/** Calls of the API that the typed client does not have yet. */
import { useCallback } from 'react';
import { ApiRefusal } from '../../../shared/client.ts';
import { useSession } from './session.tsx';

export function useRaw() {
  const { token } = useSession();
  return useCallback(
    async <Answer>(method: string, path: string, body?: unknown): Promise<Answer> => {
      const response = await fetch(`/v1${path}`, {
        method,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const answer = await response.json();
      if (!response.ok) throw new ApiRefusal(answer);
      return answer as Answer;
    },
    [token],
  );
}
