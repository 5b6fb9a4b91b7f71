// The doctor's eyes: SES as its API answers, DNS as a resolver does, a deployment as HTTP shows it.
import {
  DescribeActiveReceiptRuleSetCommand,
  GetAccountSendingEnabledCommand,
  GetIdentityDkimAttributesCommand,
  GetIdentityMailFromDomainAttributesCommand,
  GetIdentityNotificationAttributesCommand,
  GetIdentityVerificationAttributesCommand,
  GetSendQuotaCommand,
  SESClient,
  SendRawEmailCommand,
} from '@aws-sdk/client-ses';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { checkDeployment, checkWebhooks } from '../../../infra/cli/doctor/deployment.ts';
import { checkDns, type Resolver } from '../../../infra/cli/doctor/dns.ts';
import { type Finding, isHealthy, tableOf } from '../../../infra/cli/doctor/finding.ts';
import { checkSes } from '../../../infra/cli/doctor/ses.ts';
import { roundTrips } from '../../../infra/cli/doctor/simulator.ts';

const DOMAIN = 'letters.acme.com';
const REPLY = 'reply.letters.acme.com';
const TOKENS = ['aaa', 'bbb', 'ccc'];
const ses = mockClient(SESClient);
const client = new SESClient({
  region: 'eu-west-1',
  credentials: { accessKeyId: 'x', secretAccessKey: 'y' },
});

/** As SES answers for an account that is ready. */
function soundAccount(): void {
  ses.on(GetAccountSendingEnabledCommand).resolves({ Enabled: true });
  ses.on(GetSendQuotaCommand).resolves({ Max24HourSend: 50_000, MaxSendRate: 14, SentLast24Hours: 12 });
  ses.on(GetIdentityVerificationAttributesCommand).resolves({
    VerificationAttributes: {
      [DOMAIN]: { VerificationStatus: 'Success' },
      [REPLY]: { VerificationStatus: 'Success' },
    },
  });
  ses.on(GetIdentityDkimAttributesCommand).resolves({
    DkimAttributes: {
      [DOMAIN]: { DkimEnabled: true, DkimVerificationStatus: 'Success', DkimTokens: TOKENS },
    },
  });
  ses.on(GetIdentityMailFromDomainAttributesCommand).resolves({
    MailFromDomainAttributes: {
      [DOMAIN]: {
        MailFromDomain: `bounce.${DOMAIN}`,
        MailFromDomainStatus: 'Success',
        BehaviorOnMXFailure: 'UseDefaultValue',
      },
    },
  });
  ses.on(GetIdentityNotificationAttributesCommand).resolves({
    NotificationAttributes: {
      [DOMAIN]: { BounceTopic: '', ComplaintTopic: '', DeliveryTopic: '', ForwardingEnabled: true },
    },
  });
  ses.on(DescribeActiveReceiptRuleSetCommand).resolves({
    Metadata: { Name: 'relance-rules' },
    Rules: [{ Name: 'Replies', Enabled: true, Recipients: [REPLY] }],
  });
}

const look = () => checkSes(client, { domain: DOMAIN, replyDomain: REPLY, sendRate: 14 });
const stateOf = (findings: readonly Finding[], what: string) =>
  findings.find((one) => one.what === what)?.state;

beforeEach(() => {
  ses.reset();
  soundAccount();
});

