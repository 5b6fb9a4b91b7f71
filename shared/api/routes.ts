/**
 * The map of the API: each operation's name, method and path below `/v1`. All that a client needs at run time stands
 * here, so that no schema travels to a browser; what an operation takes and answers is declared under the same name.
 */
export const ROUTES = {
  'health.get': 'GET /health',
  'reference.openapi': 'GET /openapi.json',

  'today.get': 'GET /today',
  'today.pulse': 'GET /pulse',

  'companies.get': 'GET /companies/{domain}',

  'senders.create': 'POST /senders',
  'senders.list': 'GET /senders',
  'senders.get': 'GET /senders/{id}',
  'senders.change': 'PATCH /senders/{id}',
  'senders.pause': 'POST /senders/{id}/pause',
  'senders.resume': 'POST /senders/{id}/resume',
  'senders.probe': 'POST /senders/{id}/probe',
  'senders.transfer': 'POST /senders/{id}/transfer',

  'channels.list': 'GET /senders/{id}/channels',
  'channels.add': 'POST /senders/{id}/channels',
  'channels.remove': 'DELETE /senders/{id}/channels/{channelId}',
  'channels.test': 'POST /senders/{id}/channels/{channelId}/test',

  'sequences.save': 'POST /sequences',
  'sequences.list': 'GET /sequences',
  'sequences.get': 'GET /sequences/{id}',
  'sequences.getVersion': 'GET /sequences/{id}/versions/{version}',

  'campaigns.create': 'POST /campaigns',
  'campaigns.preview': 'POST /campaigns/preview',
  'campaigns.sendTest': 'POST /campaigns/test-letter',
  'campaigns.list': 'GET /campaigns',
  'campaigns.get': 'GET /campaigns/{id}',
  'campaigns.addContacts': 'POST /campaigns/{id}/contacts',
  'campaigns.launch': 'POST /campaigns/{id}/launch',
  'campaigns.pause': 'POST /campaigns/{id}/pause',
  'campaigns.resume': 'POST /campaigns/{id}/resume',
  'campaigns.stop': 'POST /campaigns/{id}/stop',
  'campaigns.enrollments': 'GET /campaigns/{id}/enrollments',
  'campaigns.reports': 'GET /campaigns/{id}/reports',
  'campaigns.moveToVersion': 'POST /campaigns/{id}/version',

  'contacts.list': 'GET /contacts',
  'contacts.save': 'POST /contacts',
  'contacts.saveMany': 'POST /contacts/batch',
  'contacts.get': 'GET /contacts/{id}',
  'contacts.edit': 'PATCH /contacts/{id}',
  'contacts.card': 'GET /contacts/{id}/card',
  'contacts.timeline': 'GET /contacts/{id}/timeline',
  'contacts.messages': 'GET /contacts/{id}/messages',
  'contacts.settleSuggestion': 'POST /contacts/{id}/suggestions',
  'contacts.suppress': 'POST /contacts/{id}/suppress',

  'enrollments.get': 'GET /enrollments/{id}',
  'enrollments.next': 'GET /enrollments/{id}/next',
  'enrollments.hold': 'POST /enrollments/{id}/hold',
  'enrollments.release': 'POST /enrollments/{id}/release',
  'enrollments.stop': 'POST /enrollments/{id}/stop',
  'enrollments.resume': 'POST /enrollments/{id}/resume',
  'enrollments.decide': 'POST /enrollments/{id}/decide',

  'enrollments.letter': 'GET /enrollments/{id}/letter',
  'enrollments.editLetter': 'PUT /enrollments/{id}/letters/{step}',
  'enrollments.approve': 'POST /enrollments/{id}/approve',
  'enrollments.decline': 'POST /enrollments/{id}/decline',

  'approvals.list': 'GET /approvals',
  'approvals.approve': 'POST /approvals',

  'messages.list': 'GET /messages',
  'messages.get': 'GET /messages/{contactId}/{id}',
  'messages.original': 'GET /messages/{contactId}/{id}/original',
  'messages.raw': 'GET /messages/{contactId}/{id}/raw',
  'messages.answer': 'POST /messages/{contactId}/{id}/answer',
  'messages.assign': 'POST /messages/unmatched/{id}/assign',
  'messages.correct': 'POST /messages/{contactId}/{id}/reading',

  'tasks.list': 'GET /tasks',
  'tasks.get': 'GET /tasks/{contactId}/{id}',
  'tasks.card': 'GET /tasks/{contactId}/{id}/card',
  'tasks.close': 'POST /tasks/{contactId}/{id}/outcome',
  'tasks.snooze': 'POST /tasks/{contactId}/{id}/snooze',
  'tasks.override': 'POST /tasks/{contactId}/{id}/override',

  'alerts.list': 'GET /alerts',
  'alerts.get': 'GET /alerts/{id}',
  'alerts.acknowledge': 'POST /alerts/{id}/acknowledge',
  'alerts.deliveries': 'GET /alerts/{id}/deliveries',
  'alerts.retry': 'POST /alerts/{id}/retry',

  'webhooks.list': 'GET /webhooks',
  'webhooks.add': 'POST /webhooks',
  'webhooks.remove': 'DELETE /webhooks/{id}',
  'webhooks.test': 'POST /webhooks/{id}/test',
  'webhooks.undelivered': 'GET /webhooks/{id}/undelivered',
  'webhooks.retry': 'POST /webhooks/{id}/undelivered/{noticeId}/retry',

  'imports.create': 'POST /imports',
  'imports.small': 'POST /contacts/import',
  'imports.read': 'POST /imports/read',
  'imports.list': 'GET /imports',
  'imports.get': 'GET /imports/{id}',
  'exports.create': 'POST /exports',

  'stats.get': 'GET /stats',
  'stats.campaign': 'GET /campaigns/{id}/stats',

  'people.export': 'GET /contacts/{id}/export',
  'people.erase': 'DELETE /contacts/{id}',
  'people.erasure': 'GET /contacts/{id}/erasure',
  'audit.list': 'GET /audit',
  'retention.get': 'GET /retention',
  'retention.set': 'PUT /retention',

  'suppressions.list': 'GET /suppressions',
  'suppressions.add': 'POST /suppressions',
  'suppressions.addMany': 'POST /suppressions/batch',
  'suppressions.remove': 'DELETE /suppressions/{entry}',
} as const;

export type OperationId = keyof typeof ROUTES;
export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export type RouteOf<Id extends OperationId> = (typeof ROUTES)[Id];
export type MethodOf<Id extends OperationId> =
  RouteOf<Id> extends `${infer Name extends Method} ${string}` ? Name : never;

/** `'/tasks/{contactId}/{id}'` → `['contactId', 'id']`. */
type NamesIn<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? [Name, ...NamesIn<Rest>]
  : [];
/** The parameters of the path, in their order. */
export type ParamNames<Id extends OperationId> = NamesIn<RouteOf<Id>>;

export function routeOf(id: OperationId): { readonly method: Method; readonly path: string } {
  const [method, path] = ROUTES[id].split(' ');
  return { method: method as Method, path: path ?? '' };
}

export const paramNamesOf = (path: string): readonly string[] =>
  [...path.matchAll(/\{([A-Za-z]{1,30})\}/g)].map((match) => match[1] ?? '');
