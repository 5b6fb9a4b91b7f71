/**
 * Reads and judges what an SQS client sends: types, ranges and sizes as AWS documents them, each broken rule under the
 * error name that AWS gives it.
 */
import { attributesBytes } from './sqs-digest.ts';
import type { MessageAttributes, NewMessage } from './sqs-store.ts';

export type Json = Readonly<Record<string, unknown>>;

/** Body and attributes of one message, and of a whole batch (1 MiB since 2025-08). */
export const MESSAGE_BYTES_MAX = 1_048_576;
export const BATCH_ENTRIES_MAX = 10;
export const DELAY_SECONDS_MAX = 900;
export const VISIBILITY_SECONDS_MAX = 43_200;
export const WAIT_SECONDS_MAX = 20;
const GROUP_CHARACTERS_MAX = 128;
const ATTRIBUTES_MAX = 10;

/** An answer with an error name. Clients of today read the old query code from a header, and prefer it. */
export class SqsError extends Error {
  readonly queryCode: string;

  constructor(code: string, message: string, queryCode: string = code) {
    super(message);
    this.name = code;
    this.queryCode = queryCode;
  }
}

const LEGACY = 'AWS.SimpleQueueService';
export const sqsError = {
  noQueue: () =>
    new SqsError('QueueDoesNotExist', 'The specified queue does not exist.', `${LEGACY}.NonExistentQueue`),
  invalidValue: (message: string) =>
    new SqsError('InvalidParameterValueException', message, 'InvalidParameterValue'),
  missing: (parameter: string) =>
    new SqsError(
      'MissingRequiredParameterException',
      `The request must contain the parameter ${parameter}.`,
      'MissingParameter',
    ),
  badHandle: (handle: string) =>
    new SqsError(
      'ReceiptHandleIsInvalid',
      `The input receipt handle "${handle}" is not a valid receipt handle.`,
    ),
  notInFlight: () =>
    new SqsError(
      'MessageNotInflight',
      'The specified message is not in flight.',
      `${LEGACY}.MessageNotInflight`,
    ),
  legacy: (code: string, message: string) => new SqsError(code, message, `${LEGACY}.${code}`),
};

export function readText(request: Json, parameter: string): string {
  const value = request[parameter];
  if (typeof value !== 'string' || value === '') throw sqsError.missing(parameter);
  return value;
}

/** An optional whole number within `low` to `high`. */
export function readNumber(request: Json, parameter: string, low: number, high: number): number | undefined {
  const value = request[parameter];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'number' || !Number.isInteger(value) || value < low || value > high) {
    throw sqsError.invalidValue(
      `Value ${String(value)} for parameter ${parameter} is invalid. Reason: Must be between ${low} and ${high}, if provided.`,
    );
  }
  return value;
}

export function readTexts(request: Json, parameter: string): readonly string[] {
  const value = request[parameter];
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

/** The last part of a queue URL; the rest of it is the client's affair. */
export const queueNameOf = (queueUrl: string): string => queueUrl.slice(queueUrl.lastIndexOf('/') + 1);

/** XML's characters, which are all that SQS takes; a lone surrogate is none either. */
const UNPRINTABLE = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/u;

function readAttributes(request: Json): MessageAttributes {
  const attributes = (request.MessageAttributes ?? {}) as MessageAttributes;
  const names = Object.keys(attributes);
  if (names.length > ATTRIBUTES_MAX) {
    throw sqsError.invalidValue(
      `Number of message attributes [${names.length}] exceeds the allowed maximum [${ATTRIBUTES_MAX}].`,
    );
  }
  for (const [name, attribute] of Object.entries(attributes)) {
    const hasValue = attribute.StringValue !== undefined || attribute.BinaryValue !== undefined;
    if (!/^(String|Number|Binary)(\.|$)/.test(attribute.DataType ?? '') || !hasValue) {
      throw sqsError.invalidValue(`The message attribute '${name}' must contain a valid type and value.`);
    }
  }
  return attributes;
}

export const messageBytes = (message: NewMessage): number =>
  Buffer.byteLength(message.body) + attributesBytes(message.attributes ?? {});

/** One message of SendMessage, or one entry of its batch. */
export function readMessage(request: Json): NewMessage {
  const body = readText(request, 'MessageBody');
  if (UNPRINTABLE.test(body)) {
    throw new SqsError(
      'InvalidMessageContents',
      'Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF',
    );
  }
  const delaySeconds = readNumber(request, 'DelaySeconds', 0, DELAY_SECONDS_MAX);
  const group = request.MessageGroupId;
  if (group !== undefined && (typeof group !== 'string' || group.length > GROUP_CHARACTERS_MAX)) {
    throw sqsError.invalidValue('Value for parameter MessageGroupId is invalid.');
  }
  const message: NewMessage = {
    body,
    attributes: readAttributes(request),
    ...(delaySeconds === undefined ? {} : { delaySeconds }),
    ...(group === undefined ? {} : { group }),
  };
  if (messageBytes(message) > MESSAGE_BYTES_MAX) {
    throw sqsError.invalidValue(
      `One or more parameters are invalid. Reason: Message must be shorter than ${MESSAGE_BYTES_MAX} bytes.`,
    );
  }
  return message;
}

/** The entries of a batch: one to ten, with ids that differ. */
export function readEntries(request: Json): readonly (Json & { readonly Id: string })[] {
  const entries = request.Entries;
  if (!Array.isArray(entries) || entries.length === 0) {
    throw sqsError.legacy('EmptyBatchRequest', 'There should be at least one entry in the request.');
  }
  if (entries.length > BATCH_ENTRIES_MAX) {
    throw sqsError.legacy(
      'TooManyEntriesInBatchRequest',
      `Maximum number of entries per request are ${BATCH_ENTRIES_MAX}. You have sent ${entries.length}.`,
    );
  }
  const ids = new Set<string>();
  for (const { Id } of entries) {
    if (typeof Id !== 'string' || !/^[A-Za-z0-9_-]{1,80}$/.test(Id)) {
      throw sqsError.legacy(
        'InvalidBatchEntryId',
        'A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.',
      );
    }
    if (ids.has(Id)) throw sqsError.legacy('BatchEntryIdsNotDistinct', `Id ${Id} repeated.`);
    ids.add(Id);
  }
  return entries;
}
