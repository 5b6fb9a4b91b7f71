/** Somebody's session over its life: entered, renewed before it ends, left here and at the issuer. */
import { useCallback, useEffect, useRef, useState } from 'react';
import { type SignedIn, signOutAddress } from './oidc.ts';
import { type ConsoleConfig, forget, renewed, type SignInState } from './sign-in.ts';

/** Renewed while there is still time to: a request that is under way keeps its token. */
const RENEW_BEFORE_MS = 60_000;
/** A token that is refused as soon as it is new will not get better by asking again. */
const RENEW_AGAIN_MS = 30_000;

export function useSignedIn(config: ConsoleConfig, found: SignInState) {
  const [state, setState] = useState(found);
  const enter = useCallback((session: SignedIn) => setState({ kind: 'in', session }), []);
  const leave = useCallback(async () => {
    forget();
    setState({ kind: 'out' });
    // Without this the issuer would let the next person at this desk in as the one before.
    const address = config.auth.kind === 'oidc' ? await signOutAddress(config.auth) : undefined;
    if (address) location.assign(address);
  }, [config]);
  const session = state.kind === 'in' ? state.session : undefined;
  const freshFor = useRenewal(config, session, setState);
  return { state, enter, leave, freshFor };
}

/** Answers the token to use instead of one that was refused; `undefined`: they have to sign in again, and the door is shown. */
export type FreshFor = (refused: string) => Promise<string | undefined>;

function useRenewal(
  config: ConsoleConfig,
  session: SignedIn | undefined,
  setState: (state: SignInState) => void,
): FreshFor {
  const current = useRef(session);
  current.current = session;
  const underWay = useRef<Promise<string | undefined>>(undefined);
  const renewedAt = useRef(0);
  const freshFor = useCallback<FreshFor>(
    async (refused) => {
      const attempt = async (): Promise<string | undefined> => {
        const before = current.current;
        // Asked with the token before: the fresh one is there already.
        if (before && before.token !== refused) return before.token;
        const isTooSoon = Date.now() - renewedAt.current < RENEW_AGAIN_MS;
        const fresh = before && !isTooSoon ? await renewed(config, before) : undefined;
        if (!fresh) forget();
        else {
          renewedAt.current = Date.now();
          current.current = fresh;
        }
        setState(fresh ? { kind: 'in', session: fresh } : { kind: 'out', why: 'expired' });
        return fresh?.token;
      };
      // Many requests may be refused at once; the issuer is asked once.
      underWay.current ??= attempt().finally(() => {
        underWay.current = undefined;
      });
      return underWay.current;
    },
    [config, setState],
  );
  useEffect(() => {
    if (session?.expiresAt === undefined) return;
    const early = session.refresh ? RENEW_BEFORE_MS : 0;
    const wait = Math.max(0, session.expiresAt - early - Date.now());
    const timer = setTimeout(() => void freshFor(session.token), wait);
    return () => clearTimeout(timer);
  }, [session, freshFor]);
  return freshFor;
}
