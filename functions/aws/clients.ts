/**
 * The AWS SDK clients, each built on first use and never at import, so that a function pays only for those it calls.
 * Locally the endpoints are the embedded services, given explicitly: real credentials on a laptop stay unused.
 */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SchedulerClient } from '@aws-sdk/client-scheduler';
import { SESClient } from '@aws-sdk/client-ses';
import { SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { type Observer, observeCalls } from './observe.ts';

export type Service = 'dynamodb' | 's3' | 'scheduler' | 'ses' | 'sqs';

/** Where the services are, when they are not AWS's own. */
export type Connection = {
  /** `http://127.0.0.1:PORT`: with an IP address S3 takes path style, `localhost` would become a bucket's host name. */
  readonly endpoints?: Readonly<Partial<Record<Service, string>>>;
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
  /** Told of every call: the local runtime learns here what the functions need to be allowed. */
  readonly observe?: Observer;
};

export type Clients = {
  readonly dynamo: () => DynamoDBDocumentClient;
  readonly s3: () => S3Client;
  readonly scheduler: () => SchedulerClient;
  readonly ses: () => SESClient;
  readonly sqs: () => SQSClient;
};

const CONNECT_MS = 1_000;
const ANSWER_MS = 5_000;

export function awsClients(region: string, connection: Connection = {}): Clients {
  const common = (service: Service) => ({
    region,
    ...(connection.endpoints?.[service] ? { endpoint: connection.endpoints[service] } : {}),
    ...(connection.credentials ? { credentials: connection.credentials } : {}),
  });
  // These retry by themselves: every write is conditional, named or harmless when repeated.
  const patient = (service: Service) => ({
    ...common(service),
    maxAttempts: 4,
    requestHandler: {
      connectionTimeout: CONNECT_MS,
      requestTimeout: ANSWER_MS,
      throwOnRequestTimeout: true,
    },
  });
  const seen = <Client>(service: Service, client: Client): Client =>
    observeCalls(client, service, connection.observe);
  return {
    dynamo: once(() =>
      DynamoDBDocumentClient.from(seen('dynamodb', new DynamoDBClient(patient('dynamodb'))), {
        marshallOptions: { removeUndefinedValues: true },
      }),
    ),
    // Else a presigned upload would carry the checksum of the body that the SDK does not have.
    s3: once(() =>
      seen('s3', new S3Client({ ...patient('s3'), requestChecksumCalculation: 'WHEN_REQUIRED' })),
    ),
    scheduler: once(() => seen('scheduler', new SchedulerClient(patient('scheduler')))),
    ses: once(() => seen('ses', new SESClient({ ...common('ses'), ...ONE_CALL }))),
    sqs: once(() => seen('sqs', new SQSClient(patient('sqs')))),
  };
}

/**
 * SendRawEmail has no idempotency token, so the SDK's own retry would be a second letter. No connection is kept
 * either: one that SES closed while the sandbox was frozen breaks on its next use, and a broken connection cannot
 * be told from a lost answer, so each would leave a letter of unknown fate for a person to decide on.
 */
const ONE_CALL = {
  maxAttempts: 1,
  requestHandler: {
    connectionTimeout: CONNECT_MS,
    httpAgent: { keepAlive: false },
    httpsAgent: { keepAlive: false },
  },
};

function once<Value>(build: () => Value): () => Value {
  let built: Value | undefined;
  return () => {
    built ??= build();
    return built;
  };
}
