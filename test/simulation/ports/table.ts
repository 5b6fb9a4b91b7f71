/**
 * DynamoDB's table in memory: items by key, conditions, and two sparse indexes that lag behind. Keys and index
 * attributes are those of `functions/aws/items.ts`, so that what is tested about listings is what is deployed.
 */
import type { Item, Key } from '../../../functions/aws/items.ts';
import type { Timeline } from '../timeline.ts';

export type IndexName = 'list' | 'due';
export type Entry = { readonly item: Key; readonly sort: string };

export type Table = {
  get(key: Key): Item | undefined;
  put(item: Item): void;
  remove(key: Key): void;
  /** Items of one partition whose sort key begins so, in order. */
  partition(pk: string, prefix: string): readonly Item[];
  /** Entries of one index partition as the index shows them now, in order. */
  index(name: IndexName, partition: string): readonly Entry[];
  /** Everything there is: only for those who judge the run. */
  everything(): Iterable<Item>;
};

const nameOf = ({ pk, sk }: Key): string => `${pk}\n${sk}`;
const ATTRIBUTES = { list: ['listPk', 'listSk'], due: ['duePk', 'dueAt'] } as const;

type Change = {
  readonly at: number;
  readonly item: Key;
  readonly from?: string;
  readonly to?: string;
  readonly sort: string;
};

export function makeTable(timeline: Pick<Timeline, 'now'>, lagMs: () => number): Table {
  const partitions = new Map<string, Map<string, Item>>();
  const indexes = {
    list: { shown: new Map<string, Map<string, Entry>>(), waiting: [] as Change[], last: 0 },
    due: { shown: new Map<string, Map<string, Entry>>(), waiting: [] as Change[], last: 0 },
  };

  const catchUp = (name: IndexName): void => {
    const { shown, waiting } = indexes[name];
    let done = 0;
    for (const change of waiting) {
      if (change.at > timeline.now()) break;
      done += 1;
      if (change.from !== undefined) shown.get(change.from)?.delete(nameOf(change.item));
      if (change.to === undefined) continue;
      const entries = shown.get(change.to) ?? new Map<string, Entry>();
      entries.set(nameOf(change.item), { item: change.item, sort: change.sort });
      shown.set(change.to, entries);
    }
    waiting.splice(0, done);
  };
  const reindex = (before: Item | undefined, after: Item | undefined): void => {
    for (const name of ['list', 'due'] as const) {
      const [pk, sk] = ATTRIBUTES[name];
      const from = before?.[pk] as string | undefined;
      const to = after?.[pk] as string | undefined;
      if (from === to && before?.[sk] === after?.[sk]) continue;
      const index = indexes[name];
      const { pk: itemPk, sk: itemSk } = (after ?? before) as Item;
      // Changes of an index keep their order: a slow one makes those behind it wait.
      index.last = Math.max(index.last, timeline.now() + lagMs());
      index.waiting.push({
        at: index.last,
        item: { pk: itemPk, sk: itemSk },
        sort: String(after?.[sk] ?? ''),
        ...(from === undefined ? {} : { from }),
        ...(to === undefined ? {} : { to }),
      });
    }
  };
  return {
    get: ({ pk, sk }) => partitions.get(pk)?.get(sk),
    put: (item) => {
      const kept = partitions.get(item.pk) ?? new Map<string, Item>();
      partitions.set(item.pk, kept);
      reindex(kept.get(item.sk), item);
      kept.set(item.sk, item);
    },
    remove: ({ pk, sk }) => {
      const kept = partitions.get(pk);
      reindex(kept?.get(sk), undefined);
      kept?.delete(sk);
    },
    partition: (pk, prefix) =>
      [...(partitions.get(pk)?.values() ?? [])]
        .filter((item) => item.sk.startsWith(prefix))
        .sort((a, b) => compare(a.sk, b.sk)),
    index: (name, partition) => {
      catchUp(name);
      const entries = [...(indexes[name].shown.get(partition)?.values() ?? [])];
      return entries.sort(
        (a, b) => compare(a.sort, b.sort) || compare(a.item.pk, b.item.pk) || compare(a.item.sk, b.item.sk),
      );
    },
    *everything() {
      for (const kept of partitions.values()) yield* kept.values();
    },
  };
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
