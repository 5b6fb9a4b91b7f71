/** The client of SQS, shared by the ports that queue something. */
import { SQSClient } from '@aws-sdk/client-sqs';
import { clientOf, patientAt } from './place.ts';

export const sqsClient = clientOf('sqs', (place) => new SQSClient(patientAt(place, 'sqs')));
