// The sender and the sequence of the model runs: letters go at any hour, and the second one practically never.
import type { SenderGiven } from '../../../shared/api/senders.ts';
import type { SequenceGiven } from '../../../shared/api/sequences.ts';
import { aContact } from '../../support/world.ts';
import { addressOf } from '../scene.ts';
import type { Person } from './model.ts';

export const SENDER: SenderGiven = {
  id: 'model',
  name: 'Lin Wei',
  company: 'Harbour Tools',
  address: 'model@export.example',
  zone: 'Asia/Shanghai',
  postalAddress: '88 Haixing Road, Ningbo 315000, China',
  dailyQuota: 10_000,
};

const rules = {
  window: { from: '00:00', to: '23:59' },
  avoidWeekEdges: false,
  avoidHolidays: false,
  anyDay: true,
  spread: false,
};

export const SEQUENCE: SequenceGiven = {
  id: 'model',
  name: 'Model',
  language: 'en',
  steps: [
    {
      kind: 'letter',
      subject: 'Tools for {{ contact.company }}',
      body: 'Dear {{ contact.firstName }},\n\n{{ contact.why }}\n\nLin Wei',
      rules,
    },
    {
      kind: 'letter',
      delay: { days: 300 },
      body: 'Dear {{ contact.firstName }},\n\nstill there?\n\nLin Wei',
      rules,
    },
  ],
};

/** The same person of another run is somebody else. */
export const contactOf = (person: Person, run: number) =>
  aContact({
    address: addressOf(`${person}${run}`),
    firstName: `${person}${run}`,
    company: `${person} ${run}`,
    fields: { why: `Reason ${person} ${run}.` },
  });

export const campaignOf = (run: number): string => `model-${run}`;
