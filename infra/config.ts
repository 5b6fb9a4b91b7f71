/** What an operator chooses, from `-c name=value`, `cdk.json` context or `RELANCE_NAME`; every mistake is named at synth. */
import * as z from 'zod';
import { RECEIVING_REGIONS } from './receiving-regions.ts';

const DOMAIN = /^(?=.{4,253}$)([a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,8}[a-z]{2,63}$/;
const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
const domain = () => z.string().toLowerCase().regex(DOMAIN, 'give a domain such as export.example.com');
const label = () => z.string().toLowerCase().regex(LABEL, 'give one label, such as "reply"');
const whole = (min: number, max: number) => z.coerce.number().int().min(min).max(max);
/** Context carries booleans, the environment words. */
const flag = () =>
  z.union([z.boolean(), z.enum(['true', 'false']).transform((word) => word === 'true')]).default(false);
const list = () =>
  z
    .union([z.array(z.string()), z.string()])
    .transform((given) =>
      (typeof given === 'string' ? given.split(',') : given)
        .map((one) => one.trim().toLowerCase())
        .filter((one) => one !== ''),
    );

/** Each description is what an error says the setting is for. */
const SETTINGS = {
  stage: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,19}$/, 'use up to 20 characters of a-z, 0-9 and "-", beginning with a letter')
    .default('dev')
    .describe('tells two installations in one account apart'),
  region: z
    .enum(RECEIVING_REGIONS, `SES receives mail only in ${RECEIVING_REGIONS.join(', ')}`)
    .default('us-east-1')
    .describe('where everything runs'),
  account: z
    .string()
    .regex(/^\d{12}$/, 'an account has 12 digits')
    .optional()
    .describe('the AWS account, where the credentials could be those of another'),
  domain: domain().default('example.com').describe('the domain that letters are sent from'),
  replySubdomain: label().default('reply').describe('the subdomain that receives answers'),
  mailFromSubdomain: label()
    .default('bounce')
    .describe('the subdomain in the envelope of letters (custom MAIL FROM)'),
  senderDomains: list()
    .pipe(z.array(domain()).max(20))
    .default([])
    .describe('further domains that letters may be sent from, separated by commas'),
  identities: z
    .enum(['create', 'existing'])
    .default('create')
    .describe('`existing`: the SES identities are in the account already and are left alone'),
  hostedZoneId: z
    .string()
    .regex(/^Z[A-Z0-9]{5,31}$/, 'a Route 53 zone id begins with Z')
    .optional()
    .describe('the Route 53 zone of the domain; its DNS records are then made here'),
  alertAddress: z.email().toLowerCase().optional().describe('the From address of alerts'),
  operatorAddress: z.email().toLowerCase().optional().describe('who gets alarms and what concerns no sender'),
  oidcIssuer: z
    .url({ protocol: /^https$/, message: 'an issuer is an https URL' })
    .optional()
    .describe('an OpenID Connect issuer for sign-in; without it a Cognito user pool is made'),
  oidcAudience: list()
    .pipe(z.array(z.string()).max(10))
    .default([])
    .describe('the audience (or client id) that tokens of that issuer must have'),
  oidcClientId: z.string().optional().describe('the client id with which the console signs in there'),
  publicDomain: domain().optional().describe('the host name of opt-out links and API, with `certificateArn`'),
  certificateArn: z
    .string()
    .regex(/^arn:aws:acm:[a-z0-9-]+:\d{12}:certificate\/[0-9a-f-]{36}$/, 'give the ARN of an ACM certificate')
    .optional()
    .describe('the certificate of `publicDomain`, in the same region'),
  sendRate: whole(1, 10_000).default(14).describe('letters a second that the SES account may send'),
  activateRuleSet: flag().describe('makes the receipt rule set the active one, if no other is'),
  mailDays: whole(30, 3650)
    .default(365)
    .describe('how long raw inbound mails are kept; a reply may be corrected weeks later'),
  logDays: whole(1, 3653)
    .refine((days) => LOG_DAYS.includes(days), 'use 1, 3, 5, 7, 14, 30, 60, 90, 180 or 365')
    .default(30)
    .describe('how long logs are kept'),
  requestsPerSecond: whole(1, 5_000).default(50).describe('what the HTTP API takes before it answers 429'),
  tracing: flag().describe('X-Ray traces; they cost more than everything else beside SES'),
  tokenKeysVersion: z
    .string()
    .regex(/^[0-9a-f-]{32,64}$/i, 'give the version id of the secret')
    .optional()
    .describe('the version of the token keys to deploy after a rotation'),
} as const;

/** What CloudWatch Logs takes, of what anybody needs. */
const LOG_DAYS: readonly number[] = [1, 3, 5, 7, 14, 30, 60, 90, 180, 365];

const Config = z
  .object(SETTINGS)
  .superRefine((config, context) => {
    const refuse = (path: keyof typeof SETTINGS, message: string) =>
      context.addIssue({ code: 'custom', path: [path], message });
    if (config.replySubdomain === config.mailFromSubdomain) {
      refuse('mailFromSubdomain', 'SES cannot receive on its own MAIL FROM domain: choose another label');
    }
    if (config.oidcIssuer && config.oidcAudience.length === 0) {
      refuse('oidcAudience', 'without an audience any token of that issuer would open the door');
    }
    if ((config.publicDomain === undefined) !== (config.certificateArn === undefined)) {
      refuse('publicDomain', '`publicDomain` and `certificateArn` come together');
    }
    if (config.certificateArn && !config.certificateArn.includes(`:${config.region}:`)) {
      refuse('certificateArn', `the certificate must be in ${config.region}`);
    }
    const domains = [config.domain, ...config.senderDomains];
    if (config.alertAddress && !domains.some((one) => config.alertAddress?.endsWith(`@${one}`))) {
      refuse('alertAddress', `alerts are sent from ${domains.join(' or ')} only`);
    }
  })
  .transform((config) => ({
    ...config,
    replyDomain: `${config.replySubdomain}.${config.domain}`,
    alertAddress: config.alertAddress ?? `alerts@${config.domain}`,
    operatorAddress: config.operatorAddress ?? `operator@${config.domain}`,
  }));
export type Config = z.infer<typeof Config>;

/** Names kept for examples (RFC 2606): nobody can deploy with one of them. */
export const isPlaceholder = (name: string): boolean =>
  /(^|\.)(example(\.(com|net|org))?|invalid|test)$/.test(name);

/** Throws one error that names every wrong setting, what it is for and where it may be set. */
export function readConfig(
  context: (name: string) => unknown,
  env: Readonly<Record<string, string | undefined>>,
): Config {
  const asked = Object.fromEntries(
    Object.keys(SETTINGS).map((name) => [name, context(name) ?? env[variableOf(name)]]),
  );
  const read = Config.safeParse(asked);
  if (read.success) return read.data;
  const lines = read.error.issues.map((issue) => {
    const name = String(issue.path[0]) as keyof typeof SETTINGS;
    return `${name} (${SETTINGS[name].description}): ${issue.message}. Set it with -c ${name}=… or ${variableOf(name)}.`;
  });
  throw new Error(`The configuration is not right.\n${[...new Set(lines)].join('\n')}`);
}

const variableOf = (name: string): string =>
  `RELANCE_${name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;
