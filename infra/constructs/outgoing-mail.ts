/**
 * SES as a sender: identities with Easy DKIM and a custom MAIL FROM, the configuration set that reports what became
 * of a letter, and feedback forwarding, which is the only way to the text of an out-of-office note (DESIGN §6).
 */
import { CfnOutput, Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CnameRecord, HostedZone, type IHostedZone, MxRecord, TxtRecord } from 'aws-cdk-lib/aws-route53';
import {
  ConfigurationSet,
  ConfigurationSetTlsPolicy,
  EmailIdentity,
  type EmailSendingEvent,
  EventDestination,
  Identity,
  MailFromBehaviorOnMxFailure,
  SuppressionReasons,
} from 'aws-cdk-lib/aws-ses';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { SqsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { Config } from '../config.ts';
import { PUBLISHED_EVENTS } from '../published-events.ts';

type MailConfig = Pick<
  Config,
  'domain' | 'senderDomains' | 'replyDomain' | 'mailFromSubdomain' | 'identities' | 'hostedZoneId' | 'region'
>;

export class OutgoingMail extends Construct {
  readonly configurationSet: ConfigurationSet;
  readonly #config: MailConfig;

  constructor(
    scope: Construct,
    id: string,
    props: { readonly config: MailConfig; readonly deliveries: Queue },
  ) {
    super(scope, id);
    this.#config = props.config;
    this.configurationSet = new ConfigurationSet(this, 'Letters', {
      tlsPolicy: ConfigurationSetTlsPolicy.OPTIONAL,
      reputationMetrics: true,
      suppressionReasons: SuppressionReasons.BOUNCES_AND_COMPLAINTS,
    });
    const topic = publishedBySes(this, 'Events');
    topic.addSubscription(new SqsSubscription(props.deliveries, { rawMessageDelivery: true }));
    this.configurationSet.addEventDestination('ToSns', {
      destination: EventDestination.snsTopic(topic),
      events: PUBLISHED_EVENTS.map((name): EmailSendingEvent => name as EmailSendingEvent),
    });
    if (props.config.identities === 'create') this.#makeIdentities();
  }

  /** The identities that a letter or an alert may be sent from, and the configuration set it must name. */
  sendingArns(): readonly string[] {
    const stack = Stack.of(this);
    const arn = (resource: string, resourceName: string) =>
      stack.formatArn({ service: 'ses', resource, resourceName });
    const names = [...this.#senders(), this.#config.replyDomain];
    return [
      ...names.map((name) => arn('identity', name)),
      arn('configuration-set', this.configurationSet.configurationSetName),
    ];
  }

  /** From one of our domains only, and back to the reply domain only: a stolen role is no open relay. */
  sendingConditions(): Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> {
    return {
      StringLike: {
        'ses:FromAddress': this.#senders().map((name) => `*@${name}`),
        'ses:FeedbackAddress': [`*@${this.#config.replyDomain}`],
      },
    };
  }

  #senders(): readonly string[] {
    return [...new Set([this.#config.domain, ...this.#config.senderDomains])];
  }

  #makeIdentities(): void {
    const { domain, replyDomain, mailFromSubdomain, hostedZoneId, region } = this.#config;
    const zone =
      hostedZoneId === undefined
        ? undefined
        : HostedZone.fromHostedZoneAttributes(this, 'Zone', { hostedZoneId, zoneName: domain });
    for (const name of [...this.#senders(), replyDomain]) {
      const isReply = name === replyDomain;
      const id = name === domain ? 'Domain' : isReply ? 'ReplyDomain' : `Domain-${name}`;
      const mailFrom = `${mailFromSubdomain}.${name}`;
      const identity = new EmailIdentity(this, id, {
        identity: Identity.domain(name),
        feedbackForwarding: true,
        // Nothing is sent from the reply domain: it stands in Return-Path only, and SES asks that it be verified.
        ...(isReply
          ? {}
          : {
              mailFromDomain: mailFrom,
              mailFromBehaviorOnMxFailure: MailFromBehaviorOnMxFailure.USE_DEFAULT_VALUE,
            }),
      });
      const records: readonly DnsRecord[] = [
        ...identity.dkimRecords.map(({ name, value }) => ({ type: 'CNAME' as const, name, value })),
        ...(isReply
          ? [{ type: 'MX' as const, name: replyDomain, value: `10 inbound-smtp.${region}.amazonaws.com` }]
          : [
              { type: 'MX' as const, name: mailFrom, value: `10 feedback-smtp.${region}.amazonses.com` },
              { type: 'TXT' as const, name: mailFrom, value: 'v=spf1 include:amazonses.com ~all' },
            ]),
      ];
      const isInZone = zone !== undefined && (name === domain || name.endsWith(`.${domain}`));
      if (isInZone) writeRecords(this, id, zone, records);
      else tellRecords(this, id, records);
    }
  }
}

type DnsRecord = { readonly type: 'CNAME' | 'MX' | 'TXT'; readonly name: string; readonly value: string };

function writeRecords(scope: Construct, id: string, zone: IHostedZone, records: readonly DnsRecord[]): void {
  for (const [n, { type, name, value }] of records.entries()) {
    // A name with a dot at its end is taken as it is; tokens of SES are whole names already.
    const common = { zone, recordName: `${name}.` };
    if (type === 'CNAME') new CnameRecord(scope, `${id}Dkim${n}`, { ...common, domainName: value });
    else if (type === 'TXT') new TxtRecord(scope, `${id}Spf`, { ...common, values: [value] });
    else new MxRecord(scope, `${id}Mx`, { ...common, values: [mxOf(value)] });
  }
}

function mxOf(value: string): { priority: number; hostName: string } {
  const [priority = '10', hostName = ''] = value.split(' ');
  return { priority: Number(priority), hostName };
}

/** The exact lines for whoever keeps the DNS; `cdk deploy` prints them, `relance doctor` checks them. */
function tellRecords(scope: Construct, id: string, records: readonly DnsRecord[]): void {
  for (const [n, { type, name, value }] of records.entries()) {
    new CfnOutput(scope, `${id}Dns${n}`, { value: `${name} ${type} ${value}` });
  }
}

/** A topic that SES of this account may publish to, and nobody else of SES. */
export function publishedBySes(scope: Construct, id: string): Topic {
  const topic = new Topic(scope, id, { enforceSSL: true });
  topic.addToResourcePolicy(
    new PolicyStatement({
      sid: 'SesOfThisAccount',
      principals: [new ServicePrincipal('ses.amazonaws.com')],
      actions: ['sns:Publish'],
      resources: [topic.topicArn],
      conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(scope).account } },
    }),
  );
  return topic;
}
