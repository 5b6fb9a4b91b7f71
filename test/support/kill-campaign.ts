/** What the parent and the child of a kill round have in common: the campaign, its days, and what they tell each other. */
import type { CampaignGiven } from '../../shared/api/campaigns.ts';

export const CAMPAIGN_ID = 'killed';
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** A Monday, before anything is due; Lisbon keeps UTC in winter. */
export const FIRST_MORNING = Date.parse('2026-11-16T09:55:00Z');
/** Everything is due within four minutes of the morning, so that a kill falls among many letters. */
const WINDOW = { from: '10:01', to: '10:05' };

/** When everything of a day is through: the window, 15 minutes to `unknown`, 30 more to a question, and their ticks. */
export function endOfDay(at: number): number {
  const end = Math.floor(at / DAY_MS) * DAY_MS + 11.6 * HOUR_MS;
  return end > at ? end : end + DAY_MS;
}

/** A machine that was switched off over night starts again before anything is due. */
export function nextMorning(at: number): number {
  let day = Math.floor(at / DAY_MS) * DAY_MS + DAY_MS;
  while ([0, 6].includes(new Date(day).getUTCDay())) day += DAY_MS;
  return day + (FIRST_MORNING % DAY_MS);
}

export type StrikeAmong = 'all calls' | 'sends' | 'acceptances';

export type LifeOrder = {
  readonly dir: string;
  /** Where the turned clock starts, epoch ms. */
  readonly at: number;
  readonly contacts: number;
  /** Letters per contact, a day apart. */
  readonly steps: number;
  /** When the parent wants to hear `here`: at the beginning of a call into the world, or when SES has taken a letter. */
  readonly strikeAt?: { readonly among: StrikeAmong; readonly count: number };
};

/** One enrollment as the API tells it. */
export type Standing = {
  readonly contactId: string;
  readonly address: string;
  readonly state: string;
  readonly sesIds: readonly string[];
  /** An alert has put it under "needs a decision". */
  readonly isAsked: boolean;
};

export type FromChild =
  | { readonly kind: 'starting' }
  | { readonly kind: 'moment'; readonly at: number }
  | { readonly kind: 'here' }
  | { readonly kind: 'done'; readonly standings: readonly Standing[] };

export const addressOf = (number: number): string => `buyer${number}@dealer${number}.example`;
export const isProspect = (address: string): boolean => /^buyer\d+@dealer\d+\.example$/.test(address);

export const theCampaign = (contacts: number, steps: number): CampaignGiven => ({
  id: CAMPAIGN_ID,
  name: 'Killed again and again',
  launch: true,
  sender: {
    id: 'linwei',
    name: 'Lin Wei',
    company: 'Harbour Tools',
    address: 'lin.wei@export.example',
    zone: 'Europe/Lisbon',
    postalAddress: '88 Haixing Road, Ningbo 315000, China',
    dailyQuota: 10_000,
    channels: [{ kind: 'mail', id: 'desk', address: 'desk@harbour.example' }],
  },
  sequence: {
    id: 'letters',
    name: 'Letters',
    language: 'en',
    steps: Array.from({ length: steps }, (_, step) => ({
      kind: 'letter' as const,
      ...(step === 0 ? { subject: 'Tools for {{ contact.company }}' } : { delay: { days: 1 } }),
      body: `Dear {{ contact.firstName }},\n\n{{ contact.why }}\n\nThis is letter ${step + 1}.\n\nKind regards,\nLin Wei`,
      rules: { window: WINDOW, avoidHolidays: false, avoidWeekEdges: false },
    })),
  },
  contacts: Array.from({ length: contacts }, (_, number) => ({
    address: addressOf(number),
    firstName: `Buyer${number}`,
    lastName: 'Silva',
    company: `Dealer ${number}`,
    country: 'PT',
    fields: { why: `Your shop number ${number} repairs bikes while people wait.` },
  })),
});
