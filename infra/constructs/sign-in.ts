/** Who may sign in, where no OpenID Connect issuer is given: a Cognito user pool that people are invited to. */
import { Duration, Fn, RemovalPolicy, Stack } from 'aws-cdk-lib';
import {
  AccountRecovery,
  CfnUserPoolGroup,
  FeaturePlan,
  Mfa,
  OAuthScope,
  ResourceServerScope,
  UserPool,
  UserPoolClient,
  type UserPoolResourceServer,
} from 'aws-cdk-lib/aws-cognito';
import { Construct } from 'constructs';

/** The same words as roles in the API. */
export const SCOPES = { read: 'see everything', write: 'write to people', admin: 'change settings' } as const;
export const RESOURCE_SERVER = 'relance';
const GROUPS = ['readers', 'writers', 'admins'] as const;

export class SignIn extends Construct {
  readonly pool: UserPool;
  readonly server: UserPoolResourceServer;
  /** Of the sign-in pages. */
  readonly hostName: string;

  constructor(scope: Construct, id: string, props: { readonly stage: string }) {
    super(scope, id);
    this.pool = new UserPool(this, 'Users', {
      // Whoever reads these letters reads other people's: an administrator invites, nobody walks in.
      selfSignUpEnabled: false,
      signInAliases: { email: true },
      autoVerify: { email: true },
      accountRecovery: AccountRecovery.EMAIL_ONLY,
      mfa: Mfa.OPTIONAL,
      mfaSecondFactor: { otp: true, sms: false },
      featurePlan: FeaturePlan.LITE,
      passwordPolicy: {
        minLength: 12,
        requireDigits: true,
        requireLowercase: true,
        requireUppercase: true,
        requireSymbols: true,
        tempPasswordValidity: Duration.days(3),
      },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    for (const groupName of GROUPS) {
      new CfnUserPoolGroup(this, groupName, { userPoolId: this.pool.userPoolId, groupName });
    }
    const scopes = Object.entries(SCOPES).map(
      ([scopeName, scopeDescription]) => new ResourceServerScope({ scopeName, scopeDescription }),
    );
    this.server = this.pool.addResourceServer('Api', { identifier: RESOURCE_SERVER, scopes });
    const { region, stackId } = Stack.of(this);
    // The name is one of all customers of AWS: eight digits of the stack's own id make it ours.
    const ours = Fn.select(0, Fn.split('-', Fn.select(2, Fn.split('/', stackId))));
    const domain = this.pool.addDomain('Domain', {
      cognitoDomain: { domainPrefix: `relance-${props.stage}-${ours}` },
    });
    this.hostName = `https://${domain.domainName}.auth.${region}.amazoncognito.com`;
  }
}

export const COGNITO_SCOPE = [
  'openid',
  'email',
  ...Object.keys(SCOPES).map((one) => `${RESOURCE_SERVER}/${one}`),
].join(' ');

/** The console signs in with the authorization code and PKCE; a page in a browser can keep no secret. */
export function consoleClient(scope: Construct, { pool, server }: SignIn, siteUrl: string): UserPoolClient {
  const client = new UserPoolClient(scope, 'ConsoleClient', {
    userPool: pool,
    generateSecret: false,
    preventUserExistenceErrors: true,
    authFlows: { userSrp: true },
    oAuth: {
      flows: { authorizationCodeGrant: true },
      scopes: [
        OAuthScope.OPENID,
        OAuthScope.EMAIL,
        ...Object.keys(SCOPES).map((one) => OAuthScope.custom(`${RESOURCE_SERVER}/${one}`)),
      ],
      callbackUrls: [`${siteUrl}/`],
      logoutUrls: [`${siteUrl}/`],
    },
    accessTokenValidity: Duration.hours(1),
    idTokenValidity: Duration.hours(1),
    refreshTokenValidity: Duration.days(1),
    enableTokenRevocation: true,
  });
  client.node.addDependency(server);
  return client;
}
