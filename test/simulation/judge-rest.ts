/** Judges the world at rest, after healing: nothing lost, nothing forgotten, every record true, everybody told. */
import type { Alert } from '../../shared/domain/alert.ts';
import { type Channel, isWaiting } from '../../shared/domain/channel.ts';
import type { ContactState, EndedEnrollment, Enrollment } from '../../shared/domain/enrollment/state.ts';
import type { Erasure } from '../../shared/domain/erasure.ts';
import { type Import, reportKey, sourceKey } from '../../shared/domain/import.ts';
import { DAY, epochMs } from '../../shared/domain/instant.ts';
import type { Message } from '../../shared/domain/message.ts';
import type { Endpoint, Endpoints, Notice } from '../../shared/domain/notice.ts';
import type { Sender } from '../../shared/domain/sender.ts';
import type { Ledger } from './ledger.ts';
import type { Table } from './ports/table.ts';
import { HUMAN } from './prospects.ts';
import { type Accepted, letterTags } from './ses.ts';

export type Launched = {
  readonly campaign: string;
  readonly contactId: string;
  readonly letters: number;
};

export type AtRest = {
  readonly now: number;
  readonly table: Table;
  /** Raw mails and files. */
  readonly stored: ReadonlyMap<string, Uint8Array>;
  /** Virtual milliseconds of each file's last write. */
  readonly writtenAt: ReadonlyMap<string, number>;
  readonly ledger: Ledger;
  readonly accepted: readonly Accepted[];
  readonly launched: readonly Launched[];
  readonly operatorAddress: string;
  /** `enrollment step` of letters that a person was asked about. */
  readonly decided: ReadonlySet<string>;
};

export function judgeRest(world: AtRest): void {
  const states: ContactState[] = [];
  const copies: EndedEnrollment[] = [];
  const messages: Message[] = [];
  const alerts: Alert[] = [];
  const senders: Sender[] = [];
  const notices: Notice[] = [];
  const endpoints: Endpoint[] = [];
  for (const { pk, sk, document } of world.table.everything()) {
    if (sk === 'state') states.push(document as ContactState);
    else if (sk.startsWith('walk#')) copies.push(document as EndedEnrollment);
    else if (sk.startsWith('message#')) messages.push(document as Message);
    else if (sk === 'alert') alerts.push(document as Alert);
    else if (sk === 'notice') notices.push(document as Notice);
    else if (sk === 'endpoints') endpoints.push(...(document as Endpoints).items);
    else if (sk === 'sender' && pk.startsWith('sender#')) senders.push(document as Sender);
  }
  const current = states.flatMap(({ enrollment }) => (enrollment ? [enrollment] : []));
  const older = copies.filter((copy) => !current.some(({ id }) => id === copy.id));
  judgeWalks(world, current, older);
  judgeLaunched(world, [...current, ...older]);
  judgeMails(world, messages, alerts);
  judgeAlerts(world, alerts, senders);
  judgePlaces(world, [...older, ...current]);
  judgeAnswers(world, messages);
  judgeErased(world);
  judgeImports(world);
  judgeNews(world, notices, endpoints);
}

function judgeWalks(
  { ledger, accepted }: AtRest,
  current: readonly Enrollment[],
  older: readonly Enrollment[],
): void {
  const letters = accepted.flatMap((one) => {
    const tags = letterTags(one.tags);
    return tags ? [{ ...tags, sesId: one.sesId }] : [];
  });
  for (const walk of current) {
    if (walk.kind === 'open') {
      const holds = walk.holds.map(({ id }) => id).join(' ');
      ledger.violated('I3 at rest', `${walk.id} is ${walk.letter.kind} ${walk.letter.step} ${holds}`);
    }
    if (walk.letter?.kind === 'sending') ledger.violated('I3 at rest', `${walk.id} is still sending`);
  }
  for (const walk of [...current, ...older]) {
    const mine = letters.filter(({ enrollment }) => enrollment === walk.id);
    for (const { step, sesId } of walk.sent) {
      const isTrue = mine.some((one) => one.step === step && (sesId === undefined || one.sesId === sesId));
      if (!isTrue) ledger.violated('I3 sent means accepted', `${walk.id} step ${step}`);
    }
    for (const { step, sesId, claim } of mine) {
      const isRecorded = walk.sent.some((one) => one.step === step && (one.sesId ?? sesId) === sesId);
      // Every word of SES was lost and the walk is over: it stands as unknown, and nobody waits for it.
      const isOpenQuestion =
        walk.kind === 'ended' && walk.letter?.kind === 'unknown' && walk.letter.claim === claim;
      const isOlder = older.includes(walk);
      if (!isRecorded && !isOpenQuestion && !isOlder) {
        ledger.violated('I3 accepted means recorded', `${walk.id} step ${step} ${sesId}`);
      }
    }
  }
}

