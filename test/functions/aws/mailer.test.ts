// The Mailer port: the call, and what each answer means. Answers come from a loopback server in SES's own XML, so that
// the SDK's reading of them is part of what is tested.
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SendRawEmailCommand } from '@aws-sdk/client-ses';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { awsMailer, readFailure } from '../../../functions/aws/mailer.ts';
import { sesClient } from '../../../functions/aws/ses-client.ts';
import type { OutgoingMail, SendOutcome } from '../../../shared/ports.ts';

const env = { CONFIGURATION_SET: 'relance-letters' };
const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
const mail: OutgoingMail = {
  from: 'anna@acme.example',
  to: ['ada@example.com'],
  raw: new TextEncoder().encode('From: anna@acme.example\r\n\r\nHello'),
  tags: { enrollment: 'e-1', step: '0', claim: 'c' },
};

const accepted =
  '<SendRawEmailResponse xmlns="http://ses.amazonaws.com/doc/2010-12-01/"><SendRawEmailResult><MessageId>0100-x-000000</MessageId></SendRawEmailResult></SendRawEmailResponse>';
const failed = (code: string, message: string) =>
  `<ErrorResponse xmlns="http://ses.amazonaws.com/doc/2010-12-01/"><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error><RequestId>r</RequestId></ErrorResponse>`;

