/** The ways in which a run is spoilt for the auditor's test: each one fault, by the rule that must name it. */
import type { Path } from '../fixtures/demo/scenario-file.ts';
import { addDays, instantAt, isoWeekday, wallOf } from './audit/local-time.ts';
import type { Rule } from './audit/report.ts';
import { type IdealRun, type OutMail, sesIdOf } from './ideal-run.ts';

export const prospectOf = (run: IdealRun, path: Path) =>
  run.scenario.prospects.find((one) => one.path === path)!;
export const lettersTo = (run: IdealRun, path: Path): OutMail[] =>
  run.outbox.filter((mail) => mail.to === prospectOf(run, path).address);
export const firstTo = (run: IdealRun, path: Path): OutMail => lettersTo(run, path)[0]!;
export const followUpTo = (run: IdealRun, path: Path): OutMail => lettersTo(run, path)[1]!;
export const answerOf = (run: IdealRun, path: Path) =>
  run.inbound.find((mail) => mail.prospect === prospectOf(run, path).key)!;

/** Moves a letter to the next local date that fits, keeping the hour. */
export const moveTo = (run: IdealRun, path: Path, mail: OutMail, fits: (date: string) => boolean): void => {
  const { zone } = prospectOf(run, path);
  const wall = wallOf(Date.parse(mail.at), zone);
  let date = addDays(wall.date, 1);
  while (!fits(date)) date = addDays(date, 1);
  mail.at = new Date(instantAt(date, wall.second, zone)).toISOString();
};

export const copyOf = (mail: OutMail, at: number): OutMail => {
  const sesId = sesIdOf(990);
  return {
    ...mail,
    at: new Date(at).toISOString(),
    sesId,
    headers: { ...mail.headers, 'Message-ID': `<${sesId}@email.amazonses.com>` },
  };
};

/** A follow-up made from another prospect's, for one who must not get any. */
export const forbiddenFollowUp = (run: IdealRun, path: Path): OutMail => {
  const first = firstTo(run, path);
  const model = followUpTo(run, 'silent');
  const { date, second } = wallOf(Date.parse(model.at), prospectOf(run, 'silent').zone);
  const moved = copyOf(model, instantAt(date, second, prospectOf(run, path).zone));
  const id = first.headers['Message-ID']!;
  return {
    ...moved,
    to: first.to,
    returnPath: first.returnPath,
    headers: {
      ...moved.headers,
      To: first.to,
      'Reply-To': first.headers['Reply-To']!,
      Subject: `Re: ${first.headers.Subject}`,
      'In-Reply-To': id,
      References: id,
    },
  };
};

const header = (mail: OutMail, name: string, value: string): void => {
  mail.headers[name] = value;
};

export type Tampering = readonly [guarantee: string, rule: Rule, tamper: (run: IdealRun) => void];

