/** What stands on AWS or on this machine: the API answers, opt-out links show their page, webhooks can be reached. */
import { type Finding, right, skipped, warning, wrong } from './finding.ts';

type Fetch = (url: string, init?: RequestInit) => Promise<Response>;

const WAIT_MS = 5_000;

/** `url`: of the API, without a path. `token`: for what only a signed-in person may see. */
export async function checkDeployment(
  ask: Fetch,
  of: { readonly url: string | undefined; readonly token: string | undefined },
): Promise<readonly Finding[]> {
  if (of.url === undefined) {
    return [skipped('deployment', 'give --url of the API (output ApiUrl) to look at what is deployed')];
  }
  const { url } = of;
  const signal = () => AbortSignal.timeout(WAIT_MS);
  const status = async (path: string, init: RequestInit = {}): Promise<number | string> => {
    try {
      return (await ask(`${url}${path}`, { ...init, signal: signal(), redirect: 'manual' })).status;
    } catch (error) {
      return error instanceof Error ? error.name : 'unreachable';
    }
  };
  const [health, closed, optOut] = await Promise.all([
    status('/v1/health'),
    status('/v1/campaigns'),
    status('/u/none'),
  ]);
  const findings = [
    health === 200
      ? right('API', `${url}/v1/health answers`)
      : wrong(
          'API',
          `/v1/health: ${health}`,
          'Is the stack deployed, the host name right? Look at the log of the function api',
        ),
    closed === 401
      ? right('sign-in', 'nobody gets in without a token')
      : wrong(
          'sign-in',
          `/v1/campaigns without a token: ${closed}`,
          'Take the API off the network until this is 401',
        ),
    typeof optOut === 'number' && optOut < 500
      ? right('opt-out page', 'answers')
      : wrong(
          'opt-out page',
          `/u/…: ${optOut}`,
          'Letters with a dead opt-out link must not go out: look at the log of unsubscribe',
        ),
  ];
  return [...findings, ...(await senders(ask, url, of.token))];
}

type Sender = { readonly name: string; readonly ownMailbox?: { readonly seenAt?: string } };

/** Until a probe has come back, answers to the address on the business card do not stop a follow-up. */
async function senders(ask: Fetch, url: string, token: string | undefined): Promise<readonly Finding[]> {
  if (token === undefined)
    return [skipped('own mailboxes', 'give --token to see whether their redirects work')];
  const answer = await ask(`${url}/v1/senders`, {
    headers: { authorization: `Bearer ${token}` },
    signal: AbortSignal.timeout(WAIT_MS),
  }).catch(() => undefined);
  if (!answer) return [skipped('own mailboxes', 'the API does not answer')];
  if (!answer.ok)
    return [wrong('own mailboxes', `/v1/senders: ${answer.status}`, 'Sign in anew and give its token')];
  const { items } = (await answer.json()) as { readonly items: readonly Sender[] };
  if (items.length === 0) return [skipped('own mailboxes', 'there is no sender yet')];
  return items.map(({ name, ownMailbox }) =>
    ownMailbox?.seenAt
      ? right(`mailbox of ${name}`, `a probe came back on ${ownMailbox.seenAt.slice(0, 10)}`)
      : warning(
          `mailbox of ${name}`,
          'no probe has come back: answers to the business card do not stop the follow-up',
          'Set the redirect (docs/deploy.md, step 6), then POST /v1/senders/{id}/probe',
        ),
  );
}

/** Webhooks are called from Lambda, which is anywhere: what this machine cannot reach, Lambda most likely cannot either. */
export async function checkWebhooks(ask: Fetch, urls: readonly string[]): Promise<readonly Finding[]> {
  return Promise.all(
    urls.map(async (url): Promise<Finding> => {
      const { host, protocol } = new URL(url);
      const what = `webhook ${host}`;
      if (protocol !== 'https:') return wrong(what, 'is not https', 'Webhooks go to https addresses only');
      try {
        const { status } = await ask(url, {
          method: 'HEAD',
          signal: AbortSignal.timeout(WAIT_MS),
          redirect: 'manual',
        });
        return status < 500
          ? right(what, 'can be reached')
          : warning(what, `answers ${status}`, 'Look at the receiver');
      } catch (error) {
        const name = error instanceof Error ? error.name : 'unreachable';
        return wrong(
          what,
          `cannot be reached: ${name}`,
          'Is the name right, the certificate valid, the firewall open?',
        );
      }
    }),
  );
}
