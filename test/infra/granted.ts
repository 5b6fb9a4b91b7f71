// What the synthesized policies grant, back in the names that mean the same everywhere (infra/permissions/).
import { FUNCTIONS, type FunctionName } from '../../infra/queue-settings.ts';
import type { TemplateJson } from './stack-fixture.ts';
import { policiesOf, productFunctions, type Statement } from './stack-promises.ts';

export type Grant = { readonly function: FunctionName; readonly action: string; readonly resource: string };

/** What Lambda, its pollers and the Scheduler ask of a role: no SDK call of ours, so no run can show it. */
export const PLATFORM: Readonly<Record<string, string>> = {
  'logs:CreateLogStream': 'Lambda writes the log',
  'logs:PutLogEvents': 'Lambda writes the log',
  'xray:PutTraceSegments': 'Lambda sends traces, where they are switched on',
  'xray:PutTelemetryRecords': 'Lambda sends traces, where they are switched on',
  'sqs:ReceiveMessage': 'the event source mapping polls',
  'sqs:DeleteMessage': 'the event source mapping deletes what succeeded',
  'sqs:GetQueueAttributes': 'the event source mapping reads the queue’s depth',
  'iam:PassRole': 'CreateSchedule hands the schedule role over',
};

export const isPlatform = (statement: Pick<Statement, 'Sid' | 'Action'>): boolean =>
  ['Logs', 'Poll', 'HandOver', 'Traces'].includes(String(statement.Sid)) &&
  [statement.Action].flat().every((action) => action in PLATFORM);

/** Every action of every product function outside the platform set. */
export function grantsOf(template: TemplateJson): readonly Grant[] {
  return FUNCTIONS.flatMap((name) => {
    const found = productFunctions(template).find(
      ([, one]) => one.Properties.Description === `Relance: ${name}`,
    );
    const role = /\["(\w+)","Arn"\]/.exec(JSON.stringify(found?.[1].Properties.Role))?.[1] ?? '';
    return policiesOf(template)
      .filter(([id]) => JSON.stringify(template.Resources[id]?.Properties.Roles).includes(`"${role}"`))
      .filter(([, statement]) => !isPlatform(statement))
      .flatMap(([, statement]) => grantsIn(name, statement));
  });
}

function grantsIn(name: FunctionName, { Action, Resource }: Statement): readonly Grant[] {
  const actions = [Action].flat();
  return actions.flatMap((action) => {
    const resources = new Set([Resource].flat().map((one) => nameOf(one, action)));
    return [...resources].map((resource) => ({ function: name, action, resource }));
  });
}

/** What speaks of the account and knows no resource: only of these a star is a name. */
const OF_ACCOUNT: Readonly<Record<string, string>> = { 'ses:GetSendQuota': 'sending' };

/** Logical ids carry the construct's path; a resource that none of these fits is shown as it is, and fits nothing. */
function nameOf(resource: unknown, action: string): string {
  if (resource === '*') return OF_ACCOUNT[action] ?? '*';
  const text = JSON.stringify(resource) ?? '';
  const queue = /"(\w+?)Queue(Dead)?[0-9A-F]{8}"/.exec(text);
  if (queue) return `queue/${queue[1]?.toLowerCase()}${queue[2] ? '-dead' : ''}`;
  const index = /\/index\/(\w+)"/.exec(text)?.[1];
  if (/GetAttTable[0-9A-F]{8}Arn/.test(text)) return index ? `table/index/${index}` : 'table';
  const path = /"\/([\w/]+\/\*)"/.exec(text)?.[1];
  if (/GetAttMails[0-9A-F]{8}Arn/.test(text)) return path ? `inbound-mail/${path}` : 'inbound-mail';
  if (/"ExchangeFiles[0-9A-F]{8}"/.test(text)) return path ? `files/${path}` : 'files';
  if (text.includes(':schedule/')) return 'schedules';
  if (/:identity\/|configuration-set/.test(text)) return 'mail';
  return text;
}
