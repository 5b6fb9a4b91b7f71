/** What hangs on one contact: the state item that decides, its older reasons and walks, and the way back from a SES id. */
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type { ContactState, EndedEnrollment } from '../../shared/domain/enrollment/state.ts';
import { type ContactId, type EnrollmentId, readEnrollmentId } from '../../shared/domain/ids.ts';
import type { Store } from '../../shared/ports.ts';
import { becauseKey, contactPk, type Item, SCHEMA, sesKey, stateItem, stateKey, walkItem } from './items.ts';
import { packBecause } from './packed-because.ts';
import { readAttribute, readBecause, readState, readWalk } from './read-items.ts';
import {
  getItem,
  getItems,
  isRefusedCondition,
  nameOf,
  putNewItem,
  queryAll,
  type Table,
} from './table-calls.ts';

export type ContactStore = Pick<
  Store,
  | 'loadState'
  | 'loadStates'
  | 'saveState'
  | 'keepBecause'
  | 'keepWalk'
  | 'listBecause'
  | 'listWalks'
  | 'linkSesId'
  | 'findSesId'
>;

/** It stands in the mails of strangers before it is looked up here; a key may not exceed 2,048 bytes. */
const SES_ID = /^[0-9a-z-]{1,128}$/;

export const contactStore = (table: Table): ContactStore => ({
  async loadState(contactId) {
    const item = await getItem(table, stateKey(contactId));
    return item ? readState(item) : undefined;
  },

  async loadStates(contactIds) {
    const items = await getItems(table, contactIds.map(stateKey));
    return contactIds.map((id) => {
      const item = items.get(nameOf(stateKey(id)));
      return item && readState(item);
    });
  },

  async saveState(state, version, writeId) {
    try {
      await table.client().send(
        new PutCommand({
          TableName: table.name,
          Item: packed(stateItem(state, writeId)),
          ...unchangedSince(version),
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        }),
      );
      return 'saved';
    } catch (error) {
      if (!isRefusedCondition(error)) throw error;
      // The SDK repeats a call whose answer was lost: then the first one saved, and the item carries my own id.
      return error.Item?.version?.S === writeId ? 'saved' : 'conflict';
    }
  },

  async keepBecause(enrollmentId, number, because) {
    const contactId = contactOf(enrollmentId);
    await putNewItem(table, { ...becauseKey(contactId, enrollmentId, number), v: SCHEMA, document: because });
  },

  async keepWalk(walk, contactId) {
    await putNewItem(table, walkItem(contactId, walk));
  },

  async listBecause(contactId) {
    const items = await queryAll(table, { partition: contactPk(contactId), prefix: 'because#' });
    const found = items.map((item) => {
      const [, enrollmentId, number] = item.sk.split('#');
      return {
        enrollmentId: enrollmentId as EnrollmentId,
        number: Number(number),
        because: readBecause(item),
      };
    });
    // Walk 10 sorts before walk 2 as text.
    found.sort((a, b) => walkNumber(a.enrollmentId) - walkNumber(b.enrollmentId) || a.number - b.number);
    return found.map(({ enrollmentId, because }) => ({ enrollmentId, because }));
  },

  async listWalks(contactId): Promise<readonly EndedEnrollment[]> {
    const items = await queryAll(table, { partition: contactPk(contactId), prefix: 'walk#' });
    return items.map(readWalk).sort((a, b) => walkNumber(a.id) - walkNumber(b.id));
  },

  async linkSesId(sesId, enrollmentId, step) {
    await table.client().send(
      new PutCommand({
        TableName: table.name,
        Item: { ...sesKey(sesId.toLowerCase()), v: SCHEMA, enrollmentId, step },
      }),
    );
  },

  async findSesId(sesId) {
    const folded = sesId.toLowerCase();
    const item = SES_ID.test(folded) ? await getItem(table, sesKey(folded)) : undefined;
    if (!item) return undefined;
    return {
      enrollmentId: readAttribute(item, 'enrollmentId', 'string') as EnrollmentId,
      step: readAttribute(item, 'step', 'number') as number,
    };
  },
});

const packed = (item: Item): Item => {
  const state = item.document as ContactState;
  return { ...item, document: { ...state, because: packBecause(state.because) } };
};

/** `undefined`: there must be no item yet. */
const unchangedSince = (version: string | undefined) =>
  version === undefined
    ? { ConditionExpression: 'attribute_not_exists(pk)' }
    : {
        ConditionExpression: '#version = :version',
        ExpressionAttributeNames: { '#version': 'version' },
        ExpressionAttributeValues: { ':version': version },
      };

function contactOf(enrollmentId: EnrollmentId): ContactId {
  const read = readEnrollmentId(enrollmentId);
  if (!read) throw new Error('An enrollment id that leads to no contact.');
  return read.contactId;
}

const walkNumber = (id: EnrollmentId): number => readEnrollmentId(id)?.n ?? 0;
