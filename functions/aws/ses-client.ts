/** The client of SES: the one that may never repeat a call by itself. */
import { SESClient } from '@aws-sdk/client-ses';
import { CONNECT_MS, clientOf, settingsAt } from './place.ts';

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

export const sesClient = clientOf(
  'ses',
  (place) => new SESClient({ ...settingsAt(place, 'ses'), ...ONE_CALL }),
);
