/** The page `docs/costs.md`: every figure in it comes from a metered run and the price table. */
import { FIXED_MONTHLY, PRICED_ON } from './prices.ts';
import { fixedMonthly, type Line, totalsOf } from './reckon.ts';

const GOAL = { silent: 0.1, answered: 0.13 };
const dollars = (amount: number, digits = 5): string => amount.toFixed(digits);
const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;

export function costPage(of: {
  readonly contacts: number;
  readonly silent: readonly Line[];
  readonly answered: readonly Line[];
  /** Write units of the run in which nobody answers, by what was written. */
  readonly writes: Readonly<Record<string, number>>;
}): string {
  const { contacts, silent, answered } = of;
  const sorted = [...answered].sort((a, b) => rankOf(b) - rankOf(a));
  const rows = sorted.map(({ name, perThousand, floor }) => {
    const cells = [
      name,
      dollars(silent.find((line) => line.name === name)?.perThousand ?? 0),
      dollars(perThousand),
      floor ? dollars(floor) : '–',
    ];
    return `| ${cells.join(' | ')} |`;
  });
  const [alone, both] = [totalsOf(silent), totalsOf(answered)];
  const shares = { silent: alone.beyond / alone.ses, answered: both.beyond / both.sesWithInbound };
  const month = (thousands: number): string => {
    const use = (both.sesWithInbound + both.beyond) * thousands;
    return `| ${(thousands * 1_000).toLocaleString('en')} | ${dollars(both.sesWithInbound * thousands, 2)} | ${dollars(both.beyond * thousands, 2)} | ${dollars(fixedMonthly(), 2)} | **${dollars(use + fixedMonthly(), 2)}** |`;
  };
  return `# What it costs

Made by \`npm run cost -- --contacts=${contacts} --write\` from the metered calls of a local run and a price table of ${PRICED_ON}
(us-east-1, USD, list prices, SES à la carte, no free tier). Two letters each; "answered": 15 % replies, 10 % absence
notes, 3 % bounces.

## Per 1,000 contacts

| line | nobody answers | answered | floor |
|---|---:|---:|---:|
${rows.join('\n')}
| **beyond SES** | **${dollars(alone.beyond)}** | **${dollars(both.beyond)}** | 0.00740 |
| of the SES bill | **${percent(shares.silent)}** | **${percent(shares.answered)}** | 3.3 % |

Goal: at most ${percent(GOAL.silent)} of the SES bill for two letters, at most ${percent(GOAL.answered)} with inbound mail:
${verdict(shares.silent, GOAL.silent)} and ${verdict(shares.answered, GOAL.answered)}.
"Floor" is what any system of this kind must pay: three writes and one schedule a letter, one queue message, nothing kept.

What stands between: the letter is kept before it goes (else nobody could say what an unknown one said) and marked after; each
SES id is kept, because answers name it; places and quota are counted per letter, so that no morning overflows; the first letter
is spread over its day by a schedule of its own; every report of SES reads the state once. Alerts by mail are most of the
difference between the two columns: a chat channel costs nothing.

Written for each contact to whom two letters go, in units of 1 KB, index entries included: ${writesOf(of.writes, contacts)}.

## A month

| contacts | SES | beyond SES | fixed | total |
|---:|---:|---:|---:|---:|
${month(1)}
${month(100)}

Fixed, whether anything is sent or not, without the free tier (which covers the polling, ten alarms, ten metrics and three
dashboards of an account): ${FIXED_MONTHLY.map(([name, count, each]) => `${name} ${dollars(count * each, 2)}`).join(', ')}.

## How it is reckoned

- **DynamoDB**: each write by the item's size and its index entries, each read by what came back.
- **Lambda**: waiting by typical answer times of AWS, one call after the other; work by the CPU time of the local run
  without its embedded services (told apart by a CPU profile), loading and compiling included, slowed down to the share of a
  CPU that each function's memory buys. So it is too much rather than too little.
- **SQS**: every message sent, received and deleted on its own; batches make it less.
- **Alerts** are mails of ours: they stand beyond SES's bill for letters.
- Not in it: CloudFront and the console (cents), data transfer, Route 53 (0.50 a zone), Cognito (first 10,000 users free).

Worth more than everything above: the SES plan. New accounts begin on *Essentials* (0.16 per 1,000); à la carte is 0.10:
\`aws sesv2 put-account-pricing-attributes --plan NONE\`.
`;
}

/** SES first, then what costs most. */
const rankOf = ({ name, perThousand }: Line): number => (name.startsWith('SES ') ? 1 : 0) + perThousand;

/** Below this a sort is named with the others. */
const NAMED_UNITS = 0.1;

function writesOf(writes: Readonly<Record<string, number>>, contacts: number): string {
  const each = Object.entries(writes).map(([word, units]) => ({ word, units: units / contacts }));
  const named = each.filter(({ units }) => units >= NAMED_UNITS).sort((a, b) => b.units - a.units);
  const rest = each.filter(({ units }) => units < NAMED_UNITS).reduce((sum, { units }) => sum + units, 0);
  const words = named.map(({ word, units }) => `${word} ${units.toFixed(1)}`);
  return [...words, `all else ${rest.toFixed(1)}`].join(', ');
}

const verdict = (share: number, goal: number): string =>
  share <= goal ? `met (${percent(share)})` : `missed by ${percent(share - goal)}`;
