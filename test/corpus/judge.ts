/** Reads labelled mails and says of each what came out right. Knows the labels, changes nothing. */
import { readMail } from '../../shared/inbound/read-mail.ts';
import type { Reading } from '../../shared/inbound/reading.ts';
import { splitReply } from '../../shared/inbound/reply-text.ts';
import { parseMail } from '../../shared/parse-mail.ts';
import { type Label, listOf, mailBytes, readLabels } from './labels.ts';

/** `right` of `wanted` were found among `given`. */
export type Matched = { readonly right: number; readonly wanted: number; readonly given: number };

export type Judged = {
  readonly label: Label;
  readonly ms: number;
  readonly threw?: string;
  readonly reading?: Reading;
  /** What the kind counts as, where the kind is scored. */
  readonly kind?: string;
  readonly bounceClass?: boolean;
  readonly returnDate?: boolean;
  readonly reason?: boolean;
  readonly replyText?: boolean;
  readonly intent?: boolean;
  readonly authority?: boolean;
  readonly phones?: Matched;
  readonly owners?: Matched;
  readonly urgent?: Matched;
  readonly people?: Matched;
};

/** Stands in for the arrival of a mail without Date. */
const NO_DATE = '2026-11-21T00:00:00Z';

const squeeze = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** `unknown` is treated as a reply; a list carries what people write, so `list` is no error for that. */
const kindOf = (label: Label, reading: Reading): string | undefined => {
  if (label.kind === 'spam' || label.format?.startsWith('body')) return undefined;
  const given = reading.kind.value;
  const isByList = label.viaList && ['reply', 'unsubscribe'].includes(label.kind) && given === 'list';
  return isByList || (label.kind === 'reply' && given === 'unknown') ? label.kind : given;
};

const isReplyText = (label: Label, mailText: string): boolean | undefined => {
  const contains = listOf(label.replyMustContain);
  const lacks = listOf(label.replyMustNotContain);
  const { newText, signature } = splitReply(mailText);
  // Some sources keep signatures in what they expect; either reading of such a mail is right.
  const isKept = label.replyTextRule?.includes('signature kept') ?? false;
  const given = (isKept ? [newText, `${newText} ${signature}`] : [newText]).map(squeeze);
  if (label.replyText !== undefined) {
    const wanted = [label.replyText, ...listOf(label.replyTextAlt)].map(squeeze);
    return given.some((words) => wanted.includes(words));
  }
  if (label.replyRegex === undefined && contains.length + lacks.length === 0) return undefined;
  const isShaped = label.replyRegex === undefined || new RegExp(label.replyRegex, 's').test(newText);
  return (
    isShaped &&
    contains.every((part) => newText.includes(part)) &&
    lacks.every((part) => !newText.includes(part))
  );
};

const match = (wanted: readonly string[], given: readonly string[]): Matched => ({
  right: wanted.filter((item) => given.includes(item)).length,
  wanted: wanted.length,
  given: given.length,
});

const judgePhones = (label: Label, { phones }: Reading): Pick<Judged, 'phones' | 'owners' | 'urgent'> => {
  if (!label.phones) return {};
  const pairs = label.phones.flatMap((wanted) => {
    const given = phones.find(({ value }) => value.e164 === wanted.e164)?.value;
    return given ? [{ wanted, given }] : [];
  });
  const share = (all: readonly boolean[]): Matched => ({
    right: all.filter(Boolean).length,
    wanted: all.length,
    given: all.length,
  });
  const owned = pairs.filter(({ wanted }) => wanted.owner !== undefined);
  const ranked = pairs.filter(({ wanted }) => wanted.urgent !== undefined);
  return {
    phones: match(
      label.phones.map(({ e164 }) => e164),
      phones.map(({ value }) => value.e164),
    ),
    owners: share(
      owned.map(({ wanted, given }) => [wanted.owner, ...listOf(wanted.ownerAlt)].includes(given.owner)),
    ),
    urgent: share(ranked.map(({ wanted, given }) => wanted.urgent === given.urgent)),
  };
};

/** By address where the label has one, else by name. */
const judgePeople = (label: Label, { people }: Reading): Matched | undefined => {
  if (!label.people) return undefined;
  const isSame = (wanted: (typeof label.people)[number]): boolean =>
    people.some(({ value }) =>
      wanted.email
        ? value.address === wanted.email.toLowerCase()
        : wanted.name !== undefined && value.name === wanted.name,
    );
  return { right: label.people.filter(isSame).length, wanted: label.people.length, given: people.length };
};

const judgeFacts = (label: Label, reading: Reading): Partial<Judged> => {
  const { bounce, absence } = reading;
  const given = bounce?.value.class === 'delayed' ? 'transient' : bounce?.value.class;
  const isClassed = label.bounceClass !== undefined && label.bounceClass !== 'other' && given !== undefined;
  const reasons = [label.absence?.reason, ...listOf(label.absence?.reasonAlt)];
  const intents = [...listOf(label.intent), ...listOf(label.intentAlt)];
  return {
    ...(isClassed ? { bounceClass: given === label.bounceClass } : {}),
    ...(label.absence?.returnOn ? { returnDate: absence?.value.returnOn === label.absence.returnOn } : {}),
    ...(label.absence?.reason && absence ? { reason: reasons.includes(absence.value.reason) } : {}),
    ...(label.intent && reading.intent ? { intent: intents.includes(reading.intent.value.kind) } : {}),
    ...(label.authority ? { authority: reading.signature?.value.authority === label.authority } : {}),
    ...judgePhones(label, reading),
    people: judgePeople(label, reading),
  };
};

const judge = async (folder: string, label: Label): Promise<Judged> => {
  const bytes = mailBytes(folder, label);
  const before = process.hrtime.bigint();
  try {
    const mail = await parseMail(bytes);
    const now = label.now ?? mail.date ?? NO_DATE;
    const reading = readMail(mail, { now, contactCountry: label.country });
    const ms = Number(process.hrtime.bigint() - before) / 1e6;
    const kind = kindOf(label, reading);
    const replyText = isReplyText(label, mail.text);
    return { label, ms, reading, kind, replyText, ...judgeFacts(label, reading) };
  } catch (cause) {
    return { label, ms: Number(process.hrtime.bigint() - before) / 1e6, threw: String(cause) };
  }
};

/** In the order of the labels; one mail after the other, so that the times mean something. */
export const judgeCorpus = async (folder: string): Promise<readonly Judged[]> => {
  const judged: Judged[] = [];
  for (const label of readLabels(folder)) judged.push(await judge(folder, label));
  return judged;
};
