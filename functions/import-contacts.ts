/** A file of contacts was put (S3 event → SQS, batch size 1), or an import goes on where it stopped. */
import * as z from 'zod/mini';
import { importOfSource } from '../shared/domain/import.ts';
import { runImport } from '../shared/import-contacts.ts';
import type { Ports } from '../shared/ports.ts';
import { awsFiles } from './aws/files.ts';
import { forEachMessage } from './queue-batch.ts';
import { onAws } from './wire.ts';

/** "The object key name value is URL encoded" (S3 user guide, event message structure), blanks as plus signs. */
const key = z.pipe(
  z.string(),
  z.transform((text) => decodeURIComponent(text.replaceAll('+', ' '))),
);
const Created = z.object({ Records: z.array(z.object({ s3: z.object({ object: z.object({ key }) }) })) });
const Queued = z.object({ kind: z.literal('import'), importId: z.string() });
/** What S3 sends once when a notification is set up. */
const Test = z.object({ Event: z.literal('s3:TestEvent') });
const Message = z.union([Queued, Created, Test]);

export const importContacts = (ports: Ports) => (event: unknown) =>
  forEachMessage(event, async ({ body }) => {
    const message = Message.parse(body);
    if ('importId' in message) return runImport(ports, message.importId);
    if ('Event' in message) return;
    for (const { s3 } of message.Records) {
      const importId = importOfSource(s3.object.key);
      if (importId) await runImport(ports, importId);
    }
  });

export const handler = onAws(importContacts, { files: awsFiles });
