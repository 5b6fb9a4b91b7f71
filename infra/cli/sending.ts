/** How many letters were between claim and mark when the last run ended: the only ones whose fate a kill leaves open. */
import type { Store } from '../../shared/ports.ts';

/** Campaign pages read at a start; a laptop has fewer. */
const PAGES_MAX = 200;

export async function countSending(store: Store): Promise<number> {
  let count = 0;
  for await (const campaign of pagesOf((after) => store.listCampaigns(after))) {
    if (campaign.status === 'draft') continue;
    for await (const { enrollment } of pagesOf((after) => store.listEnrollments(campaign.id, after))) {
      if (enrollment.letter?.kind === 'sending') count += 1;
    }
  }
  return count;
}

async function* pagesOf<Item>(
  list: (page: { after?: string }) => Promise<{ readonly items: readonly Item[]; readonly next?: string }>,
): AsyncGenerator<Item> {
  let after: string | undefined;
  for (let page = 0; page < PAGES_MAX; page++) {
    const { items, next } = await list(after ? { after } : {});
    yield* items;
    if (!next) return;
    after = next;
  }
}
