/**
 * One function of the product: its code, its own role with exactly what the table of grants gives it, its log group.
 * No managed policy: AWSLambdaBasicExecutionRole lets a function write to every log group of the account.
 */
import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  ApplicationLogLevel,
  Architecture,
  Code,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
  SystemLogLevel,
  Tracing,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { GRANTS } from '../grants.ts';
import type { FunctionName } from '../queue-settings.ts';

export type ProductFunctionProps = {
  readonly name: FunctionName;
  /** The directory with `index.mjs`. */
  readonly bundle: string;
  readonly timeoutSeconds: number;
  readonly memoryMb: number;
  readonly environment: Readonly<Record<string, string>>;
  readonly logDays: RetentionDays;
  readonly tracing: boolean;
  /** ARNs and conditions of a resource of the grants table. */
  readonly statementOf: (resource: string, actions: readonly string[]) => readonly PolicyStatement[];
};

export class ProductFunction extends Construct {
  readonly lambda: LambdaFunction;
  readonly role: Role;

  constructor(scope: Construct, id: string, props: ProductFunctionProps) {
    super(scope, id);
    const logGroup = new LogGroup(this, 'Logs', {
      retention: props.logDays,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    const allow = (statement: PolicyStatement): void => {
      this.role.addToPolicy(statement);
    };
    allow(
      new PolicyStatement({
        sid: 'Logs',
        actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        resources: [logGroup.logGroupArn],
      }),
    );
    for (const [resource, actions] of Object.entries(GRANTS[props.name])) {
      for (const statement of props.statementOf(resource, actions)) allow(statement);
    }
    this.lambda = new LambdaFunction(this, 'Function', {
      description: `Relance: ${props.name}`,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: 'index.handler',
      code: Code.fromAsset(props.bundle),
      role: this.role,
      timeout: Duration.seconds(props.timeoutSeconds),
      memorySize: props.memoryMb,
      environment: { ...props.environment },
      logGroup,
      loggingFormat: LoggingFormat.JSON,
      // START, END and REPORT lines cost more than our own; their numbers are metrics anyway.
      systemLogLevelV2: SystemLogLevel.WARN,
      applicationLogLevelV2: ApplicationLogLevel.INFO,
      tracing: props.tracing ? Tracing.ACTIVE : Tracing.DISABLED,
    });
  }
}
