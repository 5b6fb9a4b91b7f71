/** What a handler of the API gets and gives: the declared operation with everything read and checked. */
import type { z } from 'zod';
import type { FileAnswer, Frozen, Operation } from '../../shared/api/operation.ts';
import type { OperationId, ParamNames } from '../../shared/api/routes.ts';
import type { Ports } from '../../shared/ports.ts';
import type { Caller } from './caller.ts';

export type Language = 'en' | 'zh';

type ParamsOf<Declared extends Operation, Id extends OperationId> = {
  readonly [Name in ParamNames<Id>[number]]: Declared extends {
    readonly params: { readonly [N in Name]: infer Schema extends z.ZodType };
  }
    ? z.output<Schema>
    : string;
};

type Read<Declared, Part extends 'query' | 'body'> = Declared extends {
  readonly [P in Part]: infer Schema extends z.ZodType;
}
  ? z.output<Schema>
  : undefined;

export type Asked<Declared extends Operation, Id extends OperationId> = {
  readonly params: ParamsOf<Declared, Id>;
  readonly query: Read<Declared, 'query'>;
  readonly body: Read<Declared, 'body'>;
  readonly language: Language;
  readonly caller: Caller;
  /** What `If-Match` names; absent: the caller does not mind. */
  readonly ifMatch: string | undefined;
  /**
   * An id for what the call makes. Under an `Idempotency-Key` it is derived from the key, so that a repeat after a
   * crash makes the same thing again and not another.
   */
  readonly freshId: () => string;
};

export type Headers = Readonly<Record<string, string>>;
/** What the audit log says instead of what stood in the path, and beside it. */
export type Deed = { readonly subject: string; readonly reason?: string };
type JsonAnswer<Status, Body> = {
  readonly status: Status;
  readonly body: Body;
  readonly headers?: Headers;
  readonly deed?: Deed;
};
export type FileContent = {
  readonly status: 200;
  readonly file: string | Uint8Array<ArrayBuffer>;
  readonly mediaType: string;
  readonly headers?: Headers;
};

export type AnswerTo<Declared extends Operation> = {
  [Status in keyof Declared['answers']]: Declared['answers'][Status] extends z.ZodType
    ? JsonAnswer<Status, Frozen<z.output<Declared['answers'][Status]>>>
    : Declared['answers'][Status] extends FileAnswer
      ? FileContent
      : never;
}[keyof Declared['answers']];

/** The handlers of one resource, by the names of its operations. */
export type HandlersOf<Declarations extends { readonly [Id in OperationId]?: Operation }> = {
  readonly [Id in keyof Declarations & OperationId]: Declarations[Id] extends Operation
    ? (asked: Asked<Declarations[Id], Id>) => Promise<AnswerTo<Declarations[Id]>>
    : never;
};
export type MakeHandlers<Declarations extends { readonly [Id in OperationId]?: Operation }> = (
  ports: Ports,
) => HandlersOf<Declarations>;

export const ok = <const Body>(body: Body, headers?: Headers) => answer(200, body, headers);
export const created = <const Body>(body: Body, headers?: Headers) => answer(201, body, headers);
export const accepted = <const Body>(body: Body, headers?: Headers) => answer(202, body, headers);

const answer = <Status extends number, Body>(status: Status, body: Body, headers?: Headers) => ({
  status,
  body,
  ...(headers ? { headers } : {}),
});
