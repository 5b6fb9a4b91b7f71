/**
 * The outbox: one `.eml` per accepted mail, as its recipient sees it, and `index.jsonl` with one line per mail for
 * whoever audits the folder. A file appears complete or not at all, and counts only once its row is committed.
 */
import {
  appendFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { AcceptedMail, SesStore } from './ses-store.ts';
import { onDisk } from './storage-failure.ts';

/** One line of `index.jsonl`. */
export type OutboxEntry = {
  readonly sesId: string;
  /** ISO 8601, UTC. */
  readonly at: string;
  /** The envelope's recipients. */
  readonly to: readonly string[];
  readonly from: string;
  /** Not in the file: recipients never see it. */
  readonly returnPath: string;
  readonly file: string;
};

export type Outbox = {
  /** Writes the file of a mail that is about to be accepted. */
  write(file: string, mail: Buffer): void;
  /** Takes it back because the acceptance failed. */
  forget(file: string): void;
  read(file: string): Buffer;
  /** Adds the line of a mail whose row is committed. */
  list(mail: AcceptedMail): void;
};

export const OUTBOX_INDEX = 'index.jsonl';
const RECIPIENT_CHARACTERS_MAX = 60;
/** Our own names only: nothing else that lies in the folder is ever removed. */
const OWN_FILE = /^\d{4}-\d{2}-\d{2}T\d{4}-[a-z0-9.@+-]{1,60}-[0-9a-f]{8}\.eml(\.part)?$/;

/** `2026-11-23T0931-ana@acme.example-1f0c9a2b.eml`: sorts by time, tells the recipient, valid on every file system. */
export function outboxFile(sesId: string, at: number, recipient: string): string {
  const minute = new Date(at).toISOString().slice(0, 16).replace(':', '');
  const safe = recipient
    .toLowerCase()
    .replace(/[^a-z0-9.@+-]/g, '-')
    .slice(0, RECIPIENT_CHARACTERS_MAX);
  // The first part of an SES id is the time; what tells two mails of a minute apart follows it.
  const random = sesId.split('-')[1] ?? '';
  return `${minute}-${safe}-${random}.eml`;
}

const entryOf = ({ sesId, at, recipients, fromAddress, returnPath, file }: AcceptedMail): OutboxEntry => ({
  sesId,
  at: new Date(at).toISOString(),
  to: recipients,
  from: fromAddress,
  returnPath,
  file,
});
const line = (mail: AcceptedMail): string => `${JSON.stringify(entryOf(mail))}\n`;

/** Opens the folder: removes what a crash left without a row, and writes the index anew from the rows. */
export function openOutbox(folder: string, store: SesStore): Outbox {
  onDisk(folder, () => mkdirSync(folder, { recursive: true }));
  const mails = [...store.all()];
  const known = new Set(mails.map(({ file }) => file));
  for (const name of readdirSync(folder)) {
    if (OWN_FILE.test(name) && !known.has(name)) rmSync(join(folder, name));
  }
  const index = join(folder, OUTBOX_INDEX);
  onDisk(index, () => {
    writeFileSync(`${index}.part`, mails.map(line).join(''));
    renameSync(`${index}.part`, index);
  });

  return {
    write: (file, mail) =>
      onDisk(join(folder, file), () => {
        writeFileSync(join(folder, `${file}.part`), mail);
        renameSync(join(folder, `${file}.part`), join(folder, file));
      }),
    forget: (file) => rmSync(join(folder, file), { force: true }),
    read: (file) => readFileSync(join(folder, file)),
    list: (mail) => onDisk(index, () => appendFileSync(index, line(mail))),
  };
}
