/**
 * Every resource of the API, loaded with the first request for it: what it declares (its schemas) and what handles it.
 * A cold start answers one request, and should not read the code of twenty other resources for it.
 */
import type { Operation } from '../../shared/api/operation.ts';
import type { Operations } from '../../shared/api/operations.ts';
import type { OperationId } from '../../shared/api/routes.ts';
import type { Ports } from '../../shared/ports.ts';
import type { Asked, Deed, FileContent, Headers, MakeHandlers } from './handler.ts';

type ResourceOf<Id extends string> = Id extends `${infer Name}.${string}` ? Name : never;
type Resource = ResourceOf<OperationId>;
type Declared<Name extends Resource> = Pick<Operations, Extract<OperationId, `${Name}.${string}`>>;
type Loaded<Name extends Resource> = {
  readonly operations: Declared<Name>;
  readonly make: MakeHandlers<Declared<Name>>;
};

/** The compiler names the resource, the operation or the handler that is missing. */
const RESOURCES: { readonly [Name in Resource]: () => Promise<Loaded<Name>> } = {
  health: async () => {
    const { healthOperations: operations } = await import('../../shared/api/operations/health.ts');
    return { operations, make: (await import('./health.ts')).healthHandlers };
  },
  today: async () => {
    const { todayOperations: operations } = await import('../../shared/api/operations/today.ts');
    return { operations, make: (await import('./today.ts')).todayHandlers };
  },
  companies: async () => {
    const { companyOperations: operations } = await import('../../shared/api/operations/companies.ts');
    return { operations, make: (await import('./companies.ts')).companyHandlers };
  },
  reference: async () => {
    const { referenceOperations: operations } = await import('../../shared/api/operations/reference.ts');
    return { operations, make: (await import('./reference.ts')).referenceHandlers };
  },
  senders: async () => {
    const { senderOperations: operations } = await import('../../shared/api/operations/senders.ts');
    return { operations, make: (await import('./senders.ts')).senderHandlers };
  },
  channels: async () => {
    const { channelOperations: operations } = await import('../../shared/api/operations/channels.ts');
    return { operations, make: (await import('./channels.ts')).channelHandlers };
  },
  sequences: async () => {
    const { sequenceOperations: operations } = await import('../../shared/api/operations/sequences.ts');
    return { operations, make: (await import('./sequences.ts')).sequenceHandlers };
  },
  campaigns: async () => {
    const { campaignOperations: operations } = await import('../../shared/api/operations/campaigns.ts');
    return { operations, make: (await import('./campaigns.ts')).campaignHandlers };
  },
  contacts: async () => {
    const { contactOperations: operations } = await import('../../shared/api/operations/contacts.ts');
    return { operations, make: (await import('./contacts.ts')).contactHandlers };
  },
  enrollments: async () => {
    const { enrollmentOperations: operations } = await import('../../shared/api/operations/enrollments.ts');
    return { operations, make: (await import('./enrollments.ts')).enrollmentHandlers };
  },
  approvals: async () => {
    const { approvalOperations: operations } = await import('../../shared/api/operations/approvals.ts');
    return { operations, make: (await import('./approvals.ts')).approvalHandlers };
  },
  messages: async () => {
    const { messageOperations: operations } = await import('../../shared/api/operations/messages.ts');
    return { operations, make: (await import('./messages.ts')).messageHandlers };
  },
  tasks: async () => {
    const { taskOperations: operations } = await import('../../shared/api/operations/tasks.ts');
    return { operations, make: (await import('./tasks.ts')).taskHandlers };
  },
  alerts: async () => {
    const { alertOperations: operations } = await import('../../shared/api/operations/alerts.ts');
    return { operations, make: (await import('./alerts.ts')).alertHandlers };
  },
  webhooks: async () => {
    const { webhookOperations: operations } = await import('../../shared/api/operations/webhooks.ts');
    return { operations, make: (await import('./webhooks.ts')).webhookHandlers };
  },
  suppressions: async () => {
    const { suppressionOperations: operations } = await import('../../shared/api/operations/suppressions.ts');
    return { operations, make: (await import('./suppressions.ts')).suppressionHandlers };
  },
  imports: async () => {
    const { importOperations: operations } = await import('../../shared/api/operations/imports.ts');
    return { operations, make: (await import('./imports.ts')).importHandlers };
  },
  exports: async () => {
    const { exportOperations: operations } = await import('../../shared/api/operations/imports.ts');
    return { operations, make: (await import('./imports.ts')).exportHandlers };
  },
  stats: async () => {
    const { statsOperations: operations } = await import('../../shared/api/operations/stats.ts');
    return { operations, make: (await import('./stats.ts')).statsHandlers };
  },
  people: async () => {
    const { peopleOperations: operations } = await import('../../shared/api/operations/people.ts');
    return { operations, make: (await import('./people.ts')).peopleHandlers };
  },
  audit: async () => {
    const { auditOperations: operations } = await import('../../shared/api/operations/people.ts');
    return { operations, make: (await import('./people.ts')).auditHandlers };
  },
  retention: async () => {
    const { retentionOperations: operations } = await import('../../shared/api/operations/people.ts');
    return { operations, make: (await import('./people.ts')).retentionHandlers };
  },
};

/** A handler with its types worn off: the declaration beside it says what they were. */
type AnyHandler = (asked: Asked<Operation, OperationId>) => Promise<AnyAnswer>;
export type AnyAnswer =
  | FileContent
  | { readonly status: number; readonly body: unknown; readonly headers?: Headers; readonly deed?: Deed };

type AnyResource = {
  readonly operations: Readonly<Record<string, Operation>>;
  readonly handlers: Readonly<Record<string, AnyHandler>>;
};

/** Answers how one operation is declared and what handles it; each resource is loaded once. */
export function resourcesOf(
  ports: Ports,
): (id: OperationId) => Promise<{ readonly operation: Operation; readonly handler: AnyHandler }> {
  const loading = new Map<string, Promise<AnyResource>>();
  const load = async (name: Resource): Promise<AnyResource> => {
    const { operations, make } = await RESOURCES[name]();
    return { operations, handlers: make(ports) as unknown as AnyResource['handlers'] };
  };
  return async (id) => {
    const name = id.slice(0, id.indexOf('.')) as Resource;
    const resource = loading.get(name) ?? load(name);
    loading.set(name, resource);
    const { operations, handlers } = await resource;
    const [operation, handler] = [operations[id], handlers[id]];
    if (!operation || !handler) throw new Error(`The operation ${id} is declared nowhere`);
    return { operation, handler };
  };
}
