/**
 * What the commands share that speak to a running Relance: where it is and by which token, how an answer is printed,
 * and what an exit code says. 0 done, 1 refused, 2 used wrongly, 3 not reached.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ParseArgsConfig, parseArgs } from 'node:util';
import { ApiRefusal, type Client, relanceClient } from '../../shared/client.ts';
import { UsageError } from './arguments.ts';

export const EXIT = { done: 0, refused: 1, usage: 2, unreachable: 3 } as const;

const DEFAULT_URL = 'http://127.0.0.1:4000';

const OPTIONS = {
  url: { type: 'string' },
  token: { type: 'string' },
  dir: { type: 'string' },
  json: { type: 'boolean' },
} as const satisfies NonNullable<ParseArgsConfig['options']>;

export type Asked = {
  readonly client: Client;
  readonly url: string;
  readonly positionals: readonly string[];
  /** Options of the command itself. */
  readonly values: Readonly<Record<string, string | boolean | undefined>>;
  readonly isJson: boolean;
};

/** Runs one command; whatever a person can mend ends in a line and a code, not in a stack. */
export async function remotely(
  args: readonly string[],
  own: NonNullable<ParseArgsConfig['options']>,
  command: (asked: Asked) => Promise<void>,
): Promise<number> {
  try {
    await command(read(args, own));
    return EXIT.done;
  } catch (error) {
    const [code, words] = told(error);
    console.error(words);
    return code;
  }
}

function read(args: readonly string[], own: NonNullable<ParseArgsConfig['options']>): Asked {
  const options = { ...OPTIONS, ...own };
  let parsed: { positionals: string[]; values: Asked['values'] };
  try {
    parsed = parseArgs({ args: [...args], options, allowPositionals: true }) as typeof parsed;
  } catch (cause) {
    const why = cause instanceof Error ? cause.message.split('\n')[0] : '';
    throw new UsageError(
      `${why} (there are: ${Object.keys(options)
        .map((name) => `--${name}`)
        .join(', ')})`,
      { cause },
    );
  }
  const { positionals, values } = parsed;
  const url = String(values.url ?? process.env.RELANCE_URL ?? DEFAULT_URL);
  const token = String(
    values.token ?? process.env.RELANCE_TOKEN ?? localToken(String(values.dir ?? '.relance')),
  );
  const client = relanceClient({ baseUrl: url, token, fetch: (request) => fetch(request) });
  return { client, url, positionals, values, isJson: values.json === true };
}

/** Of `npm start` in the same directory. */
function localToken(dir: string): string {
  const file = join(dir, 'config.json');
  if (!existsSync(file)) {
    throw new UsageError(
      'No token: give --token or RELANCE_TOKEN, or run this where `npm start` keeps its .relance directory.',
    );
  }
  const { apiToken }: { apiToken?: unknown } = JSON.parse(readFileSync(file, 'utf8'));
  if (typeof apiToken !== 'string') throw new UsageError(`${file} names no token.`);
  return apiToken;
}

function told(error: unknown): readonly [code: number, words: string] {
  if (error instanceof UsageError) return [EXIT.usage, error.message];
  if (error instanceof ApiRefusal) {
    const { detail, errors = [], requestId } = error.problem;
    const places = errors.map((one) => `  ${one.pointer ?? one.parameter ?? one.header ?? ''} ${one.detail}`);
    return [EXIT.refused, [`${error.status}: ${detail}`, ...places, `request ${requestId}`].join('\n')];
  }
  if (error instanceof TypeError && error.cause instanceof Error) {
    return [
      EXIT.unreachable,
      `Relance does not answer (${error.cause.message}). Is it running? Choose another with --url.`,
    ];
  }
  throw error;
}

/** One JSON document per line, or what `words` makes of it. */
export function print<Value>(
  asked: Pick<Asked, 'isJson'>,
  value: Value,
  words: (value: Value) => string,
): void {
  console.log(asked.isJson ? JSON.stringify(value) : words(value));
}
