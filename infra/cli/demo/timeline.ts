/** What happens, as it happens: one line an event with both clocks, and a bar that says how much of the weeks is left. */
import type { TaskView } from '../../../shared/api/tasks.ts';
import type { Answer, Prospect, Scenario } from '../../../test/fixtures/demo/scenario-file.ts';

export type Timeline = {
  launched(at: number, campaign: string, contacts: number): void;
  day(at: number): void;
  sent(at: number, prospect: Prospect, role: 'first' | 'follow-up'): void;
  answered(at: number, prospect: Prospect, answer: Answer, returnOn: string | undefined): void;
  alerted(at: number, subject: string): void;
  moved(at: number, prospect: Prospect, why: string): void;
  /** `quote`: the sentence of the mail that names it. */
  held(at: number, prospect: Prospect, until: number, quote: string | undefined): void;
  asked(at: number, prospect: Prospect, task: Asked): void;
  /** By the salesperson's own hand. */
  did(at: number, prospect: Prospect, what: string): void;
  end(): void;
};

type Asked = Pick<TaskView, 'kind' | 'dueAt' | 'phone' | 'person' | 'quote'>;

const BAR_CHARS = 30;
const QUOTE_CHARS_MAX = 140;
const CLEAR_LINE = '\r\u001b[2K';

export function startTimeline(scenario: Scenario, options: { readonly isQuiet: boolean }): Timeline {
  const from = Date.parse(scenario.launchAt);
  const whole = Date.parse(scenario.endsAt) - from;
  const isTerminal = process.stdout.isTTY === true && !options.isQuiet;
  const { zone } = scenario.sender;

  const bar = (at: number): void => {
    if (!isTerminal) return;
    const done = Math.min(1, Math.max(0, (at - from) / whole));
    const full = Math.round(done * BAR_CHARS);
    process.stdout.write(
      `${CLEAR_LINE}${'█'.repeat(full)}${'░'.repeat(BAR_CHARS - full)} ${dayIn(at, zone)}`,
    );
  };
  const line = (at: number, sign: string, there: string, words: string): void => {
    if (options.isQuiet) return;
    if (isTerminal) process.stdout.write(CLEAR_LINE);
    console.log(`${dayIn(at, zone)} ${timeIn(at, zone)}  ${there.padEnd(22)} ${sign} ${words}`);
    bar(at);
  };
  const clockOf = (at: number, prospect: Prospect): string =>
    `${dayIn(at, prospect.zone).slice(0, 3)} ${timeIn(at, prospect.zone)} ${prospect.city}`;
  const who = (prospect: Prospect): string =>
    `${prospect.firstName} ${prospect.lastName}, ${prospect.company} (${prospect.country})`;

  return {
    launched: (at, campaign, contacts) => {
      line(
        at,
        '▶',
        '',
        `launched "${campaign}" to ${contacts} contacts; left: ${scenario.sender.name}'s clock, then the prospect's`,
      );
    },
    day: bar,
    sent: (at, prospect, role) =>
      line(
        at,
        '✉',
        clockOf(at, prospect),
        `${role === 'first' ? 'first letter' : 'follow-up'} to ${who(prospect)}`,
      ),
    answered: (at, prospect, answer, returnOn) =>
      line(
        at,
        '↩',
        clockOf(at, prospect),
        `${WORDS[answer.kind]}${returnOn ? `, back on ${returnOn}` : ''}: ${who(prospect)}`,
      ),
    alerted: (at, subject) => line(at, '☎', '', `ALERT  ${subject}`),
    moved: (at, prospect, why) => line(at, '·', clockOf(at, prospect), `${who(prospect)}: ${why}`),
    held: (at, prospect, until, quote) =>
      line(
        at,
        '⏸',
        clockOf(at, prospect),
        `held until ${dayIn(until, prospect.zone)}: ${who(prospect)}${quoted(quote)}`,
      ),
    asked: (at, prospect, task) => {
      const whom = task.person ? ` ${task.person}` : '';
      const number = task.phone ? ` ${task.phone}` : '';
      const due = `${dayIn(Date.parse(task.dueAt), prospect.zone)} ${timeIn(Date.parse(task.dueAt), prospect.zone)}`;
      const words = `task "${task.kind}"${whom}${number}, due ${due} there${quoted(task.quote)}`;
      line(at, '☐', clockOf(at, prospect), words);
    },
    did: (at, prospect, what) => line(at, '☑', clockOf(at, prospect), `${what}: ${who(prospect)}`),
    end: () => {
      if (isTerminal) process.stdout.write(CLEAR_LINE);
      if (!options.isQuiet) console.log('\nWhat the auditor, who saw only the mails, says:\n');
    },
  };
}

const WORDS: Readonly<Record<Answer['kind'], string>> = {
  reply: 'a person answers',
  absence: 'an absence note',
  'auto-reply': 'a ticket system answers',
  bounce: 'the mail bounces',
  unsubscribe: 'asks not to be written to',
  'left-company': 'no longer works there',
};

/** A letter in nobody's language here is still the evidence: it is shown as it was written. */
const quoted = (quote: string | undefined): string =>
  quote
    ? ` “${quote.length > QUOTE_CHARS_MAX ? `${quote.slice(0, QUOTE_CHARS_MAX).toWellFormed()}…` : quote}”`
    : '';

const dayIn = (at: number, zone: string): string =>
  new Date(at)
    .toLocaleDateString('en-GB', { timeZone: zone, weekday: 'short', day: '2-digit', month: 'short' })
    .replace(',', '');
const timeIn = (at: number, zone: string): string =>
  new Date(at).toLocaleTimeString('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit' });
