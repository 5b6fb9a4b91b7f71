/** The laboratory's own endpoints; they exist on one's own machine only. */
import { useMemo } from 'react';
import { ApiRefusal } from '../../../shared/client.ts';
import { useSession } from '../session/session.tsx';

export type LabMail = {
  readonly file: string;
  readonly at: string;
  readonly to: string;
  readonly subject: string;
};
export type LabClock = { readonly at: string; readonly canTurn: boolean; readonly nextAt?: string };
export type LabAnswer = { readonly file: string; readonly kind: string; readonly text: string };

export function useLab() {
  const { token } = useSession();
  return useMemo(() => {
    const call = async <Answer>(method: string, path: string, body?: unknown): Promise<Answer> => {
      const response = await fetch(`/local${path}`, {
        method,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const answer = (await response.json()) as Answer & { readonly detail?: string };
      if (response.ok) return answer;
      throw new ApiRefusal({
        type: 'about:blank',
        title: response.statusText,
        status: response.status,
        detail: answer.detail ?? '',
        requestId: '',
      });
    };
    return {
      clock: () => call<LabClock>('GET', '/clock'),
      turn: (ms: number) => call<LabClock>('POST', '/clock', { ms }),
      outbox: () => call<{ readonly items: readonly LabMail[] }>('GET', '/outbox'),
      mail: (file: string) => call<{ readonly text: string }>('GET', `/outbox/${encodeURIComponent(file)}`),
      answer: (answer: LabAnswer) => call<{ readonly sent: true }>('POST', '/answers', answer),
    };
  }, [token]);
}
