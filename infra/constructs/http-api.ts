/**
 * The HTTP API: an authorizer before everything that is people's data, a throttle, and an access log that tells which
 * route was asked and how it went, never by whom or for whom.
 */
import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import {
  CfnStage,
  DomainName,
  HttpApi,
  HttpMethod,
  HttpNoneAuthorizer,
  type IHttpRouteAuthorizer,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { Config } from '../config.ts';
import type { ProductFunction } from './product-function.ts';

/** What anybody may ask: nothing here reads the table. */
export const OPEN_ROUTES = ['/v1/health', '/v1/openapi.json', '/docs', '/docs/{proxy+}'] as const;

export class ProductHttpApi extends Construct {
  readonly api: HttpApi;
  /** Where opt-out links lead. */
  readonly url: string;

  constructor(
    scope: Construct,
    id: string,
    props: { readonly config: Pick<Config, 'requestsPerSecond' | 'publicDomain' | 'certificateArn'> } & {
      readonly logDays: RetentionDays;
    },
  ) {
    super(scope, id);
    const { publicDomain, certificateArn, requestsPerSecond } = props.config;
    const domain =
      publicDomain && certificateArn
        ? new DomainName(this, 'Name', {
            domainName: publicDomain,
            certificate: Certificate.fromCertificateArn(this, 'Certificate', certificateArn),
          })
        : undefined;
    this.api = new HttpApi(this, 'Api', {
      description: 'Relance: REST API and opt-out links',
      ...(domain ? { defaultDomainMapping: { domainName: domain } } : {}),
    });
    this.url = publicDomain ? `https://${publicDomain}` : this.api.apiEndpoint;
    this.#guard(requestsPerSecond, props.logDays);
  }

  /** `unsubscribe` is a function with a role of its own: whoever breaks it can open nothing else. */
  route(of: {
    readonly api: ProductFunction;
    readonly unsubscribe: ProductFunction;
    readonly issuer: string;
    readonly audience: readonly string[];
  }): void {
    const authorizer = new HttpJwtAuthorizer('SignedIn', of.issuer, { jwtAudience: [...of.audience] });
    const open = new HttpNoneAuthorizer();
    const toApi = new HttpLambdaIntegration('ToApi', of.api.lambda);
    const toUnsubscribe = new HttpLambdaIntegration('ToUnsubscribe', of.unsubscribe.lambda);
    const add = (
      path: string,
      methods: HttpMethod[],
      integration: HttpLambdaIntegration,
      by: IHttpRouteAuthorizer,
    ) => this.api.addRoutes({ path, methods, integration, authorizer: by });
    add('/v1/{proxy+}', METHODS, toApi, authorizer);
    for (const path of OPEN_ROUTES) add(path, [HttpMethod.GET], toApi, open);
    add('/u/{token}', [HttpMethod.GET, HttpMethod.POST], toUnsubscribe, open);
  }

  #guard(requestsPerSecond: number, logDays: RetentionDays): void {
    const logs = new LogGroup(this, 'AccessLogs', {
      retention: logDays,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const stage = this.api.defaultStage?.node.defaultChild;
    if (!(stage instanceof CfnStage)) throw new Error('The HTTP API has no default stage.');
    stage.defaultRouteSettings = {
      throttlingRateLimit: requestsPerSecond,
      throttlingBurstLimit: requestsPerSecond * 2,
      detailedMetricsEnabled: false,
    };
    stage.accessLogSettings = { destinationArn: logs.logGroupArn, format: ACCESS_LOG };
    // The delivery of these logs needs CloudWatch's own resource policy, which AWS keeps per account.
    stage.node.addDependency(logs);
  }

  /** `abc.execute-api.REGION.amazonaws.com`: the origin behind CloudFront. */
  hostName(): string {
    const { region, urlSuffix } = Stack.of(this);
    return `${this.api.apiId}.execute-api.${region}.${urlSuffix}`;
  }
}

/** Not `ANY`: OPTIONS would pass the authorizer by, and the console asks from its own origin. */
const METHODS = [HttpMethod.GET, HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH, HttpMethod.DELETE];

/** No path (it carries tokens and ids), no address, no agent. The request id is the one in the function's log. */
const ACCESS_LOG = JSON.stringify({
  requestId: '$context.requestId',
  at: '$context.requestTimeEpoch',
  route: '$context.routeKey',
  status: '$context.status',
  ms: '$context.responseLatency',
  bytes: '$context.responseLength',
  authorizer: '$context.authorizer.error',
  integration: '$context.integrationErrorMessage',
});
