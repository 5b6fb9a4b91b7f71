/**
 * Round trips to SES's mailbox simulator, which need no recipient's leave: is a letter taken, is a bounce reported, does
 * the text of an out-of-office note come back by feedback forwarding. Costs four mails, none counts as a bounce.
 */
import { type SESClient, SendRawEmailCommand } from '@aws-sdk/client-ses';
import { type Finding, right, wrong } from './finding.ts';

/** https://docs.aws.amazon.com/ses/latest/dg/send-an-email-from-console.html */
export const SIMULATED = ['success', 'bounce', 'complaint', 'ooto'] as const;
export type Simulated = (typeof SIMULATED)[number];

/** Where a test mail asks to be answered: an address of the reply domain whose token opens nothing. */
export const probeAddress = (replyDomain: string, kind: Simulated): string => `doctor+${kind}@${replyDomain}`;

export type Trip = {
  readonly ses: Pick<SESClient, 'send'>;
  readonly configurationSet: string;
  readonly from: string;
  readonly replyDomain: string;
  /** Whether a mail for this address has come in since the trip began: looked for a few times. */
  readonly hasArrived: (address: string) => Promise<boolean>;
  /** Waits between two looks. */
  readonly pause: () => Promise<void>;
};

/** Half a minute each at the caller's pauses: SES answers its own simulator within seconds. */
const LOOKS = 6;

export const roundTrips = async (trip: Trip): Promise<readonly Finding[]> => {
  const findings: Finding[] = [];
  for (const kind of SIMULATED) findings.push(await roundTrip(trip, kind));
  return findings;
};

async function roundTrip(trip: Trip, kind: Simulated): Promise<Finding> {
  const what = `simulator: ${kind}`;
  const returnPath = probeAddress(trip.replyDomain, kind);
  try {
    await trip.ses.send(
      new SendRawEmailCommand({
        Destinations: [`${kind}@simulator.amazonses.com`],
        RawMessage: { Data: Buffer.from(letter(trip.from, kind, returnPath)) },
        ConfigurationSetName: trip.configurationSet,
      }),
    );
  } catch (error) {
    const name = error instanceof Error ? error.name : 'Error';
    return wrong(
      what,
      `SES refuses: ${name}`,
      'See the findings on identity, sandbox and configuration set above',
    );
  }
  if (kind === 'success') return right(what, 'SES took a letter by the configuration set');
  for (let look = 0; look < LOOKS; look++) {
    if (await trip.hasArrived(returnPath)) return right(what, `came back to ${returnPath}`);
    await trip.pause();
  }
  const todo =
    'Is feedback forwarding on, is the rule set active, does the MX lead to SES? See above; then ask again';
  return wrong(what, `nothing came back to ${returnPath}`, todo);
}

const letter = (from: string, kind: Simulated, returnPath: string): string =>
  [
    `From: Relance doctor <${from}>`,
    `To: ${kind}@simulator.amazonses.com`,
    `Return-Path: <${returnPath}>`,
    `Subject: Relance doctor: ${kind}`,
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=us-ascii',
    '',
    'A test letter to the mailbox simulator of SES.',
    '',
  ].join('\r\n');
