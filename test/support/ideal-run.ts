/**
 * A run without fault, made by simple code of the tests' own: letters at the first moment that the rules allow,
 * answers from the demo's fixtures, one alert per reply. The audit must find nothing in it, and every tampering must
 * show against it.
 */

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type WrittenAnswer, writeAnswer } from '../fixtures/demo/answer.ts';
import type { Prospect, Scenario } from '../fixtures/demo/scenario-file.ts';
import { dayKind, isFirstDayBack, isOff, isWeekEdge } from './audit/days.ts';
import type { Arrived, Done, ReportedState } from './audit/input.ts';
import { addDays, instantAt, wallOf } from './audit/local-time.ts';
import { saidDay } from './audit/said-day.ts';
import { callsAfter, deed, deedsBefore, isApproved } from './ideal-deeds.ts';

const FIXTURES = join(import.meta.dirname, '../fixtures/mail/demo');
const WEEK_MS = 7 * 86_400_000;

export type OutMail = {
  at: string;
  to: string;
  from: string;
  returnPath: string;
  sesId: string;
  headers: Record<string, string>;
  text: string;
};
export type InMail = Omit<Arrived, 'file' | 'at'> & { at: string; mail: string };
export type IdealRun = {
  scenario: Scenario;
  outbox: OutMail[];
  inbound: InMail[];
  desk: Done[];
  state: ReportedState;
};

/** Same shape as SES's: 16 hexadecimal digits, a UUID, a counter. */
export const sesIdOf = (serial: number): string =>
  `0100019aa${String(serial).padStart(7, '0')}-${'0'.repeat(8)}-0000-4000-8000-${String(serial).padStart(12, '0')}-000000`;

const idHeader = (sesId: string): string => `<${sesId}@email.amazonses.com>`;

/** Around ten past nine, never two prospects in the same second. */
const SEND_SECOND = 9 * 3600 + 8 * 60;

const firstMoment = (prospect: Prospect, launch: number, offset: number): number => {
  let date = wallOf(launch, prospect.zone).date;
  for (let tries = 0; tries < 90; tries += 1, date = addDays(date, 1)) {
    const moment = instantAt(date, SEND_SECOND + offset, prospect.zone);
    if (moment > launch && dayKind(prospect.country, date) === 'working') return moment;
  }
  throw new Error(`No working day for ${prospect.key}.`);
};

const followUpMoment = (prospect: Prospect, first: number, notBefore: string, offset: number): number => {
  let date = wallOf(first + WEEK_MS, prospect.zone).date;
  for (let tries = 0; tries < 90; tries += 1, date = addDays(date, 1)) {
    const moment = instantAt(date, SEND_SECOND + 3600 + offset, prospect.zone);
    const good =
      dayKind(prospect.country, date) === 'working' &&
      !isWeekEdge(prospect.country, date) &&
      !isFirstDayBack(prospect.country, date);
    if (good && date > notBefore && moment >= first + WEEK_MS) return moment;
  }
  throw new Error(`No day for the follow-up to ${prospect.key}.`);
};

/** The last day on which nothing may be sent because of the note. */
const lastDayAway = (prospect: Prospect, noted: number, returnOn: string | undefined): string => {
  let date = returnOn ?? addDays(wallOf(noted, prospect.zone).date, 6);
  while (returnOn && isOff(dayKind(prospect.country, date))) date = addDays(date, 1);
  return date;
};

const footer = (scenario: Scenario, token: string): string =>
  [
    scenario.sender.name,
    scenario.sender.postalAddress,
    `If you prefer not to hear from me: http://127.0.0.1:8080/u/${token}`,
  ].join('\n');

const quoted = (text: string): string =>
  text
    .split('\n')
    .map((line) => `> ${line}`)
    .join('\n');

type Draft = { scenario: Scenario; prospect: Prospect; token: string; at: number; serial: number };

const letterFrom = (draft: Draft, headers: Record<string, string>, text: string): OutMail => {
  const { scenario, prospect, token, at, serial } = draft;
  const sesId = sesIdOf(serial);
  const replyTo = `r+${token}@${scenario.replyDomain}`;
  return {
    at: new Date(at).toISOString(),
    to: prospect.address,
    from: scenario.sender.address,
    returnPath: replyTo,
    sesId,
    headers: {
      'Message-ID': idHeader(sesId),
      Date: new Date(at).toUTCString().replace('GMT', '+0000'),
      From: `${scenario.sender.name} <${scenario.sender.address}>`,
      To: prospect.address,
      'Reply-To': replyTo,
      ...headers,
    },
    text,
  };
};