export const TAMPERINGS: readonly Tampering[] = [
  [
    'a letter accepted twice',
    'doubled-letter',
    (run) => {
      const first = firstTo(run, 'silent');
      run.outbox.push(copyOf(first, Date.parse(first.at) + 20_000));
    },
  ],
  ['a letter after a reply', 'letter-after-reply', (run) => run.outbox.push(forbiddenFollowUp(run, 'reply'))],
  [
    'a letter to an unsubscribed person',
    'letter-to-unsubscribed',
    (run) => run.outbox.push(forbiddenFollowUp(run, 'unsubscribe')),
  ],
  [
    'a letter after a bounce',
    'letter-after-bounce',
    (run) => run.outbox.push(forbiddenFollowUp(run, 'bounce')),
  ],
  [
    'a letter nine seconds after a reply that raced it',
    'letter-after-reply',
    (run) => {
      const letter = followUpTo(run, 'reply-during-follow-up');
      answerOf(run, 'reply-during-follow-up').at = new Date(Date.parse(letter.at) - 9_000).toISOString();
    },
  ],
  [
    'a follow-up on Monday',
    'follow-up-on-week-edge',
    (run) => moveTo(run, 'silent', followUpTo(run, 'silent'), (date) => isoWeekday(date) === 1),
  ],
  [
    'a follow-up on Sunday where the week starts on Sunday',
    'follow-up-on-week-edge',
    (run) =>
      moveTo(
        run,
        'reply-during-follow-up',
        followUpTo(run, 'reply-during-follow-up'),
        (date) => isoWeekday(date) === 7,
      ),
  ],
  [
    'a letter on a Saturday',
    'letter-on-weekend',
    (run) => moveTo(run, 'silent', firstTo(run, 'silent'), (date) => isoWeekday(date) === 6),
  ],
  [
    'a letter on a holiday of the prospect’s country',
    'letter-on-holiday',
    (run) =>
      moveTo(
        run,
        'reply-after-follow-up',
        followUpTo(run, 'reply-after-follow-up'),
        (date) => date === '2026-07-15',
      ),
  ],
  [
    'a follow-up on the first day back after a long weekend',
    'follow-up-on-first-day-back',
    (run) => {
      // Monday 5 October 2026 stands in for Korea's foundation day, so that Tuesday follows three days off.
      const tuesday = instantAt('2026-10-06', 10 * 3600, 'Asia/Seoul');
      followUpTo(run, 'silent').at = new Date(tuesday).toISOString();
    },
  ],
  [
    'a first letter in the afternoon',
    'wrong-hour',
    (run) => {
      const first = firstTo(run, 'ticket');
      first.at = new Date(Date.parse(first.at) + 4 * 3_600_000).toISOString();
    },
  ],
  [
    'a follow-up at the sender’s daytime instead of the prospect’s',
    'wrong-hour',
    (run) => {
      const letter = followUpTo(run, 'ticket');
      letter.at = new Date(Date.parse(letter.at) + 12 * 3_600_000).toISOString();
    },
  ],
  [
    'a follow-up before the week is over',
    'follow-up-too-early',
    (run) => {
      const letter = followUpTo(run, 'silent');
      letter.at = new Date(Date.parse(firstTo(run, 'silent').at) + 7 * 86_400_000 - 120_000).toISOString();
    },
  ],
  [
    'a letter in an absence',
    'letter-in-absence',
    (run) => {
      const { zone } = prospectOf(run, 'absence-until');
      const letter = followUpTo(run, 'absence-until');
      const { second } = wallOf(Date.parse(letter.at), zone);
      const eve = addDays(answerOf(run, 'absence-until').returnOn!, -1);
      letter.at = new Date(instantAt(eve, second, zone)).toISOString();
    },
  ],
  [
    'a letter on the very day of return',
    'letter-in-absence',
    (run) => {
      const { zone } = prospectOf(run, 'absence-back-on');
      const letter = followUpTo(run, 'absence-back-on');
      const back = answerOf(run, 'absence-back-on').returnOn!;
      letter.at = new Date(instantAt(back, 10 * 3600, zone)).toISOString();
    },
  ],
  [
    'a broken thread',
    'broken-thread',
    (run) => {
      delete followUpTo(run, 'silent').headers['In-Reply-To'];
    },
  ],
  [
    'a thread to a stranger’s letter',
    'broken-thread',
    (run) => header(followUpTo(run, 'silent'), 'References', firstTo(run, 'ticket').headers['Message-ID']!),
  ],
  ['another subject', 'broken-thread', (run) => header(followUpTo(run, 'silent'), 'Subject', 'Re: Prices')],
  [
    'a follow-up without the first letter below',
    'missing-quote',
    (run) => {
      const letter = followUpTo(run, 'silent');
      letter.text = letter.text.replace(/^>.*$/gm, '');
    },
  ],
  [
    'a missing follow-up',
    'missing-follow-up',
    (run) => {
      run.outbox.splice(run.outbox.indexOf(followUpTo(run, 'silent')), 1);
    },
  ],
  [
    'a missing follow-up after a dated absence',
    'missing-follow-up',
    (run) => {
      run.outbox.splice(run.outbox.indexOf(followUpTo(run, 'absence-until')), 1);
    },
  ],
  [
    'a missing first letter',
    'missing-first-letter',
    (run) => {
      const gone = lettersTo(run, 'silent');
      run.outbox = run.outbox.filter((mail) => !gone.includes(mail));
    },
  ],
  [
    'a reply that called nobody',
    'missing-alert',
    (run) => {
      run.outbox = run.outbox.filter((mail) => mail.headers['Reply-To'] !== prospectOf(run, 'reply').address);
    },
  ],
  [
    'an alert three minutes late',
    'missing-alert',
    (run) => {
      const alert = run.outbox.find((mail) => mail.headers['Reply-To'] === prospectOf(run, 'reply').address)!;
      alert.at = new Date(Date.parse(alert.at) + 180_000).toISOString();
    },
  ],
  [
    'an alert for an absence note',
    'alert-for-machine-mail',
    (run) => {
      const alert = run.outbox.find((mail) => mail.to === run.scenario.sender.alertAddress)!;
      const note = answerOf(run, 'absence-inclusive');
      const copy = copyOf(alert, Date.parse(note.at) + 5_000);
      delete copy.headers['In-Reply-To'];
      header(copy, 'Reply-To', prospectOf(run, 'absence-inclusive').address);
      run.outbox.push(copy);
    },
  ],
  [
    'an alert that a responder would answer',
    'alert-not-marked-automatic',
    (run) => {
      delete run.outbox.find((mail) => mail.to === run.scenario.sender.alertAddress)!.headers[
        'Auto-Submitted'
      ];
    },
  ],
  [
    'a letter marked as automatic',
    'marked-automatic',
    (run) => header(firstTo(run, 'silent'), 'Precedence', 'bulk'),
  ],
  [
    'a reply address elsewhere',
    'bad-reply-to',
    (run) => header(firstTo(run, 'silent'), 'Reply-To', run.scenario.sender.address),
  ],
  [
    'one reply address for two prospects',
    'bad-reply-to',
    (run) => {
      for (const letter of lettersTo(run, 'silent')) {
        header(letter, 'Reply-To', firstTo(run, 'ticket').headers['Reply-To']!);
        letter.returnPath = letter.headers['Reply-To']!;
      }
    },
  ],
  [
    'a return path that is not the reply address',
    'bad-return-path',
    (run) => {
      firstTo(run, 'silent').returnPath = 'r+somebodyelse000@reply.harbourtools.example';
    },
  ],
  [
    'a follow-up without one-click unsubscribing',
    'missing-list-unsubscribe',
    (run) => {
      delete followUpTo(run, 'silent').headers['List-Unsubscribe-Post'];
    },
  ],
  [
    'a letter without an opt-out link',
    'missing-opt-out',
    (run) => {
      const letter = firstTo(run, 'silent');
      letter.text = letter.text.replace(/http:\S+/, '');
    },
  ],
  [
    'a letter without a postal address',
    'missing-postal-address',
    (run) => {
      const letter = firstTo(run, 'silent');
      letter.text = letter.text.replace('Haixing Road', '');
    },
  ],
  [
    'a Message-ID that is not SES’s',
    'bad-message-id',
    (run) => header(firstTo(run, 'silent'), 'Message-ID', '<own@harbourtools.example>'),
  ],
  [
    'a placeholder that was left over',
    'placeholder-left',
    (run) => {
      firstTo(run, 'silent').text += '\n{{ contact.firstName }}';
    },
  ],
  [
    'a letter that names another prospect’s company',
    'names-someone-else',
    (run) => {
      firstTo(run, 'silent').text += `\nWe admire ${prospectOf(run, 'ticket').company}.`;
    },
  ],
  [
    'a letter to somebody outside the scenario',
    'unknown-recipient',
    (run) => {
      firstTo(run, 'silent').to = 'stranger@elsewhere.example';
    },
  ],
  [
    'a letter from somebody else',
    'wrong-sender',
    (run) => header(firstTo(run, 'silent'), 'From', 'x@y.example'),
  ],
  [
    'an answer that the demo forgot to play',
    'answer-not-played',
    (run) => {
      run.inbound.splice(run.inbound.indexOf(answerOf(run, 'ticket')), 1);
    },
  ],
  [
    'a WhatsApp task that the API does not report',
    'task-not-reported',
    (run) => {
      run.state = { ...run.state, tasks: run.state.tasks.filter((task) => task.kind !== 'whatsapp') };
    },
  ],
  [
    'an absence hold that the API does not report',
    'hold-not-reported',
    (run) => {
      run.state = { ...run.state, holds: [] };
    },
  ],
];
