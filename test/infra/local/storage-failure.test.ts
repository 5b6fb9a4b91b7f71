/** What a disk can say no with, in the words of Node, SQLite and LevelDB, becomes one sentence with a remedy. */
import { describe, expect, it } from 'vitest';
import {
  onDisk,
  onDiskLater,
  onStorageFailure,
  StorageFailure,
  storageFailure,
} from '../../../infra/local/storage-failure.ts';

const coded = (code: string): Error => Object.assign(new Error(`${code}: as Node says it`), { code });
const sqlite = (errcode: number): Error => Object.assign(new Error('as SQLite says it'), { errcode });
const level = (message: string): Error =>
  new Error('Database failed to open', { cause: Object.assign(new Error(message), { code: 'LEVEL_X' }) });

describe('the sentence', () => {
  it.each([
    ['a full disk', coded('ENOSPC'), /disk is full\. Make room/],
    ['a full disk under SQLite', sqlite(13), /disk is full/],
    ['a full disk under LevelDB', level('IO error: 3.log: No space left on device'), /disk is full/],
    ['a used-up quota', coded('EDQUOT'), /disk is full/],
    ['a limit on file sizes', coded('EFBIG'), /limit on the size of files.*ulimit -f/],
    ['a read-only file system', coded('EROFS'), /read-only\. Allow it.*--dir/],
    ['a read-only file under SQLite', sqlite(8 | (5 << 8)), /read-only/],
    ['a directory of somebody else', level('IO error: LOCK: Permission denied'), /this account may not/],
    ['a file where a directory should be', coded('ENOTDIR'), /something else stands in its place/],
    ['a directory that was removed', coded('ENOENT'), /has disappeared/],
    ['a damaged database', sqlite(26), /damaged.*Restore it from a copy/],
    ['a damaged LevelDB', level('Corruption: bad block'), /damaged/],
    ['a second process', coded('LEVEL_LOCKED'), /in use by another process\. Stop that one/],
    ['too many open files', coded('EMFILE'), /ulimit -n/],
    ['a dying disk', sqlite(10 | (3 << 8)), /disk reports an error/],
  ])('names the file and the remedy for %s', (_, error, words) => {
    const failure = storageFailure('/data/x', new Error('outer', { cause: error }));
    expect(failure?.message).toMatch(words);
    expect(failure?.message).toMatch(/^\/data\/x /);
    expect(failure?.message.split('\n')).toHaveLength(1);
  });

  it.each([
    ['a mistake in the program', new TypeError('undefined is not a function')],
    ['a constraint', sqlite(19)],
    ['what is no error', 'ENOSPC'],
  ])('is not made of %s', (_, error) => {
    expect(storageFailure('/data/x', error)).toBeUndefined();
  });
});

describe('work on the disk', () => {
  const heardWhile = async (work: () => unknown): Promise<{ heard: string[]; thrown: unknown }> => {
    const heard: string[] = [];
    const stop = onStorageFailure(({ file }) => heard.push(file));
    const thrown = await (async () => work())().catch((error: unknown) => error);
    stop();
    return { heard, thrown };
  };
  const full = (): never => {
    throw coded('ENOSPC');
  };

  it('tells whoever listens before it throws', async () => {
    const now = await heardWhile(() => onDisk('/data/a', full));
    expect(now.heard).toEqual(['/data/a']);
    expect(now.thrown).toBeInstanceOf(StorageFailure);
    const later = await heardWhile(() => onDiskLater('/data/b', async () => full()));
    expect(later.heard).toEqual(['/data/b']);
    expect(later.thrown).toBeInstanceOf(StorageFailure);
  });

  it('lets every other error pass as it is', async () => {
    const mistake = new TypeError('no');
    const { heard, thrown } = await heardWhile(() =>
      onDisk('/data/a', () => {
        throw mistake;
      }),
    );
    expect(heard).toEqual([]);
    expect(thrown).toBe(mistake);
  });
});