const firstLetter = (draft: Draft): OutMail => {
  const { scenario, prospect, token } = draft;
  const text = `Dear ${prospect.firstName},\n\nI am ${scenario.sender.name} of ${scenario.sender.company}. ${prospect.why}\n\nCould we talk – next week?\n\n${footer(scenario, token)}`;
  return letterFrom(draft, { Subject: `An idea for ${prospect.company}` }, text);
};

const followUp = (draft: Draft, first: OutMail): OutMail => {
  const { scenario, prospect, token } = draft;
  const id = first.headers['Message-ID'] ?? '';
  const text = `Dear ${prospect.firstName},\n\nmay I ask whether this reached you?\n\n${footer(scenario, token)}\n\nOn ${first.headers.Date} I wrote:\n\n${quoted(first.text)}`;
  return letterFrom(
    draft,
    {
      Subject: `Re: ${first.headers.Subject}`,
      'In-Reply-To': id,
      References: id,
      'List-Unsubscribe': `<http://127.0.0.1:8080/u/${token}>`,
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    },
    text,
  );
};

const alertFor = (scenario: Scenario, answer: InMail, address: string, serial: number): OutMail => {
  const sesId = sesIdOf(serial);
  const answered = /^Message-I[Dd]: (.*)$/m.exec(answer.mail)?.[1]?.trim() ?? '';
  return {
    at: new Date(Date.parse(answer.at) + 4000).toISOString(),
    to: scenario.sender.alertAddress,
    from: 'alerts@reply.harbourtools.example',
    returnPath: '',
    sesId,
    headers: {
      'Message-ID': idHeader(sesId),
      From: 'alerts@reply.harbourtools.example',
      To: scenario.sender.alertAddress,
      'Reply-To': address,
      'In-Reply-To': answered,
      'Auto-Submitted': 'auto-generated',
      Subject: `A human answer: ${address}`,
    },
    text: 'Please answer.',
  };
};

const answerTo = (
  scenario: Scenario,
  prospect: Prospect,
  letter: OutMail,
  at: number,
): { written: WrittenAnswer; entry: InMail } => {
  const answer = prospect.answers[0]!;
  const instant = new Date(at).toISOString();
  const written = writeAnswer(readFileSync(join(FIXTURES, answer.fixture), 'utf8'), {
    scenario,
    prospect,
    answer,
    at: instant,
    letter: {
      messageId: letter.headers['Message-ID'] ?? '',
      subject: letter.headers.Subject ?? '',
      date: letter.headers.Date ?? '',
      at: letter.at,
      text: letter.text,
      replyTo: letter.headers['Reply-To'] ?? '',
      returnPath: letter.returnPath,
    },
  });
  const entry: InMail = {
    at: instant,
    from: written.envelopeFrom,
    to: written.envelopeTo,
    prospect: prospect.key,
    fixture: answer.fixture,
    ...(written.returnOn ? { returnOn: written.returnOn } : {}),
    mail: written.mail,
  };
  return { written, entry };
};

/** One prospect's three weeks. The racing reply comes after its follow-up: either order would be right. */
const walk = (run: IdealRun, prospect: Prospect, index: number): void => {
  const { scenario, outbox, inbound } = run;
  const end = Date.parse(scenario.endsAt);
  const token = `${prospect.key.replace(/[^a-z]/g, '')}${'abcdefghjkmnpqrs'}7`;
  const draft = (at: number, serial: number): Draft => ({ scenario, prospect, token, at, serial });
  const firstAt = firstMoment(prospect, Date.parse(scenario.launchAt), index);
  if (firstAt > end || !isApproved(run, prospect, firstAt)) return;
  const first = firstLetter(draft(firstAt, index * 10 + 1));
  outbox.push(first);
  const answer = prospect.answers[0];
  let notBefore = '';
  const hear = (letter: OutMail): void => {
    const at = Date.parse(letter.at) + Math.max(0, answer?.afterSeconds ?? 0) * 1000;
    if (!answer || at > end) return;
    const { entry } = answerTo(scenario, prospect, letter, at);
    inbound.push(entry);
    const colleagues = prospect.deeds.find((one) => one.kind === 'colleagues');
    if (colleagues && at < end) {
      const decided = Math.max(at, Date.parse(scenario.launchAt) + colleagues.afterDays * 86_400_000);
      deed(run, decided, { prospect: prospect.key, kind: 'colleagues', outcome: 'release' });
    }
    if (answer.kind === 'reply') outbox.push(alertFor(scenario, entry, prospect.address, index * 10 + 5));
    if (answer.kind === 'absence') notBefore = lastDayAway(prospect, at, entry.returnOn);
  };
  if (answer?.to === 'first') hear(first);
  if (answer?.to === 'first' && prospect.expect.followUp === 'never') return;
  notBefore = [notBefore, deedsBefore(run, prospect, firstAt)].sort().at(-1) ?? '';
  const secondAt = followUpMoment(prospect, firstAt, notBefore, index);
  if (secondAt > end) return;
  callsAfter(run, prospect, secondAt);
  const second = followUp(draft(secondAt, index * 10 + 2), first);
  outbox.push(second);
  if (answer && answer.to !== 'first') hear(second);
};