describe('the SES account', () => {
  it('is healthy where everything is as it should be, and tells its DKIM tokens', async () => {
    const { findings, dkimTokens } = await look();
    expect(findings.filter(({ state }) => state === 'wrong' || state === 'warning')).toEqual([]);
    expect(dkimTokens).toEqual(TOKENS);
  });

  it.each<[string, () => void, string]>([
    [
      'in the sandbox',
      () => ses.on(GetSendQuotaCommand).resolves({ Max24HourSend: 200, MaxSendRate: 1, SentLast24Hours: 0 }),
      'SES sandbox',
    ],
    ['paused', () => ses.on(GetAccountSendingEnabledCommand).resolves({ Enabled: false }), 'SES sending'],
    [
      'not verified',
      () =>
        ses.on(GetIdentityVerificationAttributesCommand).resolves({
          VerificationAttributes: { [DOMAIN]: { VerificationStatus: 'Pending' } },
        }),
      `identity ${DOMAIN}`,
    ],
    [
      'without an active rule set',
      () => ses.on(DescribeActiveReceiptRuleSetCommand).resolves({}),
      'receipt rule set',
    ],
    [
      'with the rule set of another team',
      () =>
        ses.on(DescribeActiveReceiptRuleSetCommand).resolves({
          Metadata: { Name: 'theirs' },
          Rules: [{ Name: 'x', Enabled: true, Recipients: ['other.com'] }],
        }),
      'receipt rule set',
    ],
    [
      'without feedback forwarding',
      () =>
        ses.on(GetIdentityNotificationAttributesCommand).resolves({
          NotificationAttributes: {
            [DOMAIN]: { BounceTopic: 'a', ComplaintTopic: 'a', DeliveryTopic: '', ForwardingEnabled: false },
          },
        }),
      'feedback forwarding',
    ],
  ])('%s is found, with what to do', async (_what, spoil, what) => {
    spoil();
    const { findings } = await look();
    const found = findings.find((one) => one.what === what);
    expect(found).toMatchObject({ state: 'wrong' });
    expect(found?.todo).toBeTruthy();
  });

  it('that cannot be asked is one finding, not a stack', async () => {
    ses
      .on(GetAccountSendingEnabledCommand)
      .rejects(Object.assign(new Error('secret words'), { name: 'CredentialsProviderError' }));
    const { findings } = await look();
    expect(findings).toMatchObject([{ state: 'wrong', detail: 'cannot be asked: CredentialsProviderError' }]);
  });
});

const missing = () => Promise.reject(Object.assign(new Error('none'), { code: 'ENOTFOUND' }));

/** A zone as it should be; `without` names that do not exist. */
const zone = (without: readonly string[] = []): Resolver => {
  const ask = async <Answer>(name: string, answer: Answer | undefined): Promise<Answer> =>
    answer === undefined || without.includes(name) ? missing() : answer;
  return {
    resolveMx: (name) => {
      const exchange = {
        [REPLY]: 'inbound-smtp.eu-west-1.amazonaws.com',
        [`bounce.${DOMAIN}`]: 'feedback-smtp.eu-west-1.amazonses.com',
      }[name];
      return ask(name, exchange === undefined ? undefined : [{ exchange, priority: 10 }]);
    },
    resolveTxt: (name) => {
      const text = {
        [`bounce.${DOMAIN}`]: 'v=spf1 include:amazonses.com ~all',
        [`_dmarc.${DOMAIN}`]: 'v=DMARC1; p=none',
      }[name];
      return ask(name, text === undefined ? undefined : [[text]]);
    },
    resolveCname: (name) => {
      const token = TOKENS.find((one) => name === `${one}._domainkey.${DOMAIN}`);
      return ask(name, token === undefined ? undefined : [`${token}.dkim.amazonses.com`]);
    },
  };
};
const domains = {
  domain: DOMAIN,
  replyDomain: REPLY,
  mailFromSubdomain: 'bounce',
  region: 'eu-west-1',
  dkimTokens: TOKENS,
};

describe('the DNS', () => {
  it('is right where every record is', async () => {
    const findings = await checkDns(zone(), domains);
    expect(findings.map(({ state }) => state)).toEqual(Array(7).fill('right'));
  });

  it.each([
    [REPLY, 'MX of the reply domain'],
    [`bounce.${DOMAIN}`, 'SPF of MAIL FROM'],
    [`_dmarc.${DOMAIN}`, 'DMARC'],
    [`bbb._domainkey.${DOMAIN}`, 'DKIM 2 of 3'],
  ])('without %s says what to add', async (name, what) => {
    const findings = await checkDns(zone([name]), domains);
    expect(stateOf(findings, what)).toBe('wrong');
    expect(findings.find((one) => one.what === what)?.todo).toContain('Add: ');
  });

  it('that does not answer is no missing record', async () => {
    const dead = {
      ...zone(),
      resolveMx: () => Promise.reject(Object.assign(new Error('x'), { code: 'ETIMEOUT' })),
    };
    await expect(checkDns(dead, domains)).rejects.toThrow('DNS does not answer (ETIMEOUT)');
  });
});

