/** What happens, as it happens: one line an event with both clocks, and a bar that says how much of the weeks is left. */
import type { Answer, Prospect, Scenario } from '../../../test/fixtures/demo/scenario-file.ts';

export type Timeline = {
  launched(at: number, campaign: string, contacts: number): void;
  day(at: number): void;
  sent(at: number, prospect: Prospect, role: 'first' | 'follow-up'): void;
  answered(at: number, prospect: Prospect, answer: Answer, returnOn: string | undefined): void;
  alerted(at: number, subject: string): void;
  moved(at: number, prospect: Prospect, why: string): void;
  end(): void;
};

const BAR_CHARS = 30;
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

const dayIn = (at: number, zone: string): string =>
  new Date(at)
    .toLocaleDateString('en-GB', { timeZone: zone, weekday: 'short', day: '2-digit', month: 'short' })
    .replace(',', '');
const timeIn = (at: number, zone: string): string =>
  new Date(at).toLocaleTimeString('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit' });
