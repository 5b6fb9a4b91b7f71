/**
 * Where the AWS services are, and how patiently each is asked. The clients stand in files of their own, one a service,
 * and are built on first use: a function loads and pays only for those it calls. Locally the endpoints are the embedded
 * services, given explicitly: real credentials on a laptop stay unused.
 */
import type { DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import { type Observer, observeCalls } from './observe.ts';

export type Service = 'dynamodb' | 's3' | 'scheduler' | 'ses' | 'sqs';

/** Where the services are, when they are not AWS's own. */
export type Connection = {
  /** `http://127.0.0.1:PORT`: with an IP address S3 takes path style, `localhost` would become a bucket's host name. */
  readonly endpoints?: Readonly<Partial<Record<Service, string>>>;
  /** How requests reach services of this very process; else by HTTP. */
  readonly near?: Readonly<Partial<Record<Service, Near>>>;
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
  /** Told of every call: the local runtime learns here what the functions need to be allowed. */
  readonly observe?: Observer;
};

export type Near = Required<Pick<DynamoDBClientConfig, 'requestHandler' | 'signer'>>;

export type Place = { readonly region: string; readonly connection?: Connection | undefined };

export const CONNECT_MS = 1_000;
const ANSWER_MS = 5_000;

export const settingsAt = ({ region, connection = {} }: Place, service: Service) => ({
  region,
  ...(connection.endpoints?.[service] ? { endpoint: connection.endpoints[service] } : {}),
  ...(connection.credentials ? { credentials: connection.credentials } : {}),
});

/** These retry by themselves: every write is conditional, named or harmless when repeated. */
export const patientAt = (place: Place, service: Service) => ({
  ...settingsAt(place, service),
  maxAttempts: 4,
  requestHandler: {
    connectionTimeout: CONNECT_MS,
    requestTimeout: ANSWER_MS,
    throwOnRequestTimeout: true,
  },
  ...place.connection?.near?.[service],
});

/** One client a place, whichever port asks for it: its open connections are worth sharing. */
export const clientOf = <Client extends object>(
  service: Service,
  build: (place: Place) => Client,
): ((place: Place) => Client) =>
  oncePerPlace((place) => observeCalls(build(place), service, place.connection?.observe));

export function oncePerPlace<Built extends object>(build: (place: Place) => Built): (place: Place) => Built {
  const built = new WeakMap<Place, Built>();
  return (place) => {
    const one = built.get(place) ?? build(place);
    built.set(place, one);
    return one;
  };
}
