/** S3's event notification as it comes to SQS: the fields that Lambda functions read, in the shape of version 2.1. */

/** Keys are URL-encoded there, blanks as plus signs. */
export function createdEvent(bucket: string, key: string, size: number, now: number): string {
  const encoded = encodeURIComponent(key).replaceAll('%2F', '/').replaceAll('%20', '+');
  return JSON.stringify({
    Records: [
      {
        eventVersion: '2.1',
        eventSource: 'aws:s3',
        awsRegion: 'us-east-1',
        eventTime: new Date(now).toISOString(),
        eventName: 'ObjectCreated:Put',
        s3: {
          s3SchemaVersion: '1.0',
          configurationId: 'imports',
          bucket: { name: bucket, arn: `arn:aws:s3:::${bucket}` },
          object: { key: encoded, size },
        },
      },
    ],
  });
}
