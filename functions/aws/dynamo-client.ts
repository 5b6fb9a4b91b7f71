/** The client of DynamoDB: the only one that every function needs. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { clientOf, oncePerPlace, patientAt } from './place.ts';

const plainClient = clientOf('dynamodb', (place) => new DynamoDBClient(patientAt(place, 'dynamodb')));

export const dynamoClient = oncePerPlace((place) =>
  DynamoDBDocumentClient.from(plainClient(place), { marshallOptions: { removeUndefinedValues: true } }),
);
