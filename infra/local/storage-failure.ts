/**
 * What a disk says no with, and what then happens: the process that runs the product is told at once, and ends. To go
 * on would be worse than kill -9, which every file here survives: LevelDB would write behind a torn record, and its
 * next start would drop what was acknowledged after it.
 */
import { channel } from 'node:diagnostics_channel';

/** A file or directory cannot be used. The message says which, why, and what to do; it stands alone in front of a person. */
export class StorageFailure extends Error {
  override readonly name = 'StorageFailure';
  readonly file: string;

  constructor(file: string, why: string, options?: ErrorOptions) {
    super(`${file} ${why}`, options);
    this.file = file;
  }
}

const OTHER_DIRECTORY = 'choose another directory with --dir';
const REASONS = {
  full: 'cannot be written: the disk is full. Make room and start again',
  'too-large':
    'cannot be written: a limit on the size of files is reached. Raise it (ulimit -f) and start again',
  forbidden: `cannot be written: this account may not, or the file system is read-only. Allow it, or ${OTHER_DIRECTORY}`,
  misplaced: `cannot be made: something else stands in its place or above it. Move that away, or ${OTHER_DIRECTORY}`,
  gone: `cannot be found: its directory has disappeared. Put it back, or ${OTHER_DIRECTORY}`,
  damaged: `cannot be read: it is damaged or belongs to another program. Restore it from a copy, or ${OTHER_DIRECTORY}`,
  locked: `is in use by another process. Stop that one, or ${OTHER_DIRECTORY}`,
  crowded:
    'cannot be opened: this process has too many files open. Raise the limit (ulimit -n) and start again',
  unopened: `cannot be opened. See that it is a file which this account may write, or ${OTHER_DIRECTORY}`,
  broken: 'cannot be used: the disk reports an error. See that it has room and is sound, then start again',
} as const;
type Reason = keyof typeof REASONS;

/** By the codes of Node and of LevelDB's binding. */
const CODES: Readonly<Record<string, Reason>> = {
  ENOSPC: 'full',
  EDQUOT: 'full',
  EFBIG: 'too-large',
  EACCES: 'forbidden',
  EPERM: 'forbidden',
  EROFS: 'forbidden',
  ENOTDIR: 'misplaced',
  EISDIR: 'misplaced',
  EEXIST: 'misplaced',
  ENOENT: 'gone',
  EMFILE: 'crowded',
  ENFILE: 'crowded',
  EIO: 'broken',
  LEVEL_LOCKED: 'locked',
};
/** By SQLite's primary result codes (sqlite.org/rescode.html). */
const SQLITE: Readonly<Record<number, Reason>> = {
  3: 'forbidden',
  5: 'locked',
  8: 'forbidden',
  10: 'broken',
  11: 'damaged',
  13: 'full',
  14: 'unopened',
  26: 'damaged',
};
/** LevelDB passes the system's own words on, and no code. */
const WORDS: readonly (readonly [RegExp, Reason])[] = [
  [/No space left|quota exceeded/i, 'full'],
  [/File too large/i, 'too-large'],
  [/Permission denied|Read-only file system|Operation not permitted/i, 'forbidden'],
  [/Not a directory|Is a directory/i, 'misplaced'],
  [/No such file/i, 'gone'],
  [/Too many open files/i, 'crowded'],
  [/^Corruption/i, 'damaged'],
  [/^IO error/i, 'broken'],
];
const CAUSES_MAX = 8;

/** `undefined`: not the disk's doing. Finds the first cause in the chain that a disk can have. */
export function storageFailure(file: string, error: unknown): StorageFailure | undefined {
  let at = error;
  for (let depth = 0; depth < CAUSES_MAX && at instanceof Error; depth++, at = at.cause) {
    if (at instanceof StorageFailure) return at;
    const reason = reasonOf(at);
    if (reason) return new StorageFailure(file, `${REASONS[reason]}.`, { cause: error });
  }
  return undefined;
}

function reasonOf(error: Error & { code?: unknown; errcode?: unknown }): Reason | undefined {
  // The low byte: the rest says which of SQLite's calls it was.
  if (typeof error.errcode === 'number') return SQLITE[error.errcode & 0xff];
  const byCode = CODES[String(error.code)];
  if (byCode) return byCode;
  return WORDS.find(([words]) => words.test(error.message))?.[1];
}

const failures = channel('relance:storage-failure');

/**
 * Does `work`; where the disk refuses it, tells whoever listens, synchronously and before anything else can be
 * written, and throws the `StorageFailure`. Other errors pass through.
 */
export function onDisk<Result>(file: string, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    throw told(file, error);
  }
}

/** The same for work that takes its time. */
export async function onDiskLater<Result>(file: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw told(file, error);
  }
}

function told(file: string, error: unknown): unknown {
  const failure = storageFailure(file, error);
  if (failure) failures.publish(failure);
  return failure ?? error;
}

/** Calls `listener` at every failure in this process, whichever file it struck; returns how to stop that. */
export function onStorageFailure(listener: (failure: StorageFailure) => void): () => void {
  const heard = (message: unknown): void => {
    if (message instanceof StorageFailure) listener(message);
  };
  failures.subscribe(heard);
  return () => void failures.unsubscribe(heard);
}
