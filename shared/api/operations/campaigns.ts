/** The operations of /v1/campaigns. */
import { PageQuery } from '../../api.ts';
import {
  CampaignAnswer,
  CampaignInput,
  CampaignPage,
  CampaignView,
  ContactsInput,
  EnrollmentState,
  LaunchInput,
  LaunchReportPage,
  MoveInput,
} from '../campaigns.ts';
import { EnrollmentPage } from '../contacts.ts';
import {
  EXAMPLE_CAMPAIGN,
  EXAMPLE_DRAFT,
  EXAMPLE_SECOND_CONTACT,
  EXAMPLE_SENDER,
  EXAMPLE_SEQUENCE,
} from '../examples.ts';
import type { OperationsOf } from '../operation.ts';
import { PreviewAnswer, PreviewInput, TestLetterAnswer, TestLetterInput } from '../previews.ts';

const running = { params: { id: EXAMPLE_CAMPAIGN } };
const byName = { sender: EXAMPLE_SENDER.id, sequence: EXAMPLE_SEQUENCE.id };

export const campaignOperations = {
  'campaigns.create': {
    summary: 'Create a campaign, and launch it',
    description:
      'Sender and sequence are named by id or written out; contacts are written out. `launch: true` starts it at once: the answer is 202 and enrolling goes on in the background. Nothing is saved unless everything is sound; `skipRefused` leaves out the contacts that cannot be taken and names each with its reason.',
    scope: 'write',
    body: CampaignInput,
    answers: { 202: CampaignAnswer, 201: CampaignAnswer, 200: CampaignAnswer },
    example: {
      body: {
        name: 'Workshops in Portugal',
        sender: EXAMPLE_SENDER,
        sequence: EXAMPLE_SEQUENCE.id,
        contacts: [EXAMPLE_SECOND_CONTACT],
        acceptWarnings: 'all',
        launch: true,
      },
    },
  },
  'campaigns.preview': {
    summary: 'Preview letters and plan',
    description:
      'Every letter to up to 20 contacts with what the lint says, and when each step would happen. Saves nothing.',
    scope: 'read',
    body: PreviewInput,
    answers: { 200: PreviewAnswer },
    example: { body: { ...byName, contacts: [EXAMPLE_SECOND_CONTACT] } },
  },
  'campaigns.sendTest': {
    summary: 'Send a letter to oneself',
    description: 'One letter as a contact would get it, to the sender’s own address.',
    scope: 'write',
    body: TestLetterInput,
    answers: { 200: TestLetterAnswer },
    example: { body: { ...byName, contact: EXAMPLE_SECOND_CONTACT, step: 0 } },
  },
  'campaigns.list': {
    summary: 'List campaigns',
    scope: 'read',
    query: PageQuery,
    answers: { 200: CampaignPage },
    example: { query: { limit: '20' } },
  },
  'campaigns.get': {
    summary: 'Read a campaign',
    scope: 'read',
    answers: { 200: CampaignView },
    isVersioned: true,
    example: running,
  },
  'campaigns.addContacts': {
    summary: 'Add contacts to a campaign',
    description: 'To a draft, or to a running one: then they are enrolled in the background.',
    scope: 'write',
    body: ContactsInput,
    answers: { 202: CampaignAnswer, 200: CampaignAnswer },
    example: { ...running, body: { contacts: [EXAMPLE_SECOND_CONTACT], acceptWarnings: 'all' } },
  },
  'campaigns.launch': {
    summary: 'Launch a draft',
    scope: 'write',
    body: LaunchInput,
    isBodyOptional: true,
    answers: { 202: CampaignAnswer, 200: CampaignAnswer },
    example: { params: { id: EXAMPLE_DRAFT }, body: { acceptWarnings: 'all' } },
  },
  'campaigns.pause': {
    summary: 'Pause a campaign',
    description: 'One write: from then on no letter of it begins.',
    scope: 'write',
    answers: { 200: CampaignAnswer },
    example: running,
  },
  'campaigns.resume': {
    summary: 'Resume a campaign',
    description: 'Dates that passed meanwhile are planned anew; nothing catches up.',
    scope: 'write',
    answers: { 202: CampaignAnswer, 200: CampaignAnswer },
    example: running,
  },
  'campaigns.stop': {
    summary: 'Stop a campaign for good',
    scope: 'write',
    answers: { 202: CampaignAnswer, 200: CampaignAnswer },
    example: running,
  },
  'campaigns.enrollments': {
    summary: 'List the enrollments of a campaign',
    description:
      'All, or those of one state. A page may be short and not the last: only a missing `next` ends the list.',
    scope: 'read',
    query: PageQuery.extend({ state: EnrollmentState.optional() }),
    answers: { 200: EnrollmentPage },
    example: { ...running, query: { limit: '50', state: 'planned' } },
  },
  'campaigns.reports': {
    summary: 'Read what the launches of a campaign took and refused',
    description:
      'One report for each call that brought contacts: everybody who was refused, by id or place in the call, with the reason.',
    scope: 'read',
    query: PageQuery,
    answers: { 200: LaunchReportPage },
    example: running,
  },
  'campaigns.moveToVersion': {
    summary: 'Move a campaign to another version of its sequence',
    description:
      'Letters that have not gone are written by the new version from then on, and steps behind them planned by it; moments that ' +
      'are planned stay. Steps keep their places and kinds, more may follow. Every letter is linted first, as at a launch; an ' +
      'approval does not count for other words.',
    scope: 'write',
    body: MoveInput,
    answers: { 200: CampaignAnswer },
    example: { ...running, body: { version: 1, acceptWarnings: 'all' } },
  },
} satisfies OperationsOf<'campaigns'>;
