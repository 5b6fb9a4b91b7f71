/** A warning of the lint is accepted once: the campaign remembers which, and only new ones are asked about. */
import type { Campaign } from './domain/campaign.ts';
import type { LetterWarning } from './judge-letters.ts';

/** Fingerprints, or all that are found. */
export type AcceptWarnings = 'all' | readonly string[];

/** About 40 KB of an item's 400; whoever accepts more should rather mend the template. */
const ACCEPTED_MAX = 2_000;

/** The campaign with what is accepted by now, and the warnings that nobody has accepted. Saves nothing. */
export function weighWarnings(
  campaign: Campaign,
  found: readonly LetterWarning[],
  accept: AcceptWarnings,
): { readonly campaign: Campaign; readonly open: readonly LetterWarning[] } {
  const before = new Set(campaign.acceptedWarnings ?? []);
  const asked = found.filter(({ fingerprint }) => !before.has(fingerprint));
  const accepted = asked.filter(({ fingerprint }) => accept === 'all' || accept.includes(fingerprint));
  const kept = [...before, ...accepted.map(({ fingerprint }) => fingerprint)].slice(0, ACCEPTED_MAX);
  return {
    campaign: accepted.length === 0 ? campaign : { ...campaign, acceptedWarnings: kept },
    open: asked.filter((warning) => !accepted.includes(warning)),
  };
}
