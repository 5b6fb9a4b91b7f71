/** Command line options, read by node's own parser; a mistake is answered with what there is to choose from. */
import { type ParseArgsConfig, parseArgs } from 'node:util';
import { StorageFailure } from '../local/storage-failure.ts';

/** Thrown for what the person at the keyboard can mend; shown without a stack. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export function readOptions<Options extends NonNullable<ParseArgsConfig['options']>>(
  args: readonly string[],
  options: Options,
) {
  try {
    return parseArgs({ args: [...args], options, strict: true, allowPositionals: false }).values;
  } catch (cause) {
    const known = Object.keys(options).map((name) => `--${name}`);
    const why = cause instanceof Error ? cause.message.split('\n')[0] : '';
    throw new UsageError(`${why} (there are: ${known.join(', ')})`, { cause });
  }
}

export function readPort(text: string | undefined, name: string, otherwise: number): number {
  if (text === undefined) return otherwise;
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new UsageError(`--${name} must be a port between 0 and 65535, not "${text}"`);
  }
  return port;
}

/** Runs a command; a mistake of use, a taken port and a directory that cannot be used end in one line, not in a stack. */
export async function told(command: () => Promise<number>): Promise<number> {
  try {
    return await command();
  } catch (error) {
    const reason = plainReason(error);
    if (!reason) throw error;
    console.error(reason);
    return 1;
  }
}

function plainReason(error: unknown): string | undefined {
  if (error instanceof UsageError || error instanceof StorageFailure) return error.message;
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    const code = 'code' in at ? at.code : undefined;
    if (code === 'EADDRINUSE')
      return `${error instanceof Error ? error.message : at.message}: it is taken. Is Relance running already? Choose others with --port and --smtp-port.`;
    if (code === 'EACCES')
      return `${error instanceof Error ? error.message : at.message}: this account may not. Choose others, above 1023, with --port and --smtp-port.`;
  }
  return undefined;
}
