/**
 * The little world that the examples of the reference speak of: one seller, one sequence, one prospect. A test seeds
 * exactly this and runs every example against it, so an example that does not work cannot be printed.
 */

export const EXAMPLE_SENDER = {
  id: 'linwei',
  name: 'Lin Wei',
  company: 'Harbour Tools',
  address: 'lin.wei@export.example',
  phone: '+8657455550123',
  zone: 'Asia/Shanghai',
  postalAddress: '88 Haixing Road, Ningbo 315000, China',
};

export const EXAMPLE_COLLEAGUE = {
  ...EXAMPLE_SENDER,
  id: 'zhaoyu',
  name: 'Zhao Yu',
  address: 'zhao.yu@export.example',
};

export const EXAMPLE_SEQUENCE = {
  id: 'first-letter',
  name: 'First letter and one follow-up',
  language: 'en',
  steps: [
    {
      kind: 'letter',
      subject: 'Hand tools for {{ contact.company }}',
      body: 'Dear {{ contact.firstName }},\n\n{{ contact.why }}\n\nMay I send you a sample set?\n\nKind regards,\nLin Wei',
    },
    {
      kind: 'letter',
      delay: { days: 7 },
      body: 'Dear {{ contact.firstName }},\n\nmay I ask whether my letter reached you?\n\nKind regards,\nLin Wei',
    },
  ],
};

export const EXAMPLE_CONTACT = {
  address: 'ana.silva@ferragens.example',
  firstName: 'Ana',
  lastName: 'Silva',
  company: 'Ferragens Lda',
  country: 'PT',
  phones: ['+351912345678'],
  grade: 'A',
  fields: { why: 'Your new shop in Porto repairs tools while people wait.' },
};

export const EXAMPLE_SECOND_CONTACT = {
  address: 'rui.costa@oficina.example',
  firstName: 'Rui',
  lastName: 'Costa',
  company: 'Oficina Costa',
  country: 'PT',
  grade: 'B',
  fields: { why: 'You teach apprentices, and our sets come in boxes of twelve.' },
};

export const EXAMPLE_CAMPAIGN = 'porto-dealers';
/** Never launched. */
export const EXAMPLE_DRAFT = 'lisbon-dealers';

/** Ids are derived from the address and the installation's own secret: another one has others. */
export const EXAMPLE_CONTACT_ID = '264djzic6k6htos6moffum7z7e';
export const EXAMPLE_ENROLLMENT_ID = `${EXAMPLE_CONTACT_ID}-1`;
/** Of the example's first letter. */
export const EXAMPLE_PRINT = 'rienfosozee7vrsbpzgg';
export const EXAMPLE_REPLY_ID = 'mail2q7x3kz4vb5n6m';
export const EXAMPLE_UNMATCHED_ID = 'mail3r2w6yt5ac4p7d';
export const EXAMPLE_TASK_ID = 'task4whatsapp5ana6';
export const EXAMPLE_ALERT_ID = 'alert5reply6ana7pt';
/** A webhook that has not taken one notice for a day. */
export const EXAMPLE_ENDPOINT_ID = 'webhook6crm';
export const EXAMPLE_NOTICE_ID = 'news7reply8ana9pt';
export const EXAMPLE_IMPORT_ID = 'import6loja7reis2csv';