describe('a letter', () => {
  let server: Server;
  let requests: string[];
  let connections: number;
  let answer: (response: ServerResponse) => void;

  beforeEach(async () => {
    requests = [];
    connections = 0;
    server = createServer((request, response) => {
      void readBody(request).then((body) => {
        requests.push(body);
        answer(response);
      });
    });
    server.on('connection', () => connections++);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  afterEach(async () => {
    server.closeAllConnections();
    if (server.listening) server.close();
  });

  const mailerAt = (port: number) =>
    awsMailer(env, {
      region: 'us-east-1',
      connection: { endpoints: { ses: `http://127.0.0.1:${port}` }, credentials },
    });
  const here = () => mailerAt((server.address() as AddressInfo).port);
  const send = (): Promise<SendOutcome> => here().send(mail);
  const sendTo = (port: number) => mailerAt(port).send(mail);
  const answerWith = (status: number, body: string) => {
    answer = (response) => response.writeHead(status, { 'content-type': 'text/xml' }).end(body);
  };

  it('that SES takes comes back with its id', async () => {
    answerWith(200, accepted);
    expect(await send()).toEqual({ kind: 'accepted', sesId: '0100-x-000000' });
  });

  it.each([
    ['a production account', 50_000, 14, { perDay: 50_000, perSecond: 14 }],
    ['an account without a daily quota', -1, 200, { perSecond: 200 }],
    ['one that may send nothing, which its letters will hear', 0, 0, undefined],
  ])('asks what %s may send', async (_, perDay, perSecond, expected) => {
    const said = `<Max24HourSend>${perDay}</Max24HourSend><MaxSendRate>${perSecond}</MaxSendRate>`;
    answerWith(
      200,
      `<GetSendQuotaResponse><GetSendQuotaResult>${said}<SentLast24Hours>1</SentLast24Hours></GetSendQuotaResult></GetSendQuotaResponse>`,
    );
    expect(await here().allowance()).toEqual(expected);
    expect(new URLSearchParams(requests[0]).get('Action')).toBe('GetSendQuota');
  });

  it('learns nothing of what it may send from a refusal', async () => {
    answerWith(403, '<ErrorResponse><Error><Code>AccessDenied</Code></Error></ErrorResponse>');
    expect(await here().allowance()).toBeUndefined();
  });

  it('is sent as it stands, with its tags, and without a Source that would override its Return-Path', async () => {
    answerWith(200, accepted);
    await send();
    const form = new URLSearchParams(requests[0]);
    expect(Object.fromEntries(form)).toEqual({
      Action: 'SendRawEmail',
      Version: '2010-12-01',
      'Destinations.member.1': 'ada@example.com',
      'RawMessage.Data': Buffer.from(mail.raw).toString('base64'),
      ConfigurationSetName: 'relance-letters',
      'Tags.member.1.Name': 'enrollment',
      'Tags.member.1.Value': 'e-1',
      'Tags.member.2.Name': 'step',
      'Tags.member.2.Value': '0',
      'Tags.member.3.Name': 'claim',
      'Tags.member.3.Value': 'c',
    });
  });

  it.each([
    [400, 'Throttling', 'Maximum sending rate exceeded.', 'throttled'],
    [400, 'ThrottlingException', 'Maximum sending rate exceeded.', 'throttled'],
    [400, 'Throttling', 'Rate exceeded', 'throttled'],
    [400, 'Throttling', 'Daily message quota exceeded.', 'daily-quota'],
    [400, 'ThrottlingException', 'Daily message quota exceeded.', 'daily-quota'],
    [400, 'AccountSendingPausedException', 'Sending is paused for this account.', 'sending-paused'],
    [400, 'ConfigurationSetSendingPausedException', 'Paused.', 'sending-paused'],
    [400, 'MessageRejected', 'Address blacklisted.', 'rejected'],
    [400, 'InvalidParameterValue', 'Local address contains control or whitespace', 'rejected'],
    [
      400,
      'MessageRejected',
      'Email address is not verified. The following identities failed the check',
      'configuration',
    ],
    [400, 'MailFromDomainNotVerifiedException', 'Mail from domain.', 'configuration'],
    [400, 'ConfigurationSetDoesNotExist', 'No such set.', 'configuration'],
    [400, 'ConfigurationSetDoesNotExistException', 'No such set.', 'configuration'],
    [403, 'AccessDenied', 'User is not authorized to perform ses:SendRawEmail', 'configuration'],
    [403, 'AccessDeniedException', 'Denied', 'configuration'],
    [403, 'InvalidClientTokenId', 'The security token is invalid.', 'configuration'],
    [403, 'SignatureDoesNotMatch', 'The signature does not match.', 'configuration'],
    [403, 'ExpiredToken', 'The security token has expired.', 'configuration'],
  ])('that SES refuses with %i %s "%s" is %s, after one call', async (status, code, message, why) => {
    answerWith(status, failed(code, message));
    expect(await send()).toMatchObject({ kind: 'refused', why });
    expect(requests).toHaveLength(1);
  });

  it.each([
    [500, failed('InternalFailure', 'Try again')],
    [503, failed('ServiceUnavailable', 'Try again')],
    [503, failed('Throttling', 'Maximum sending rate exceeded.')],
    [500, failed('MessageRejected', 'Address blacklisted.')],
    [502, '<html>Bad gateway</html>'],
    [504, ''],
    [400, failed('SomethingNew', 'Nobody knows')],
    [400, 'no xml'],
    [200, 'no xml'],
    [200, '<SendRawEmailResponse><SendRawEmailResult></SendRawEmailResult></SendRawEmailResponse>'],
    [302, ''],
  ])('of which SES says %i %s is of unknown fate, and not sent again', async (status, body) => {
    answerWith(status, body);
    expect(await send()).toMatchObject({ kind: 'unknown' });
    expect(requests).toHaveLength(1);
  });

  it.each([
    ['before an answer', (response: ServerResponse) => response.destroy()],
    [
      'in the middle of an answer',
      (response: ServerResponse) => {
        const begun = response.writeHead(200, { 'content-length': '1000' });
        begun.write('<SendRawEmailResponse>', () => response.destroy());
      },
    ],
  ])('whose connection breaks %s is of unknown fate, and not sent again', async (_when, breaking) => {
    answer = breaking;
    expect(await send()).toMatchObject({ kind: 'unknown' });
    expect(requests).toHaveLength(1);
  });

  it('is certainly not out where nobody listens', async () => {
    const { port } = server.address() as AddressInfo;
    server.close();
    await once(server, 'close');
    expect(await sendTo(port)).toMatchObject({ kind: 'refused', why: 'unreachable' });
  });

  it('has a connection of its own, for one kept open may be dead and its answer lost', async () => {
    answerWith(200, accepted);
    const { port } = server.address() as AddressInfo;
    const place = {
      region: 'us-east-1',
      connection: { endpoints: { ses: `http://127.0.0.1:${port}` }, credentials },
    };
    await awsMailer(env, place).send(mail);
    await awsMailer(env, place).send(mail);
    expect(connections).toBe(2);
  });

  it('leaves no address in what is logged of its refusal', async () => {
    answerWith(
      400,
      failed('MessageRejected', 'These are not verified: Ada &lt;ada@example.com&gt;, other@example.com'),
    );
    const outcome = await send();
    expect(outcome).toMatchObject({
      kind: 'refused',
      detail: expect.stringContaining('MessageRejected 400'),
    });
    expect(JSON.stringify(outcome)).not.toContain('example.com');
  });
});

describe('the call', () => {
  it('is given three seconds and no second attempt', async () => {
    const place = { region: 'us-east-1', connection: { credentials } };
    const ses = mockClient(sesClient(place));
    ses.on(SendRawEmailCommand).resolves({ MessageId: '0100' });
    await awsMailer(env, place).send(mail);
    const [call] = ses.commandCalls(SendRawEmailCommand);
    // The mock's type knows of the command only.
    const [, options] = (call?.args ?? []) as readonly unknown[];
    expect(options).toEqual({ abortSignal: expect.any(AbortSignal) });
    expect(await sesClient(place).config.maxAttempts()).toBe(1);
  });

  it.each([
    ['ENOTFOUND', { name: 'Error', code: 'ENOTFOUND' }, 'unreachable'],
    ['EAI_AGAIN', { name: 'Error', code: 'EAI_AGAIN' }, 'unreachable'],
    ['no credentials', { name: 'CredentialsProviderError' }, 'configuration'],
  ])('that fails with %s was never made', (_what, failure, why) => {
    expect(readFailure(Object.assign(new Error('x'), failure))).toMatchObject({ kind: 'refused', why });
  });

  it.each([
    ['a time-out of ours', Object.assign(new Error('Request aborted'), { name: 'AbortError' })],
    ['a time-out', Object.assign(new Error('x'), { name: 'TimeoutError', code: 'ETIMEDOUT' })],
    ['a reset', Object.assign(new Error('x'), { name: 'TimeoutError', code: 'ECONNRESET' })],
    ['a code without a status', Object.assign(new Error('x'), { name: 'MessageRejected' })],
    [
      'a name that every object has',
      Object.assign(new Error('x'), { name: 'constructor', $metadata: { httpStatusCode: 400 } }),
    ],
    ['no error at all', undefined],
    ['a text', 'MessageRejected'],
  ])('that fails with %s is of unknown fate', (_what, failure) => {
    expect(readFailure(failure)).toMatchObject({ kind: 'unknown' });
  });
});

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}
