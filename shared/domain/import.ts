/** A file of contacts on its way in: what was asked, how far it is, and what became of its rows. No people's data. */

import type { CampaignId } from './ids.ts';
import { derivedId } from './ids.ts';
import type { Instant } from './instant.ts';

export type ImportStatus = 'waiting' | 'running' | 'done' | 'failed';

export type Import = {
  readonly id: string;
  readonly createdAt: Instant;
  /** `waiting`: for its file. */
  readonly status: ImportStatus;
  /** Header → field, where the guess is overruled. */
  readonly mapping?: Readonly<Record<string, string>>;
  readonly campaignId?: CampaignId;
  /** A draft begins with the first rows; whoever comes in is enrolled. */
  readonly launch?: true;
  /** Fingerprints of lint warnings, or all. */
  readonly acceptWarnings?: 'all' | readonly string[];
  readonly columns?: readonly { readonly header: string; readonly field: string }[];
  readonly encoding?: string;
  /** Known once the file has been read through the first time. */
  readonly rows?: number;
  /** Every row up to this one is settled; a run that died is followed by one that goes on here. */
  readonly done: number;
  readonly accepted: number;
  readonly refused: number;
  /** First rows of the batches that had bad ones: where the report is put together from. */
  readonly badBatches: readonly number[];
  /** Rows in the report; more than its limit are only counted. */
  readonly reported?: number;
  /** Why it stopped for good: what is said to the person who sent it. */
  readonly failure?: string;
  readonly startedAt?: Instant;
  readonly finishedAt?: Instant;
};

/** A larger file is cut in two. */
export const IMPORT_BYTES_MAX = 50 * 1024 * 1024;

const FOLDER = 'imports';
export const sourceKey = (id: string): string => `${FOLDER}/${id}/source`;
export const reportKey = (id: string): string => `${FOLDER}/${id}/errors.csv`;
export const badRowsKey = (id: string, firstRow: number): string =>
  `${FOLDER}/${id}/bad/${String(firstRow).padStart(7, '0')}.json`;
export const IMPORTS_PREFIX = `${FOLDER}/`;

/** The import whose file this is; other files of an import wake nobody. */
export const importOfSource = (key: string): string | undefined =>
  /^imports\/([a-z2-7]{20})\/source$/.exec(key)?.[1];

/** The roster page of one batch: the same whenever the batch is tried again, so that its contacts are added once. */
export const rosterPageOf = (id: string, firstRow: number): string =>
  derivedId('import', id, String(firstRow));