/** A product that talks too much: it names every day for every reason. */
const everyReason = (prospect: string, { start, days }: Scenario): ReportedState['reasons'] =>
  Array.from({ length: days }, (_, count) => addDays(start, count)).flatMap((day) => [
    { prospect, rule: 'public-holiday', text: `${saidDay(day)} is a public holiday there: a feast` },
    { prospect, rule: 'first-day-of-week', text: `${saidDay(day)} is the first working day of their week` },
  ]);

export const idealRun = (scenario: Scenario): IdealRun => {
  const run: IdealRun = {
    scenario,
    outbox: [],
    inbound: [],
    desk: [],
    state: {
      tasks: scenario.prospects.flatMap((prospect) =>
        prospect.expect.tasks.map((kind) => ({ prospect: prospect.key, kind })),
      ),
      holds: scenario.prospects.flatMap((prospect) =>
        prospect.expect.holds.map((kind) => ({ prospect: prospect.key, kind })),
      ),
      reasons: scenario.prospects.flatMap(({ key }) => everyReason(key, scenario)),
      unmatched: 0,
    },
  };
  // Whoever is held needs to know by whom and until when.
  const inOrder = scenario.prospects.toSorted((one, other) => (one.heldBy ? 1 : 0) - (other.heldBy ? 1 : 0));
  inOrder.forEach((prospect, index) => {
    walk(run, prospect, index);
  });
  return run;
};

/** Plain text in base64 beside HTML: the auditor must find its way through a real composer's parts too. */
const rawMail = (mail: OutMail): string => {
  const encodedText = Buffer.from(mail.text.replaceAll('\n', '\r\n')).toString('base64');
  const headers = Object.entries(mail.headers).map(([name, value]) => `${name}: ${value}`);
  return [
    ...headers,
    'MIME-Version: 1.0',
    'Content-Type: multipart/alternative; boundary="--_NmP-1"',
    '',
    '----_NmP-1',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: base64',
    '',
    encodedText.replace(/.{76}/g, '$&\r\n'),
    '----_NmP-1',
    'Content-Type: text/html; charset=utf-8',
    '',
    '<p>the same</p>',
    '----_NmP-1--',
    '',
  ].join('\r\n');
};

/** Writes the run in the auditor's layout and returns the directory. */
export const writeRun = (directory: string, run: IdealRun): string => {
  const outLines = run.outbox.map((mail, index) => {
    const file = `${index}.eml`;
    mkdirSync(join(directory, 'outbox'), { recursive: true });
    writeFileSync(join(directory, 'outbox', file), rawMail(mail));
    const { at, from, returnPath, sesId } = mail;
    return JSON.stringify({ sesId, at, to: [mail.to], from, returnPath, file });
  });
  const inLines = run.inbound.map(({ mail, ...entry }, index) => {
    const file = `${index}.eml`;
    mkdirSync(join(directory, 'inbound'), { recursive: true });
    writeFileSync(join(directory, 'inbound', file), mail);
    return JSON.stringify({ ...entry, file });
  });
  mkdirSync(join(directory, 'desk'), { recursive: true });
  writeFileSync(
    join(directory, 'desk', 'index.jsonl'),
    run.desk.map((one) => `${JSON.stringify(one)}\n`).join(''),
  );
  writeFileSync(join(directory, 'scenario.json'), JSON.stringify(run.scenario));
  writeFileSync(join(directory, 'state.json'), JSON.stringify(run.state));
  if (outLines.length > 0)
    writeFileSync(join(directory, 'outbox', 'index.jsonl'), `${outLines.join('\n')}\n`);
  if (inLines.length > 0) writeFileSync(join(directory, 'inbound', 'index.jsonl'), `${inLines.join('\n')}\n`);
  return directory;
};
