/** The places and slots of one execution, on the table in memory: what `functions/aws/store-places.ts` does on DynamoDB. */
import { type Item, placesKey, slotKey, slotsPk } from '../../../functions/aws/items.ts';
import type { Instant } from '../../../shared/domain/instant.ts';
import type { PlacesTaken } from '../../../shared/domain/place.ts';
import type { PlaceStore } from '../../../shared/place-store.ts';
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
    reservePlace: (senderId, { day, hour }, holder, { perDay, perHour }) =>
      write('reservePlace', `${senderId} ${day} ${hour} ${holder}`, () => {
        const key = placesKey(senderId, day);
        const holders = holdersOf(table.get(key));
        if (holders[holder] === hour) return 'reserved';
        const others = Object.entries(holders).filter(([name]) => name !== holder);
        const sameHour = others.filter(([, one]) => one === hour);
        const isFull = (!(holder in holders) && others.length >= perDay) || sameHour.length >= perHour;
        if (isFull) return 'full';
        table.put({ ...key, holders: { ...holders, [holder]: hour } });
        return 'reserved';
      }),
    releasePlace: (senderId, day, holder) =>
      write('releasePlace', `${senderId} ${day} ${holder}`, () => {
        const key = placesKey(senderId, day);
        const item = table.get(key);
        const { [holder]: _freed, ...others } = holdersOf(item);
        if (item) table.put({ ...key, holders: others });
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
    reserveSlot: (senderId, at, holder) =>
      write('reserveSlot', `${senderId} ${at}`, () => {
        const stored = table.get(slotKey(senderId, at));
        if (stored !== undefined && stored.holder !== holder) return 'taken';
        table.put({ ...slotKey(senderId, at), holder });
        return 'reserved';
      }),
    releaseSlot: (senderId, at, holder) =>
      write('releaseSlot', `${senderId} ${at}`, () => {
        const key = slotKey(senderId, at);
        if (table.get(key)?.holder === holder) table.remove(key);
      }),
    listSlots: (senderId, from, to) =>
      read('listSlots', senderId, () =>
        table
          .partition(slotsPk(senderId), '')
          .map((item) => item.sk as Instant)
          .filter((at) => at >= from && at <= to),
      ),
  };
}

function takenOf(holders: Holders): PlacesTaken {
  const hours: Record<number, number> = {};
  for (const hour of Object.values(holders)) hours[hour] = (hours[hour] ?? 0) + 1;
  return { used: Object.keys(holders).length, hours };
}
