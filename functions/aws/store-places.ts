/**
 * A sender's places and meeting slots. One item per sender and day carries the day's count, each hour's count and,
 * under a short name, every holder with its hour: so one conditional update knows the limits and who asks twice.
 */
import { createHash } from 'node:crypto';
import { DeleteCommand, PutCommand, UpdateCommand, type UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import type { Instant } from '../../shared/domain/instant.ts';
import type { PlaceLimits, PlacesTaken } from '../../shared/domain/place.ts';
import type { PlaceStore } from '../../shared/place-store.ts';
import { type Item, placesKey, quotaExpiresAt, SCHEMA, slotExpiresAt, slotKey, slotsPk } from './items.ts';
import { getItem, getItems, isRefusedCondition, queryAll, type Table, withSchema } from './table-calls.ts';
import { watchedPlaces, watchedSlot, watching } from './watched-places.ts';

/** 72 bits: 10,000 holders, the highest daily quota, stay far below 400 KB, and no two ever meet. */
const HOLDER_CHARS = 12;
/** A holder whose place is moved by another run at the same moment: its word is read again. */
const TRIES = 5;

export const placeStore = (table: Table): PlaceStore => ({
  ...watchedPlaces(table),

  async reservePlace(senderId, { day, hour }, holder, limits, lookAt) {
    if (limits.perDay < 1 || limits.perHour < 1) return 'full';
    const name = holderName(holder);
    const Key = placesKey(senderId, day);
    let had: number | undefined;
    for (let tried = 0; tried < TRIES; tried++) {
      const watch = watching(holder, lookAt, limits.perDay);
      const update =
        had === undefined ? taking(day, hour, name, limits, watch) : moving(had, hour, name, limits);
      const stored = await updateOr(table, { Key, ...update });
      if (stored === undefined) return 'reserved';
      // The first call of a repeated one may have done it, and the holder's hour says so.
      const now = stored[name] as number | undefined;
      if (now === hour) return 'reserved';
      // The condition failed because of the limits, not because the holder stands elsewhere.
      if (now === had) return 'full';
      had = now;
    }
    throw new Error(`The places of ${senderId} on ${day} are too contended: ${TRIES} tries.`);
  },

  async releasePlace(senderId, day, holder) {
    const Key = placesKey(senderId, day);
    const name = holderName(holder);
    for (let tried = 0; tried < TRIES; tried++) {
      const hour = (await getItem(table, Key))?.[name] as number | undefined;
      if (hour === undefined) return;
      const refused = await updateOr(table, {
        Key,
        UpdateExpression: 'REMOVE #holder ADD used :less, #hour :less',
        ConditionExpression: '#holder = :had',
        ExpressionAttributeNames: { '#holder': name, '#hour': hourName(hour) },
        ExpressionAttributeValues: { ':less': -1, ':had': hour },
      });
      if (refused === undefined) return;
    }
    throw new Error(`The places of ${senderId} on ${day} are too contended: ${TRIES} tries.`);
  },

  async readPlaces(senderId, days) {
    const items = await getItems(
      table,
      days.map((day) => placesKey(senderId, day)),
    );
    return Object.fromEntries([...items.values()].map((item) => [item.sk, takenOf(item)]));
  },

  async reserveSlot(senderId, at, holder, lookAt) {
    try {
      await table.client().send(
        new PutCommand({
          TableName: table.name,
          Item: {
            ...slotKey(senderId, at),
            v: SCHEMA,
            holder,
            expiresAt: slotExpiresAt(at),
            ...watchedSlot(lookAt),
          },
          ConditionExpression: 'attribute_not_exists(pk) OR holder = :holder',
          ExpressionAttributeValues: { ':holder': holder },
        }),
      );
      return 'reserved';
    } catch (error) {
      if (isRefusedCondition(error)) return 'taken';
      throw error;
    }
  },

  async releaseSlot(senderId, at, holder, lookAt) {
    try {
      await table.client().send(
        new DeleteCommand({
          TableName: table.name,
          Key: slotKey(senderId, at),
          ConditionExpression: lookAt ? 'holder = :holder AND dueAt = :lookAt' : 'holder = :holder',
          ExpressionAttributeValues: { ':holder': holder, ...(lookAt ? { ':lookAt': lookAt } : {}) },
        }),
      );
    } catch (error) {
      if (!isRefusedCondition(error)) throw error;
    }
  },

  async listSlots(senderId, from, to) {
    const items = await queryAll(table, { partition: slotsPk(senderId), upTo: to });
    return items.map((item) => item.sk as Instant).filter((at) => at >= from);
  },
});

type Update = Omit<UpdateCommandInput, 'TableName' | 'Key'>;

const taking = (
  day: string,
  hour: number,
  name: string,
  { perDay, perHour }: PlaceLimits,
  watch: ReturnType<typeof watching>,
): Update => ({
  UpdateExpression:
    `SET #holder = :hour, expiresAt = :expiresAt${watch ? `, ${watch.set}` : ''} ` +
    `ADD used :one, #hour :one${watch ? `, ${watch.add}` : ''}`,
  ConditionExpression:
    'attribute_not_exists(#holder) AND (attribute_not_exists(used) OR used < :perDay) ' +
    'AND (attribute_not_exists(#hour) OR #hour < :perHour)',
  ExpressionAttributeNames: { '#holder': name, '#hour': hourName(hour) },
  ExpressionAttributeValues: {
    ...watch?.values,
    ':hour': hour,
    ':one': 1,
    ':perDay': perDay,
    ':perHour': perHour,
    ':expiresAt': quotaExpiresAt(day),
  },
});

/** To another hour of the same day: the day's count stays. */
const moving = (from: number, to: number, name: string, { perHour }: PlaceLimits): Update => ({
  UpdateExpression: 'SET #holder = :to ADD #from :less, #to :one',
  ConditionExpression: '#holder = :from AND (attribute_not_exists(#to) OR #to < :perHour)',
  ExpressionAttributeNames: { '#holder': name, '#from': hourName(from), '#to': hourName(to) },
  ExpressionAttributeValues: { ':from': from, ':to': to, ':less': -1, ':one': 1, ':perHour': perHour },
});

/** `undefined`: written. Otherwise the item as it stood when the condition failed. */
async function updateOr(
  table: Table,
  update: Omit<UpdateCommandInput, 'TableName'>,
): Promise<Readonly<Record<string, unknown>> | undefined> {
  try {
    await table.client().send(new UpdateCommand({ ...withSchema(update), TableName: table.name }));
    return undefined;
  } catch (error) {
    if (!isRefusedCondition(error)) throw error;
    return (await getItem(table, update.Key as { pk: string; sk: string })) ?? {};
  }
}

const hourName = (hour: number): string => `h${hour}`;
const holderName = (holder: string): string =>
  `p${createHash('sha256').update(holder).digest('base64url').slice(0, HOLDER_CHARS)}`;

/** Zeros are left out, so that a freed day reads like one on which nothing ever stood. */
function takenOf(item: Item): PlacesTaken {
  const hours = Object.entries(item).flatMap(([name, value]) =>
    /^h\d{1,2}$/.test(name) && (value as number) > 0
      ? [[Number(name.slice(1)), value as number] as const]
      : [],
  );
  return { used: (item.used as number | undefined) ?? 0, hours: Object.fromEntries(hours) };
}
