/** The places and slots of one execution, on the table in memory: what `functions/aws/store-places.ts` does on DynamoDB. */
import { type Item, placesKey, slotKey, slotsPk, WATCHED } from '../../../functions/aws/items.ts';
import type { SenderId } from '../../../shared/domain/ids.ts';
import type { Instant } from '../../../shared/domain/instant.ts';
import type { PlacesTaken } from '../../../shared/domain/place.ts';
import type { PlaceStore, Watched } from '../../../shared/place-store.ts';
import type { Calls, Run } from '../calls.ts';
import type { Table } from './table.ts';

type Holders = Readonly<Record<string, number>>;

export function placeStoreOf(run: Run, calls: Calls, table: Table): PlaceStore {
  const read = <Answer>(op: string, key: string, effect: () => Answer): Promise<Answer> =>
    calls.make(run, { sort: 'read', op, key }, effect);
  const write = <Answer>(op: string, key: string, effect: () => Answer): Promise<Answer> =>
    calls.make(run, { sort: 'write', op, key }, effect);
  const holdersOf = (item: Item | undefined): Holders => (item?.holders as Holders | undefined) ?? {};

  return {
    reservePlace: (senderId, { day, hour }, holder, { perDay, perHour }, lookAt) =>
      write('reservePlace', `${senderId} ${day} ${hour} ${holder}`, () => {
        const key = placesKey(senderId, day);
        const holders = holdersOf(table.get(key));
        if (holders[holder] === hour) return 'reserved';
        const others = Object.entries(holders).filter(([name]) => name !== holder);
        const sameHour = others.filter(([, one]) => one === hour);
        const isFull = (!(holder in holders) && others.length >= perDay) || sameHour.length >= perHour;
        if (isFull) return 'full';
        noteDaysGoneBy(table, senderId, day, holder, lookAt);
        const watch = holder in holders ? {} : watchedWith(table.get(key), holder, lookAt);
        table.put({ ...table.get(key), ...key, holders: { ...holders, [holder]: hour }, ...watch });
        return 'reserved';
      }),
    watchPlace: (senderId, day, holder, lookAt) =>
      write('watchPlace', `${senderId} ${day} ${holder}`, () => {
        const key = placesKey(senderId, day);
        table.put({ ...table.get(key), ...key, ...watchedWith(table.get(key), holder, lookAt) });
      }),
    releasePlace: (senderId, day, holder) =>
      write('releasePlace', `${senderId} ${day} ${holder}`, () => {
        const key = placesKey(senderId, day);
        const item = table.get(key);
        const { [holder]: _freed, ...others } = holdersOf(item);
        if (item) table.put({ ...item, holders: others });
      }),
    readPlaces: (senderId, days) =>
      read('readPlaces', `${senderId} ${days[0] ?? ''}`, () =>
        Object.fromEntries(
          days.flatMap((day) => {
            const item = table.get(placesKey(senderId, day));
            return item ? [[day, takenOf(holdersOf(item))] as const] : [];
          }),
        ),
      ),
    reserveSlot: (senderId, at, holder, lookAt) =>
      write('reserveSlot', `${senderId} ${at}`, () => {
        const stored = table.get(slotKey(senderId, at));
        if (stored !== undefined && stored.holder !== holder) return 'taken';
        table.put({ ...slotKey(senderId, at), holder, duePk: WATCHED, dueAt: lookAt });
        return 'reserved';
      }),
    watchSlot: (senderId, at, holder, lookAt) =>
      write('watchSlot', `${senderId} ${at}`, () => {
        const stored = table.get(slotKey(senderId, at));
        if (stored?.holder === holder) table.put({ ...stored, isLeft: true, duePk: WATCHED, dueAt: lookAt });
      }),
    releaseSlot: (senderId, at, holder, lookAt) =>
      write('releaseSlot', `${senderId} ${at}`, () => {
        const key = slotKey(senderId, at);
        const stored = table.get(key);
        const isMeant = lookAt === undefined || stored?.dueAt === lookAt;
        if (stored?.holder === holder && isMeant) table.remove(key);
      }),
    listSlots: (senderId, from, to) =>
      read('listSlots', senderId, () =>
        table
          .partition(slotsPk(senderId), '')
          .map((item) => item.sk as Instant)
          .filter((at) => at >= from && at <= to),
      ),
    listWatched: (now, most) =>
      read('listWatched', now, () =>
        table
          .index('due', WATCHED)
          .filter(({ sort }) => sort <= now)
          .slice(0, most)
          .flatMap(({ item }) => watchedOf(table.get(item))),
      ),
    unwatch: (watched, now) =>
      write('unwatch', `${watched.kind} ${watched.senderId}`, () => {
        const isSlot = watched.kind === 'slot';
        const { senderId } = watched;
        const stored = table.get(isSlot ? slotKey(senderId, watched.at) : placesKey(senderId, watched.day));
        const [known] = watchedOf(stored);
        if (!stored || JSON.stringify(known) !== JSON.stringify(watched)) return;
        const { duePk: _list, dueAt: _at, isLeft: _left, seen: _seen, ...item } = stored;
        const later = isSlot ? [] : watched.seen.filter(({ lookAt }) => lookAt > now);
        const next = later.map(({ lookAt }) => lookAt).sort()[0];
        table.put(next ? ({ ...item, seen: later, duePk: WATCHED, dueAt: next } as Item) : (item as Item));
      }),
  };
}

/** For the judge: a letter that is claimed late leaves the place of a day that nobody can have any more. */
function noteDaysGoneBy(
  table: Table,
  senderId: SenderId,
  day: string,
  holder: string,
  lookAt: Instant,
): void {
  const { pk } = placesKey(senderId, day);
  for (const item of [...table.partition(pk, '')]) {
    const isGoneBy = item.sk < day && item.sk < lookAt.slice(0, 10);
    const gone = (item.gone as readonly string[] | undefined) ?? [];
    if (isGoneBy && holder in ((item.holders as Holders | undefined) ?? {}))
      table.put({ ...item, gone: [...gone, holder] });
  }
}

type Seen = Extract<Watched, { kind: 'places' }>['seen'];

const watchedWith = (item: Item | undefined, holder: string, lookAt: Instant) => ({
  seen: [...((item?.seen as Seen | undefined) ?? []), { holder, lookAt }],
  duePk: WATCHED,
  dueAt: item?.dueAt ?? lookAt,
});

function watchedOf(item: Item | undefined): readonly Watched[] {
  if (item?.dueAt === undefined) return [];
  const senderId = item.pk.slice(item.pk.indexOf('#') + 1) as SenderId;
  if (item.seen) return [{ kind: 'places', senderId, day: item.sk, seen: item.seen as Seen }];
  const { holder, dueAt, isLeft } = item as Item & { holder: string; dueAt: Instant; isLeft?: true };
  return [{ kind: 'slot', senderId, at: item.sk as Instant, holder, lookAt: dueAt, isLeft: isLeft === true }];
}

function takenOf(holders: Holders): PlacesTaken {
  const hours: Record<number, number> = {};
  for (const hour of Object.values(holders)) hours[hour] = (hours[hour] ?? 0) + 1;
  return { used: Object.keys(holders).length, hours };
}
