/** The labels of a corpus folder: one JSON object a line of `labels.jsonl`, whose `file` is relative to the folder. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MailKind } from '../../shared/inbound/reading.ts';

export type PhoneLabel = {
  readonly e164: string;
  readonly owner?: string;
  readonly ownerAlt?: OneOrMore;
  readonly urgent?: boolean;
  readonly type?: string;
};
export type PersonLabel = { readonly name?: string; readonly email?: string; readonly phone?: string };
type OneOrMore = string | readonly string[];

/** A mail is scored on the fields it has. */
export type Label = {
  readonly file: string;
  readonly kind: MailKind | 'spam';
  readonly language: string;
  readonly format?: 'eml' | 'mbox_message' | 'body_text' | 'body_html';
  readonly viaList?: boolean;
  readonly bounceClass?: 'permanent' | 'transient' | 'other';
  readonly replyText?: string;
  readonly replyTextAlt?: OneOrMore;
  readonly replyTextRule?: string;
  readonly replyRegex?: string;
  readonly replyMustContain?: OneOrMore;
  readonly replyMustNotContain?: OneOrMore;
  readonly phones?: readonly PhoneLabel[];
  readonly people?: readonly PersonLabel[];
  readonly absence?: {
    readonly from?: string | null;
    readonly returnOn?: string | null;
    readonly reason?: string;
    readonly reasonAlt?: OneOrMore;
  };
  readonly optionalAbsence?: unknown;
  readonly intent?: OneOrMore;
  readonly intentAlt?: OneOrMore;
  readonly authority?: string;
  readonly hardNegative?: boolean;
  /** Where the reading's circumstances matter: the contact's country, and the moment of arrival. */
  readonly country?: string;
  readonly now?: string;
};

/** A folder of mails that nobody labelled has none. */
export const readLabels = (folder: string): readonly Label[] =>
  readFileSync(join(folder, 'labels.jsonl'), 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as Label);

/** The bytes of a labelled mail; a bare body gets the header that says what it is. */
export const mailBytes = (folder: string, label: Label): Buffer => {
  const bytes = readFileSync(join(folder, label.file));
  if (!label.format?.startsWith('body')) return bytes;
  const type = label.format === 'body_html' ? 'html' : 'plain';
  return Buffer.concat([Buffer.from(`Content-Type: text/${type}; charset=utf-8\n\n`), bytes]);
};

export const listOf = (value: OneOrMore | undefined): readonly string[] => [value ?? []].flat();
