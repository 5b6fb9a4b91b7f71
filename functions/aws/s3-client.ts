/** The client of S3, for mails and for files. */
import { S3Client } from '@aws-sdk/client-s3';
import { clientOf, patientAt } from './place.ts';

// Else a presigned upload would carry the checksum of the body that the SDK does not have.
export const s3Client = clientOf(
  's3',
  (place) => new S3Client({ ...patientAt(place, 's3'), requestChecksumCalculation: 'WHEN_REQUIRED' }),
);
