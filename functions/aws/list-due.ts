/** The due-index, read as one list although it lies in four partitions: oldest first, page after page. */
import type { ContactId } from '../../shared/domain/ids.ts';
import type { Instant } from '../../shared/domain/instant.ts';
import type { Page, PageAsked } from '../../shared/ports.ts';
import { DUE_SHARDS, type Item } from './items.ts';
import {
  type Cut,
  limitOf,
  queryPage,
  readCursor,
  readEntryKey,
  type Table,
  writeCursor,
} from './table-calls.ts';

/** Where each shard stands: not begun, at an entry, or read to its end. */
type Place = 'start' | 'end' | Readonly<Record<string, string>>;

export async function listDue(
  table: Table,
  now: Instant,
  page: PageAsked | undefined,
): Promise<Page<ContactId>> {
  const limit = limitOf(page);
  const cuts = DUE_SHARDS.map((partition): Cut => ({ index: 'due', partition, upTo: now }));
  const places = readPlaces(page?.after, cuts);
  // `limit` entries of each shard: a thousand keys stay below DynamoDB's 1 MB, so no shard answers fewer and has more.
  const shards = await Promise.all(
    cuts.map(async (cut, index) => {
      const place = places[index] ?? 'start';
      if (place === 'end') return { items: [], last: undefined };
      return queryPage(table, cut, limit, place === 'start' ? undefined : place);
    }),
  );
  const merged = shards.flatMap((shard, index) => shard.items.map((item) => ({ item, index })));
  merged.sort((a, b) => compare(String(a.item.dueAt), String(b.item.dueAt)));
  const taken = merged.slice(0, limit);
  const next = shards.map((shard, index): Place => {
    const mine = taken.filter((entry) => entry.index === index);
    if (mine.length === shard.items.length && !shard.last) return 'end';
    const last = mine.at(-1);
    return last ? entryKey(last.item) : (places[index] ?? 'start');
  });
  const isOver = next.every((place) => place === 'end');
  return { items: taken.map(({ item }) => contactOf(item)), ...(isOver ? {} : { next: writeCursor(next) }) };
}

function readPlaces(after: string | undefined, cuts: readonly Cut[]): readonly Place[] {
  if (after === undefined) return cuts.map(() => 'start');
  const places = readCursor(after);
  return cuts.map((cut, index): Place => {
    const place: unknown = Array.isArray(places) ? places[index] : undefined;
    return place === 'start' || place === 'end' ? place : readEntryKey(place, cut);
  });
}

const entryKey = ({ pk, sk, duePk, dueAt }: Item): Readonly<Record<string, string>> => ({
  pk,
  sk,
  duePk: String(duePk),
  dueAt: String(dueAt),
});

const contactOf = (item: Item): ContactId => item.pk.slice('contact#'.length) as ContactId;

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
