/** The client of DynamoDB: the only one that every function needs. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { clientOf, type Place, patientAt } from './place.ts';

const plainClient = clientOf('dynamodb', (place) => new DynamoDBClient(patientAt(place, 'dynamodb')));
const documents = new WeakMap<Place, DynamoDBDocumentClient>();

export function dynamoClient(place: Place): DynamoDBDocumentClient {
  const known = documents.get(place);
  if (known) return known;
  const client = DynamoDBDocumentClient.from(plainClient(place), {
    marshallOptions: { removeUndefinedValues: true },
  });
  documents.set(place, client);
  return client;
}