describe('round trips to the simulator', () => {
  const trip = (hasArrived: (address: string) => Promise<boolean>) =>
    roundTrips({
      ses: client,
      configurationSet: 'letters',
      from: `alerts@${DOMAIN}`,
      replyDomain: REPLY,
      hasArrived,
      pause: async () => {},
    });

  it('are right when everything comes back, each to its own address', async () => {
    ses.on(SendRawEmailCommand).resolves({ MessageId: 'id' });
    const asked: string[] = [];
    const findings = await trip(async (address) => {
      asked.push(address);
      return true;
    });
    expect(findings.map(({ state }) => state)).toEqual(Array(4).fill('right'));
    expect(asked).toContain(`doctor+ooto@${REPLY}`);
    const sent = ses.commandCalls(SendRawEmailCommand).map(({ args }) => args[0].input);
    expect(sent.every(({ Source }) => Source === undefined)).toBe(true);
    expect(sent.map(({ Destinations }) => Destinations?.[0])).toContain('ooto@simulator.amazonses.com');
  });

  it('say that the absence note did not come back', async () => {
    ses.on(SendRawEmailCommand).resolves({ MessageId: 'id' });
    const findings = await trip(async (address) => !address.includes('ooto'));
    expect(stateOf(findings, 'simulator: ooto')).toBe('wrong');
    expect(stateOf(findings, 'simulator: bounce')).toBe('right');
  });

  it('say why SES refuses', async () => {
    ses.on(SendRawEmailCommand).rejects(Object.assign(new Error('x'), { name: 'MessageRejected' }));
    const findings = await trip(async () => true);
    expect(findings.every(({ detail }) => detail === 'SES refuses: MessageRejected')).toBe(true);
  });
});

/** Paths → status. */
const site =
  (statuses: Readonly<Record<string, number>>, senders: object = { items: [] }) =>
  async (url: string, init?: RequestInit): Promise<Response> => {
    const { pathname } = new URL(url);
    const isSignedIn = new Headers(init?.headers).has('authorization');
    if (pathname === '/v1/senders' && isSignedIn) return Response.json(senders);
    return new Response(null, { status: statuses[pathname] ?? 404 });
  };

describe('a deployment', () => {
  const sound = { '/v1/health': 200, '/v1/campaigns': 401, '/u/none': 404 };

  it('is right when it answers, and lets nobody in', async () => {
    const findings = await checkDeployment(site(sound), { url: 'https://a.example', token: undefined });
    expect(isHealthy(findings)).toBe(true);
  });

  it('that is open to everybody is wrong', async () => {
    const open = site({ ...sound, '/v1/campaigns': 200 });
    const findings = await checkDeployment(open, { url: 'https://a.example', token: undefined });
    expect(stateOf(findings, 'sign-in')).toBe('wrong');
  });

  it('tells which mailbox has not proved its redirect', async () => {
    const items = [{ name: 'Lin', ownMailbox: { seenAt: '2026-11-20T08:00:00.000Z' } }, { name: 'Eva' }];
    const findings = await checkDeployment(site(sound, { items }), { url: 'https://a.example', token: 't' });
    expect([stateOf(findings, 'mailbox of Lin'), stateOf(findings, 'mailbox of Eva')]).toEqual([
      'right',
      'warning',
    ]);
  });

  it('and a webhook without TLS is refused before it is asked', async () => {
    const findings = await checkWebhooks(site({}), ['http://hooks.acme.com/x', 'https://hooks.acme.com/x']);
    expect(findings.map(({ state }) => state)).toEqual(['wrong', 'right']);
  });
});

it('prints one line a finding, and what to do below it', () => {
  const table = tableOf([
    { what: 'MX', state: 'right', detail: 'there' },
    { what: 'DMARC', state: 'wrong', detail: 'missing', todo: 'Add it' },
  ]);
  expect(table.split('\n')).toEqual(['✓ MX     there', '✗ DMARC  missing', '         → Add it']);
});
