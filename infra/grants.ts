/**
 * What each function may do, and nothing else: the stack makes its roles from `grants.json`, which `npm run permissions
 * -- --record` writes from what the functions did in the end-to-end runs and in the simulation. A new right is a new
 * line there, for a reviewer to see. Resources are named as in `permissions/sdk-actions.ts`.
 */
import grants from './grants.json' with { type: 'json' };
import type { FunctionName } from './queue-settings.ts';

/** Resource → actions. */
export type Grants = Readonly<Record<string, readonly string[]>>;

export const GRANTS: Readonly<Record<FunctionName, Grants>> = grants;
