/** The requests on items: checked and run by dynalite's code, committed at once. */
import {
  check,
  type Database,
  type Fields,
  failure,
  type Item,
  isFailure,
  type Operation,
  run,
} from './dynamo-engine.ts';
import { createView } from './dynamo-view.ts';

/** A request that only reads. Throws a Failure as AWS would answer it. */
export function read(database: Database, operation: Operation, raw: Fields): Promise<Fields> {
  return run(createView(database, operation), check(database, operation, raw));
}

/**
 * A request that writes items; the caller sees to it that no other write runs meanwhile. All of it is committed as
 * one batch, BatchWriteItem too.
 */
export async function write(database: Database, operation: Operation, raw: Fields): Promise<Fields> {
  const onFailure = raw.ReturnValuesOnConditionCheckFailure;
  if (onFailure !== undefined && onFailure !== 'ALL_OLD' && onFailure !== 'NONE') {
    throw failure(
      'ValidationException',
      `1 validation error detected: Value '${onFailure}' at 'returnValuesOnConditionCheckFailure' failed to ` +
        'satisfy constraint: Member must satisfy enum value set: [ALL_OLD, NONE]',
    );
  }
  const view = createView(database, operation);
  try {
    const result = await run(view, check(database, operation, raw));
    await view.commit();
    return withoutEmptyAttributes(result);
  } catch (error) {
    const existing = view.lastRead();
    const failed = isFailure(error) && String(error.body.__type).endsWith('#ConditionalCheckFailedException');
    if (failed && onFailure === 'ALL_OLD' && existing) error.body.Item = existing;
    throw error;
  }
}

/** AWS leaves Attributes out when there is nothing to return; dynalite answers an empty map. */
function withoutEmptyAttributes(result: Fields): Fields {
  const { Attributes, ...rest } = result;
  const isEmpty = Attributes !== undefined && Object.keys(Attributes as Item).length === 0;
  return isEmpty ? rest : result;
}
