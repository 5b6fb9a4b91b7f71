/** What the demo's salesperson writes: the four parts of a first letter, and one follow-up with a reason to answer. */
import type { SequenceGiven } from '../../../shared/api/sequences.ts';
import type { CampaignName } from '../../../test/fixtures/demo/scenario-file.ts';

const LETTERS: SequenceGiven = {
  id: 'first-letter-and-follow-up',
  name: 'First letter and one follow-up',
  language: 'en',
  steps: [
    {
      kind: 'letter',
      delay: { days: 0 },
      subject: 'Quick-release tools for {{ contact.company }}',
      body: [
        'Dear {{ contact.firstName }},',
        'My name is {{ sender.name }}; I look after dealers abroad at {{ sender.company }}, a maker of quick-release workshop tools in Ningbo.',
        '{{ contact.why }}',
        'We would like to work with one partner in {{ contact.country }}: you would get our two-hand wrench on exclusive terms, a sample set to try on your own bench, and spare parts from stock within ten days.',
        'Everything about the tools is at {{ sender.website }}. I answer this address myself, and the phone below reaches me directly.',
        'Kind regards,\n{{ sender.name }}',
      ].join('\n\n'),
    },
    {
      kind: 'letter',
      delay: { days: 7 },
      body: [
        'Dear {{ contact.firstName }},',
        'Last week I wrote to you about our quick-release tools. May I send {{ contact.company }} a sample set, free of charge, so that your own people can say what they think of it?',
        'If a short call suits you better than mail, tell me which hour is good for you. And if somebody else looks after tools at {{ contact.company }}, a name would already help me.',
        'Kind regards,\n{{ sender.name }}',
      ].join('\n\n'),
      bodyAfterAbsence: [
        'Dear {{ contact.firstName }},',
        'I hope you had time to arrive again. My letter about quick-release tools reached you while you were away, so here it is once more below.',
        'May I send {{ contact.company }} a sample set, free of charge, so that your own people can say what they think of it?',
        'Kind regards,\n{{ sender.name }}',
      ].join('\n\n'),
    },
  ],
};

const [FIRST, SECOND] = LETTERS.steps;
const CALL_A = {
  kind: 'task' as const,
  delay: { workingDays: 2 },
  channel: 'call' as const,
  grades: ['A' as const],
  text: 'Ask whether the sample set would be of use, and who decides about tools.',
};
const CALL_B_C = { ...CALL_A, delay: { workingDays: 3 }, grades: ['B' as const, 'C' as const] };

/** By the name of the demo's campaign. With calls: A after each unanswered letter, B and C after the second. */
export const DEMO_SEQUENCES: Readonly<Record<CampaignName, SequenceGiven>> = {
  letters: LETTERS,
  calls: {
    ...LETTERS,
    id: 'letters-and-calls',
    name: 'Two letters, and calls by grade',
    steps: [FIRST, CALL_A, SECOND, CALL_A, CALL_B_C].filter((step) => step !== undefined),
  },
  approval: { ...LETTERS, id: 'seen-letters', name: 'Two letters that somebody has seen' },
};
