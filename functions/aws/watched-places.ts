/**
 * Which places and slots reconcile is to look at. A day's item keeps who took or left a place as a set of
 * `<moment> <holder>`; one index entry, of the earliest, stands for them all, so a launch costs one entry a day and hour.
 */
import type { SenderId } from '../../shared/domain/ids.ts';
import type { Instant } from '../../shared/domain/instant.ts';
import type { PlaceStore, Watched } from '../../shared/place-store.ts';
import { type Item, placesKey, quotaExpiresAt, slotKey, slotsPk, WATCHED } from './items.ts';
import { getItems, queryPage, type Table, updateIf } from './table-calls.ts';

const PLACES = placesKey('' as SenderId, '').pk;
const SLOTS = slotsPk('' as SenderId);

/**
 * Each costs 60 bytes of the day's item, which DynamoDB bills at every write and ends at 400 KB. Of a day with more letters a
 * place that died lapses with the day: it is less than a thousandth of it.
 */
const WATCHED_A_DAY_MAX = 1_000;

const watchOf = (holder: string, lookAt: Instant) => ({
  set: 'duePk = :watched, dueAt = if_not_exists(dueAt, :lookAt)',
  add: 'seen :seen',
  values: { ':watched': WATCHED, ':lookAt': lookAt, ':seen': new Set([`${lookAt} ${holder}`]) },
});

/** To be part of the update that takes a place of a day with so many. */
export const watching = (holder: string, lookAt: Instant, perDay: number) =>
  perDay > WATCHED_A_DAY_MAX ? undefined : watchOf(holder, lookAt);

/** To be part of the item of a slot. */
export const watchedSlot = (lookAt: Instant) => ({ duePk: WATCHED, dueAt: lookAt });

type Watch = Pick<PlaceStore, 'watchPlace' | 'watchSlot' | 'listWatched' | 'unwatch'>;

export const watchedPlaces = (table: Table): Watch => ({
  async watchPlace(senderId, day, holder, lookAt) {
    const { set, add, values } = watchOf(holder, lookAt);
    await updateIf(table, {
      Key: placesKey(senderId, day),
      UpdateExpression: `SET expiresAt = :expiresAt, ${set} ADD ${add}`,
      ConditionExpression: 'attribute_not_exists(seen) OR size(seen) < :most',
      ExpressionAttributeValues: {
        ...values,
        ':expiresAt': quotaExpiresAt(day),
        ':most': WATCHED_A_DAY_MAX,
      },
    });
  },

  async watchSlot(senderId, at, holder, lookAt) {
    await updateIf(table, {
      Key: slotKey(senderId, at),
      UpdateExpression: 'SET isLeft = :true, duePk = :watched, dueAt = :lookAt',
      ConditionExpression: 'holder = :holder',
      ExpressionAttributeValues: {
        ':true': true,
        ':watched': WATCHED,
        ':lookAt': lookAt,
        ':holder': holder,
      },
    });
  },

  async listWatched(now, most) {
    const { items } = await queryPage(table, { index: 'due', partition: WATCHED, upTo: now }, most);
    const found = [...(await getItems(table, items as readonly Item[])).values()];
    const watched = found.filter(({ dueAt }) => dueAt !== undefined);
    return watched.sort((a, b) => (String(a.dueAt) < String(b.dueAt) ? -1 : 1)).flatMap(readWatched);
  },

  async unwatch(watched, now) {
    if (watched.kind === 'slot') {
      await updateIf(table, {
        Key: slotKey(watched.senderId, watched.at),
        UpdateExpression: 'REMOVE duePk, dueAt, isLeft',
        ConditionExpression: 'holder = :holder AND dueAt = :lookAt',
        ExpressionAttributeValues: { ':holder': watched.holder, ':lookAt': watched.lookAt },
      });
      return;
    }
    const { senderId, day, seen } = watched;
    const later = seen.filter(({ lookAt }) => lookAt > now);
    const next = later.map(({ lookAt }) => lookAt).sort()[0];
    await updateIf(table, {
      Key: placesKey(senderId, day),
      UpdateExpression: next ? 'SET seen = :later, dueAt = :next' : 'REMOVE seen, duePk, dueAt',
      // Who came meanwhile would lose their place in the index.
      ConditionExpression: 'seen = :seen',
      ExpressionAttributeValues: {
        ':seen': new Set(seen.map(nameOf)),
        ...(next ? { ':later': new Set(later.map(nameOf)), ':next': next } : {}),
      },
    });
  },
});

const nameOf = ({ lookAt, holder }: { readonly lookAt: Instant; readonly holder: string }): string =>
  `${lookAt} ${holder}`;

function readWatched(item: Item): readonly Watched[] {
  const { pk, sk } = item;
  if (pk.startsWith(SLOTS)) {
    const senderId = pk.slice(SLOTS.length) as SenderId;
    const { holder, dueAt, isLeft } = item as Item & { holder: string; dueAt: Instant; isLeft?: true };
    return [{ kind: 'slot', senderId, at: sk as Instant, holder, lookAt: dueAt, isLeft: isLeft === true }];
  }
  const seen = [...((item.seen as ReadonlySet<string> | undefined) ?? [])].map((name) => {
    const [lookAt = '', ...holder] = name.split(' ');
    return { lookAt: lookAt as Instant, holder: holder.join(' ') };
  });
  return [{ kind: 'places', senderId: pk.slice(PLACES.length) as SenderId, day: sk, seen }];
}
