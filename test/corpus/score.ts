/** Reads every labelled mail of a corpus folder and counts what came out right; knows the labels, judges nothing. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readMail } from '../../shared/inbound/read-mail.ts';
import type { Reading } from '../../shared/inbound/reading.ts';
import { splitReply } from '../../shared/inbound/reply-text.ts';
import { parseMail } from '../../shared/parse-mail.ts';

/** The fields of `labels.jsonl` that are scored; a mail is scored on those it has. */
type Label = {
  readonly file: string;
  readonly kind: string;
  readonly format?: 'eml' | 'mbox_message' | 'body_text' | 'body_html';
  readonly viaList?: boolean;
  readonly bounceClass?: 'permanent' | 'transient' | 'other';
  readonly replyText?: string;
  readonly replyTextAlt?: string | readonly string[];
  readonly replyTextRule?: string;
  readonly phones?: readonly { readonly e164: string }[];
  readonly absence?: { readonly returnOn: string | null };
};

export type Share = { right: number; of: number };
export type KindCount = { right: number; wanted: number; given: number };
export type Score = {
  readonly kinds: Map<string, KindCount>;
  readonly bounceClass: Share;
  readonly replyText: Share;
  readonly phonesFound: Share;
  readonly phonesTrue: Share;
  readonly returnDays: Share;
};

const squeeze = (text: string): string => text.replace(/\s+/g, ' ').trim();

const mailOf = (folder: string, label: Label): Buffer => {
  const bytes = readFileSync(join(folder, label.file));
  if (!label.format?.startsWith('body')) return bytes;
  const type = label.format === 'body_html' ? 'html' : 'plain';
  return Buffer.concat([Buffer.from(`Content-Type: text/${type}; charset=utf-8\n\n`), bytes]);
};

const countKind = (kinds: Score['kinds'], label: Label, reading: Reading): void => {
  const isScored = label.kind !== 'spam' && !label.format?.startsWith('body');
  if (!isScored) return;
  const given = reading.kind.value;
  // A list carries what people write: `list` is no error there, as nothing in it is automatic. Unknown is a reply.
  const isByList =
    label.viaList === true && ['reply', 'unsubscribe'].includes(label.kind) && given === 'list';
  const counted = isByList || (label.kind === 'reply' && given === 'unknown') ? label.kind : given;
  const at = (kind: string): KindCount => {
    const count = kinds.get(kind) ?? { right: 0, wanted: 0, given: 0 };
    kinds.set(kind, count);
    return count;
  };
  at(label.kind).wanted++;
  at(counted).given++;
  if (counted === label.kind) at(label.kind).right++;
};

const countReplyText = (share: Share, label: Label, text: string): void => {
  if (label.replyText === undefined) return;
  const { newText, signature } = splitReply(text);
  const wanted = [label.replyText, ...[label.replyTextAlt ?? []].flat()].map(squeeze);
  const isKept = label.replyTextRule?.includes('signature kept') ?? false;
  const given = isKept ? [newText, `${newText} ${signature}`] : [newText];
  share.of++;
  if (given.some((words) => wanted.includes(squeeze(words)))) share.right++;
};

const countRest = (score: Score, label: Label, reading: Reading): void => {
  if (label.bounceClass && label.bounceClass !== 'other' && reading.bounce) {
    const given = reading.bounce.value.class === 'delayed' ? 'transient' : reading.bounce.value.class;
    score.bounceClass.of++;
    if (given === label.bounceClass) score.bounceClass.right++;
  }
  if (label.phones) {
    const wanted = label.phones.map((phone) => phone.e164);
    const given = reading.phones.map((phone) => phone.value.e164);
    score.phonesFound.of += wanted.length;
    score.phonesFound.right += wanted.filter((phone) => given.includes(phone)).length;
    score.phonesTrue.of += given.length;
    score.phonesTrue.right += given.filter((phone) => wanted.includes(phone)).length;
  }
  if (label.absence?.returnOn) {
    score.returnDays.of++;
    if (reading.absence?.value.returnOn === label.absence.returnOn) score.returnDays.right++;
  }
};

/** `folder` holds `labels.jsonl`; its mails are read where they stand. */
export const scoreCorpus = async (folder: string): Promise<Score> => {
  const none = (): Share => ({ right: 0, of: 0 });
  const score: Score = {
    kinds: new Map(),
    bounceClass: none(),
    replyText: none(),
    phonesFound: none(),
    phonesTrue: none(),
    returnDays: none(),
  };
  const lines = readFileSync(join(folder, 'labels.jsonl'), 'utf8').split('\n');
  for (const line of lines.filter((text) => text.trim() !== '')) {
    const label = JSON.parse(line) as Label;
    const mail = await parseMail(mailOf(folder, label));
    const reading = readMail(mail, { now: mail.date ?? '2026-11-21T00:00:00Z' });
    countKind(score.kinds, label, reading);
    countReplyText(score.replyText, label, mail.text);
    countRest(score, label, reading);
  }
  return score;
};
