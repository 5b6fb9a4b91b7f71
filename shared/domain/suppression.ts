/** Who is never written to, as a list shows it: a person by the keyed id, or everybody with an address of one mail domain. */
import type { SuppressionReason } from './enrollment/state.ts';
import type { ContactId } from './ids.ts';
import type { Instant } from './instant.ts';

export type Suppression =
  | {
      readonly kind: 'contact';
      readonly contactId: ContactId;
      readonly why: SuppressionReason;
      readonly since: Instant;
    }
  | { readonly kind: 'domain'; readonly domain: string; readonly since: Instant };
