// What each call of a port does on AWS, read off functions/aws/: so the simulator, which has no SDK, tells permissions
// too. Every operation that a simulated function called must stand here.
import type { Permission } from '../../infra/permissions/sdk-actions.ts';

const on = (resource: string, ...actions: string[]): readonly Permission[] =>
  actions.map((action) => ({ action, resource }));
const table = (...actions: string[]) => on('table', ...actions.map((action) => `dynamodb:${action}`));
const listed = (...actions: string[]) => [...table(...actions), ...on('table/index/list', 'dynamodb:Query')];

export const PORT_ACTIONS: Readonly<Record<string, readonly Permission[]>> = {
  loadState: table('GetItem'),
  saveState: table('PutItem'),
  load: table('GetItem'),
  putNew: table('PutItem'),
  put: table('PutItem'),
  replace: table('PutItem'),
  keepBecause: table('PutItem'),
  keepWalk: table('PutItem'),
  listBecause: table('Query'),
  listWalks: table('Query'),
  listReports: table('Query'),
  linkSesId: table('PutItem'),
  findSesId: table('GetItem'),
  readGates: table('BatchGetItem'),
  takeQuota: table('UpdateItem'),
  giveQuota: table('UpdateItem'),
  noteFate: table('UpdateItem'),
  readFates: table('BatchGetItem'),
  pauseSender: table('PutItem'),
  resumeSender: table('DeleteItem'),
  loadSenderGate: table('GetItem'),
  saveInbound: table('UpdateItem'),
  loadInbound: table('GetItem'),
  suppressDomain: table('UpdateItem'),
  isDomainSuppressed: table('GetItem'),
  loadCompany: table('GetItem'),
  takeCompany: table('UpdateItem'),
  moveCompany: table('UpdateItem'),
  holdCompany: table('UpdateItem'),
  releaseCompany: table('UpdateItem'),
  listEnrollments: listed('BatchGetItem'),
  listDue: on('table/index/due', 'dynamodb:Query'),
  listCampaigns: listed('BatchGetItem'),
  listSenders: listed('BatchGetItem'),
  listSequences: listed('BatchGetItem'),
  newestSequence: table('Query'),
  listCompany: listed('BatchGetItem'),
  // Of a contact: the open ones of everybody are listed by the API only, which the end-to-end runs show.
  listMessages: table('Query'),
  listTasks: table('Query'),
  listAlerts: listed('BatchGetItem'),
  reservePlace: table('UpdateItem', 'GetItem'),
  releasePlace: table('GetItem', 'UpdateItem'),
  readPlaces: table('BatchGetItem'),
  reserveSlot: table('PutItem'),
  releaseSlot: table('DeleteItem'),
  listSlots: table('Query'),
  // Whoever can set a timer can set a near one and a far one: which it is the clock decides.
  setStep: [...on('schedules', 'scheduler:CreateSchedule'), ...on('queue/steps', 'sqs:SendMessage')],
  queuePage: on('queue/enroll', 'sqs:SendMessage'),
  send: on('mail', 'ses:SendRawEmail'),
  'read mail': on('inbound-mail/inbound/*', 's3:GetObject'),
  sendMark: on('queue/inbound', 'sqs:SendMessage'),
  requeue: on('queue/inbound', 'sqs:SendMessage'),
  countDeadLetters: on('queue/inbound-dead', 'sqs:GetQueueAttributes'),
  'queue alert': on('queue/alerts', 'sqs:SendMessage'),
  post: [],
};