/** What a person answers from the console leaves once, and what says that it has left has. */
function judgeAnswers({ ledger, accepted }: AtRest, messages: readonly Message[]): void {
  const left = accepted.flatMap(({ tags }) => tags.answer ?? []);
  const twice = left.filter((id, index) => left.indexOf(id) !== index);
  for (const id of new Set(twice)) ledger.violated('an answer leaves once', id);
  for (const one of messages) {
    const isClaimed = one.kind === 'out' && one.answers && one.sentAt;
    if (isClaimed && !left.includes(one.id)) ledger.violated('I3 sent means accepted', `answer ${one.id}`);
  }
}

/** Of a letter that never went nobody holds a place or an hour: every walk is over, and others could have had it. */
function judgePlaces({ ledger, table, accepted }: AtRest, all: readonly Enrollment[]): void {
  const walks = new Map(all.map((walk) => [walk.id as string, walk]));
  for (const { pk, sk, holders, holder, gone } of table.everything()) {
    if (!/^(places|slots)#/.test(pk) || pk.endsWith(':whatsapp')) continue;
    const held = holder === undefined ? Object.keys(holders ?? {}) : [holder as string];
    for (const one of held) {
      if ((gone as readonly string[] | undefined)?.includes(one)) continue;
      const [, id = '', contactId, step] = /^((.+)-\d+)-(\d+)$/.exec(one) ?? [];
      const hasGone = accepted.some(({ tags }) => tags.enrollment === id && tags.step === step);
      // A letter under way when its walk ended may have gone; of somebody who was forgotten then nothing says so.
      const erasure = table.get({ pk: `erasure#${contactId}`, sk: 'erasure' })?.document;
      const mayHaveGone = erasure ? sk <= (erasure as Erasure).askedAt : walks.get(id)?.letter !== undefined;
      if (!hasGone && !mayHaveGone) ledger.violated('a place comes back', `${pk} ${sk} is ${one}'s`);
    }
  }
}

/** Of somebody who was forgotten nothing is left but the word that they are suppressed. */
function judgeErased({ ledger, table, stored }: AtRest): void {
  for (const [contactId, address] of ledger.erased) {
    for (const item of table.everything()) {
      const isTheirs = item.pk === `contact#${contactId}` && item.sk !== 'state';
      if (isTheirs || JSON.stringify(item).includes(address)) {
        ledger.violated('erased', `${contactId}: ${item.pk} ${item.sk} is left`);
      }
    }
    const state = table.get({ pk: `contact#${contactId}`, sk: 'state' })?.document as
      | ContactState
      | undefined;
    const isForgotten =
      state?.standing.kind === 'suppressed' && !state.enrollment && state.becauseCount === 0;
    if (!isForgotten) ledger.violated('erased', `${contactId}: no tombstone`);
    for (const [key, bytes] of stored) {
      if (Buffer.from(bytes).includes(address)) ledger.violated('erased', `${contactId}: ${key} is left`);
    }
  }
}

/** Every row of a file is settled, once; that the good ones were written to says `judgeLaunched`. */
function judgeImports({ ledger, table, stored, writtenAt }: AtRest): void {
  for (const { sk, document } of table.everything()) {
    if (sk !== 'import') continue;
    const { id, status, rows, done, accepted, refused } = document as Import;
    // Announced by a request that died before its file: nothing of it was taken, and the client sent it again.
    if (status === 'waiting' && !stored.has(sourceKey(id))) continue;
    const isWhole = status === 'done' && rows === done && accepted + refused === rows;
    if (!isWhole)
      ledger.violated('import', `${id}: ${status}, ${accepted} + ${refused} of ${rows}, at ${done}`);
    // A run that was frozen, wrote after the end and died there left what only the bucket forgets, within its seven days.
    const reportedAt = writtenAt.get(reportKey(id)) ?? Number.POSITIVE_INFINITY;
    const isLate = (key: string) => (writtenAt.get(key) ?? 0) > reportedAt;
    const left = [...stored.keys()].filter(
      (key) => key.includes(`/${id}/`) && !key.endsWith('errors.csv') && !isLate(key),
    );
    if (left.length > 0) ledger.violated('import', `${id}: ${left.join(' ')} is left`);
  }
}

/** Whoever was launched got every letter, or the world knows why not. */
function judgeLaunched({ ledger, accepted, launched }: AtRest, walks: readonly Enrollment[]): void {
  const contacts = new Map<string, Launched[]>();
  for (const one of launched) contacts.set(one.contactId, [...(contacts.get(one.contactId) ?? []), one]);
  for (const [contactId, asked] of contacts) {
    if (ledger.causes.has(contactId)) continue;
    const isWhole = asked.some(({ campaign, letters }) => {
      const walk = walks.find(({ id, campaignId }) => campaignId === campaign && id.startsWith(contactId));
      const steps = new Set(
        accepted
          .filter(({ tags }) => walk !== undefined && tags.enrollment === walk.id)
          .map(({ tags }) => tags.step),
      );
      return steps.size === letters;
    });
    if (isWhole) continue;
    const walk = walks.find(({ id }) => id.startsWith(contactId));
    const how = !walk ? 'never enrolled' : walk.kind === 'ended' ? JSON.stringify(walk.end) : 'open';
    ledger.violated('I3 never lost', `${contactId} (${asked.map((one) => one.campaign).join(', ')}): ${how}`);
  }
}

function judgeMails({ ledger }: AtRest, messages: readonly Message[], alerts: readonly Alert[]): void {
  const records = messages.filter((message) => message.kind === 'in');
  for (const mail of ledger.mails.values()) {
    const ways = [...ledger.mails.values()].filter(({ messageId }) => messageId === mail.messageId);
    const mine = records.filter(({ rawKey }) => ways.some((way) => way.rawKey === rawKey));
    if (ledger.erased.has(mail.from.id)) continue;
    // By several ways in it is one mail; a copy that only a person could read stands for itself.
    const read = mine.filter(({ reading, correctedAt }) => reading.kind.confidence > 0 && !correctedAt);
    const isOne = ways.length === 1 ? mine.length === 1 : mine.length > 0 && read.length <= 1;
    if (!isOne) ledger.violated('I5 one record', `${mail.messageId}: ${mine.length} records`);
    if (!HUMAN.has(mail.sort) || mail.isOverruled) continue;
    const about = alerts
      .filter(({ messageId }) => mine.some(({ id }) => id === messageId))
      .map(({ id }) => String(id));
    const isTold = ledger.alertMails.some(
      ({ raw, tags }) => about.includes(tags.alert ?? '') || Buffer.from(raw).includes(mail.messageId),
    );
    if (!isTold) ledger.violated('I5 a human is answered', `${mail.messageId} rang nobody`);
  }
}

type MailChannel = { readonly id: string; readonly address: string };

function judgeAlerts(world: AtRest, alerts: readonly Alert[], senders: readonly Sender[]): void {
  const { ledger, decided } = world;
  const heard = (alert: Alert, address: string): boolean =>
    ledger.alertMails.some(({ to, tags }) => tags.alert === alert.id && to === address);
  /** Who took a leaver's alerts over sees in the list what the leaver was rung for. */
  const heardBy = (owners: readonly Sender[], alert: Alert, { id, address }: MailChannel): boolean =>
    heard(alert, address) ||
    owners
      .filter(({ transferredTo }) => transferredTo === alert.senderId)
      .some(({ channels }) =>
        channels.some((one) => one.kind === 'mail' && one.id === id && heard(alert, one.address)),
      );
  for (const alert of alerts) {
    const sender = senders.find(({ id }) => id === alert.senderId);
    const channels = sender?.channels ?? [
      { kind: 'mail', id: 'operator', address: world.operatorAddress } as const,
    ];
    const later = (sender?.replyClock?.escalation ?? []).map((step) => 'channel' in step && step.channel);
    for (const channel of channels) {
      if (later.includes(channel.id)) {
        judgeRung(world, alert, channel);
        continue;
      }
      const isHeard =
        channel.kind === 'mail'
          ? heardBy(senders, alert, channel)
          : ledger.posted.some(({ url, body }) => url === channel.url && body.includes(alert.id));
      if (!isHeard) ledger.violated('alert heard', `${alert.kind} ${alert.id} by ${channel.id}`);
    }
  }
  for (const name of decided) {
    const [enrollment] = name.split(' ');
    const asking = alerts.filter((one) => one.kind === 'needs-decision' && one.enrollmentId === enrollment);
    const isAsked = ledger.alertMails.some(({ tags }) => asking.some(({ id }) => id === tags.alert));
    if (!isAsked) {
      ledger.violated('never silently', `${name}: a person decided what no alert had asked them`);
    }
  }
}

/** Days of duty have passed since, so the next on the list must have been told: by a message about that contact. */
const RUNG_WITHIN_MS = 6 * DAY;

function judgeRung({ ledger, now }: AtRest, alert: Alert, channel: Channel): void {
  const isDue =
    isWaiting(alert) && !alert.acknowledgedAt && now - epochMs(alert.at) > RUNG_WITHIN_MS && alert.contactId;
  if (!isDue || channel.kind === 'mail') return;
  const isTold = ledger.posted.some(
    ({ url, body }) => url === channel.url && body.includes(String(alert.contactId)),
  );
  if (!isTold) ledger.violated('escalated', `${alert.kind} ${alert.id} never rang ${channel.id}`);
}

/** News: each numbered once, and each endpoint that is said to have taken one has seen its id. */
function judgeNews({ ledger }: AtRest, notices: readonly Notice[], endpoints: readonly Endpoint[]): void {
  const numbers = new Set<string>();
  for (const notice of notices) {
    const number = `${notice.contactId} ${notice.sequence}`;
    if (numbers.has(number)) ledger.violated('news numbered once', `${notice.type} ${number}`);
    numbers.add(number);
    for (const { id, url } of endpoints) {
      const isTold = ledger.posted.some((post) => post.url === url && post.body.includes(notice.id));
      const isDead = notice.dead.includes(id);
      if (!isTold && !isDead) ledger.violated('news told', `${notice.type} ${notice.id} to ${id}`);
    }
  }
}
