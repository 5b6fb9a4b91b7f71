/** zod schemas as JSON Schema 2020-12, those with an id gathered as components. */
import * as z from 'zod';
import { ALTERNATIVES } from './campaigns.ts';

export type JsonSchema = Readonly<Record<string, unknown>>;

/** Written differently for what comes in (before defaults and transformations) and what goes out. */
export type Direction = 'input' | 'output';

const DEFS = '#/$defs/';
const COMPONENTS = '#/components/schemas/';

/** Gathers what it meets; `components` is complete once every schema has been written. */
export function schemaWriter() {
  const components = new Map<string, JsonSchema>();
  const write = (schema: z.ZodType, io: Direction): JsonSchema => {
    const {
      $schema: _dialect,
      $defs = {},
      ...json
    } = z.toJSONSchema(schema, {
      io,
      override: ({ zodSchema, jsonSchema }) => mend(zodSchema, jsonSchema, (one) => write(one, io)),
    });
    for (const [id, definition] of Object.entries($defs)) keep(id, relinked(definition));
    return relinked(json);
  };
  const keep = (id: string, definition: JsonSchema): void => {
    const { id: _same, ...told } = definition;
    const before = components.get(id);
    if (before && JSON.stringify(before) !== JSON.stringify(told)) {
      throw new Error(`Component ${id} reads differently in a request and in an answer: give one another id`);
    }
    components.set(id, told);
  };
  return {
    write,
    components: () => Object.fromEntries([...components].sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}

function mend(
  zodSchema: object,
  json: Record<string, unknown>,
  write: (schema: z.ZodType) => JsonSchema,
): void {
  const either = ALTERNATIVES.get(zodSchema);
  if (either) json.anyOf = either.map(write);
  // The pattern repeats the calendar in 300 characters; the format says the same.
  if (json.format === 'date-time' || json.format === 'date') delete json.pattern;
  // JavaScript's own bounds of a whole number tell nobody anything.
  if (json.maximum === Number.MAX_SAFE_INTEGER) delete json.maximum;
  if (json.minimum === Number.MIN_SAFE_INTEGER) delete json.minimum;
}

function relinked(value: JsonSchema): JsonSchema {
  return JSON.parse(JSON.stringify(value), (key, one: unknown) =>
    key === '$ref' && typeof one === 'string' && one.startsWith(DEFS)
      ? `${COMPONENTS}${one.slice(DEFS.length)}`
      : one,
  ) as JsonSchema;
}
