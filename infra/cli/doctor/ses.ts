/** The SES account: out of the sandbox, healthy, big enough, its identities verified, its rule set receiving. */
import {
  DescribeActiveReceiptRuleSetCommand,
  GetAccountSendingEnabledCommand,
  GetIdentityDkimAttributesCommand,
  GetIdentityMailFromDomainAttributesCommand,
  GetIdentityNotificationAttributesCommand,
  GetIdentityVerificationAttributesCommand,
  GetSendQuotaCommand,
  type SESClient,
} from '@aws-sdk/client-ses';
import { type Finding, right, skipped, warning, wrong } from './finding.ts';

type Ses = Pick<SESClient, 'send'>;
export type SesLook = { readonly findings: readonly Finding[]; readonly dkimTokens?: readonly string[] };

/** What an account in the sandbox is allowed: SES developer guide, "Request production access". */
const SANDBOX = { perDay: 200, perSecond: 1 };

export async function checkSes(
  ses: Ses,
  of: { readonly domain: string; readonly replyDomain: string; readonly sendRate: number },
): Promise<SesLook> {
  try {
    const account = await Promise.all([sendingEnabled(ses), quota(ses, of.sendRate)]);
    const { findings, dkimTokens } = await identities(ses, [of.domain, of.replyDomain]);
    const rules = await ruleSet(ses, of.replyDomain);
    return {
      findings: [...account, ...findings, rules, ...(await feedback(ses, of.domain)), PLAN],
      ...(dkimTokens ? { dkimTokens } : {}),
    };
  } catch (error) {
    const name = error instanceof Error ? error.name : 'Error';
    const todo = 'Sign in (aws sso login, AWS_PROFILE) with an account that may read SES, then ask again';
    return { findings: [wrong('SES account', `cannot be asked: ${name}`, todo)] };
  }
}

async function sendingEnabled(ses: Ses): Promise<Finding> {
  const { Enabled } = await ses.send(new GetAccountSendingEnabledCommand({}));
  return Enabled
    ? right('SES sending', 'is enabled')
    : wrong(
        'SES sending',
        'is paused for the account',
        'Read the mail of AWS, then: aws ses update-account-sending-enabled --enabled',
      );
}

async function quota(ses: Ses, sendRate: number): Promise<Finding> {
  const {
    Max24HourSend = 0,
    MaxSendRate = 0,
    SentLast24Hours = 0,
  } = await ses.send(new GetSendQuotaCommand({}));
  const detail = `${MaxSendRate} a second, ${Max24HourSend === -1 ? 'any number' : Max24HourSend} a day, ${SentLast24Hours} sent`;
  if (Max24HourSend === SANDBOX.perDay && MaxSendRate === SANDBOX.perSecond) {
    return wrong(
      'SES sandbox',
      `${detail}: only verified addresses get letters`,
      'Ask for production access (docs/deploy.md, step 4)',
    );
  }
  if (MaxSendRate < sendRate) {
    return warning(
      'SES quota',
      detail,
      `Deploy with -c sendRate=${Math.floor(MaxSendRate)}: more would be throttled`,
    );
  }
  return right('SES quota', detail);
}

async function identities(ses: Ses, names: readonly string[]): Promise<SesLook> {
  const Identities = [...names];
  const verified = await ses.send(new GetIdentityVerificationAttributesCommand({ Identities }));
  const dkim = await ses.send(new GetIdentityDkimAttributesCommand({ Identities }));
  const mailFrom = await ses.send(new GetIdentityMailFromDomainAttributesCommand({ Identities }));
  const [domain = ''] = names;
  const findings = names.map((name) => {
    const status = verified.VerificationAttributes?.[name]?.VerificationStatus ?? 'unknown to SES';
    if (status === 'Success') return right(`identity ${name}`, 'verified');
    return wrong(
      `identity ${name}`,
      status,
      'Deploy, then put its DKIM records into the DNS; SES looks again by itself',
    );
  });
  const status = mailFrom.MailFromDomainAttributes?.[domain]?.MailFromDomainStatus;
  const from =
    status === 'Success'
      ? right('custom MAIL FROM', 'verified')
      : warning(
          'custom MAIL FROM',
          status ?? 'not set',
          'Add its MX and TXT records: without it SPF is not aligned',
        );
  const dkimTokens = dkim.DkimAttributes?.[domain]?.DkimTokens;
  return { findings: [...findings, from], ...(dkimTokens ? { dkimTokens } : {}) };
}

async function ruleSet(ses: Ses, replyDomain: string): Promise<Finding> {
  const { Metadata, Rules = [] } = await ses.send(new DescribeActiveReceiptRuleSetCommand({}));
  const what = 'receipt rule set';
  const todo =
    'aws ses set-active-receipt-rule-set --rule-set-name <output RuleSet>, or deploy with -c activateRuleSet=true';
  if (!Metadata?.Name) return wrong(what, 'none is active: no answer arrives', todo);
  const rule = Rules.find(({ Recipients = [], Enabled }) => Enabled && Recipients.includes(replyDomain));
  if (!rule) return wrong(what, `${Metadata.Name} is active and has no rule for ${replyDomain}`, todo);
  return right(what, `${Metadata.Name} receives for ${replyDomain}`);
}

/** Without it the text of an out-of-office note never reaches us (DESIGN §6). */
async function feedback(ses: Ses, domain: string): Promise<readonly Finding[]> {
  const answer = await ses.send(new GetIdentityNotificationAttributesCommand({ Identities: [domain] }));
  const attributes = answer.NotificationAttributes?.[domain];
  if (!attributes) return [skipped('feedback forwarding', `${domain} is no identity yet`)];
  return [
    attributes.ForwardingEnabled
      ? right('feedback forwarding', 'is on')
      : wrong(
          'feedback forwarding',
          'is off: absence notes to the Return-Path would be lost',
          `aws ses set-identity-feedback-forwarding-enabled --identity ${domain} --forwarding-enabled`,
        ),
  ];
}

/** Only the second API tells the plan, and this tool needs nothing else of it. */
const PLAN = skipped(
  'SES pricing plan',
  'ask with: aws sesv2 get-account --query PricingAttributes (NONE is the cheapest: 0.10 per 1,000)',
);
