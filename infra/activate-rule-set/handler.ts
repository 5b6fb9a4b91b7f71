/**
 * The one thing of SES that CloudFormation has no property for: which receipt rule set is active. A custom resource:
 * it never displaces another team's set, and on deletion it switches off only its own.
 */
import {
  DescribeActiveReceiptRuleSetCommand,
  SESClient,
  SetActiveReceiptRuleSetCommand,
} from '@aws-sdk/client-ses';

/** The fields used of what CloudFormation sends (CloudFormation guide, "Custom resource request objects"). */
export type Request = {
  readonly RequestType: 'Create' | 'Update' | 'Delete';
  readonly ResponseURL: string;
  readonly StackId: string;
  readonly RequestId: string;
  readonly LogicalResourceId: string;
  readonly PhysicalResourceId?: string;
  readonly ResourceProperties: { readonly RuleSetName: string };
};

/** What to do about the active set, without doing it. */
export function plan(
  type: Request['RequestType'],
  ours: string,
  active: string | undefined,
): 'set' | 'clear' | 'nothing' | Error {
  if (type === 'Delete') return active === ours ? 'clear' : 'nothing';
  if (active === ours) return 'nothing';
  if (active === undefined) return 'set';
  return new Error(
    `The receipt rule set "${active}" is active in this region, and an account has only one. Nothing was changed. ` +
      'Add a rule for the reply domain to it, or make it inactive, or deploy with -c activateRuleSet=false.',
  );
}

type Ses = Pick<SESClient, 'send'>;

export async function activate(ses: Ses, request: Request): Promise<void> {
  const ours = request.ResourceProperties.RuleSetName;
  const answer = await ses.send(new DescribeActiveReceiptRuleSetCommand({}));
  const todo = plan(request.RequestType, ours, answer.Metadata?.Name);
  if (todo instanceof Error) throw todo;
  if (todo === 'nothing') return;
  await ses.send(new SetActiveReceiptRuleSetCommand(todo === 'set' ? { RuleSetName: ours } : {}));
}

/** Every way ends in an answer: without one CloudFormation would wait for an hour. */
export async function answer(request: Request, work: () => Promise<void>): Promise<void> {
  const failure = await work().then(
    () => undefined,
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
  const body = JSON.stringify({
    Status: failure === undefined ? 'SUCCESS' : 'FAILED',
    ...(failure === undefined ? {} : { Reason: failure }),
    StackId: request.StackId,
    RequestId: request.RequestId,
    LogicalResourceId: request.LogicalResourceId,
    PhysicalResourceId: request.ResourceProperties.RuleSetName,
  });
  await fetch(request.ResponseURL, { method: 'PUT', body });
}

export const handler = (request: Request): Promise<void> =>
  answer(request, () => activate(new SESClient({}), request));
