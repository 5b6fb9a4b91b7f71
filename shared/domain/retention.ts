/** How long what was done is kept. The rest has a term of its own: docs/deploy.md lists them all. */

export type Retention = {
  /** Of an entry of the audit log, from the moment it is written. */
  readonly auditDays: number;
};

/** A year: who asks what happened to somebody's data asks within that time. */
export const RETENTION_DEFAULT: Retention = { auditDays: 365 };
export const AUDIT_DAYS_MIN = 30;
export const AUDIT_DAYS_MAX = 3650;

/** Imports and exports pass through. */
export const FILES_KEPT_DAYS = 7;
/** Raw mails, where the operator says nothing (`mailDays`). */
export const MAILS_KEPT_DAYS = 365;
