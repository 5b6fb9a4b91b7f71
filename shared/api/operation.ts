/**
 * How one operation of the API is declared: as data, once. The mounted route, the OpenAPI document, the typed client
 * and the generated tests all follow from it.
 */
import type { z } from 'zod';
import type { OperationId, ParamNames } from './routes.ts';

/** What a caller must be allowed: each includes the ones before it. */
export const SCOPES = ['read', 'write', 'admin'] as const;
export type Scope = (typeof SCOPES)[number];

/** An answer that is no JSON: a file. */
export type FileAnswer = { readonly mediaType: string; readonly description: string };

/** The statuses of success; refusals are the same everywhere. */
export type AnswerSchemas = { readonly [Status in 200 | 201 | 202]?: z.ZodType | FileAnswer };

/** Run by a test against the example world, and shown in the reference: both ends must hold. */
export type Example = {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
};

export type Operation<Names extends readonly string[] = readonly string[]> = {
  /** One line, as the reference's table of contents shows it. */
  readonly summary: string;
  /** Markdown: what name and types leave open. */
  readonly description?: string;
  /** `public`: no token at all. */
  readonly scope: Scope | 'public';
  /** Where a parameter of the path is more than an id. */
  readonly params?: { readonly [Name in Names[number]]?: z.ZodType<string | number, string> };
  readonly query?: z.ZodType<object>;
  readonly body?: z.ZodType;
  /** No body is the same as `{}`. */
  readonly isBodyOptional?: true;
  readonly answers: AnswerSchemas;
  /** Answers an `ETag`; where it changes something, `If-Match` is heeded. */
  readonly isVersioned?: true;
  readonly example: Example;
};

/** The declarations of one resource: `satisfies OperationsOf<'senders'>` names the routes that lack theirs. */
export type OperationsOf<Resource extends string> = {
  readonly [Id in OperationId as Id extends `${Resource}.${string}` ? Id : never]: Operation<ParamNames<Id>>;
};

export const isFile = (answer: z.ZodType | FileAnswer): answer is FileAnswer => 'mediaType' in answer;

/** What may be handed in or on: whoever only reads needs no copy. */
export type Frozen<Value> = Value extends (...given: never[]) => unknown
  ? Value
  : Value extends object
    ? { readonly [Key in keyof Value]: Frozen<Value[Key]> }
    : Value;
