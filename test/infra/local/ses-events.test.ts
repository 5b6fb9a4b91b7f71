// What the embedded SES reports of a letter, by event and by forwarded mail.
import { simpleParser } from 'mailparser';
import { describe, expect, it } from 'vitest';

import {
  clock,
  close,
  delivered,
  events,
  forwarded,
  letter,
  open,
  openForEachTest,
  RETURN_PATH,
  send,
  ses,
  tagged,
  types,
} from './ses-fixture.ts';

openForEachTest();

describe('events', () => {
  it('publishes Send and Delivery with the tags of the call and the headers as they were passed', async () => {
    const sesId = await send(letter(), tagged());
    expect(types()).toEqual(['Send', 'Delivery']);
    expect(events[0]).toMatchObject({
      eventType: 'Send',
      send: {},
      mail: {
        timestamp: '2026-11-23T09:31:00.000Z',
        source: 'Anne <anne@agency.test>',
        messageId: sesId,
        destination: ['ana@acme.test'],
        headersTruncated: false,
        commonHeaders: {
          from: ['Anne <anne@agency.test>'],
          to: ['Ana Silva <ana@acme.test>'],
          messageId: '<own@agency.test>',
          subject: 'Lamps',
        },
        tags: { claim: ['c1'], 'ses:configuration-set': ['letters'], 'ses:from-domain': ['agency.test'] },
      },
    });
    expect(events[0]?.mail.headers).toContainEqual({ name: 'Message-ID', value: '<own@agency.test>' });
    expect(events[1]).toMatchObject({ delivery: { recipients: ['ana@acme.test'] } });
  });

  it('reads tags and configuration set from the headers when the call has none', async () => {
    await send(
      letter({ extra: ['X-SES-CONFIGURATION-SET: letters', 'X-SES-MESSAGE-TAGS: step=2, claim=c2'] }),
    );
    expect(events[0]?.mail.tags).toMatchObject({ step: ['2'], claim: ['c2'] });
  });

  it('publishes nothing without a configuration set', async () => {
    await send(letter());
    expect(events).toEqual([]);
    expect(delivered).toHaveLength(1);
  });

  it('cuts the copied headers at 10 KB and says so', async () => {
    const extra = Array.from({ length: 200 }, (_, number) => `X-Long-${number}: ${'x'.repeat(90)}`);
    await send(letter({ extra }), tagged());
    expect(events[0]?.mail.headersTruncated).toBe(true);
    expect(JSON.stringify(events[0]?.mail.headers).length).toBeLessThan(16_000);
  });

  it.each([
    ['success', 'success@simulator.amazonses.com', ['Send', 'Delivery']],
    ['bounce', 'bounce+label@simulator.amazonses.com', ['Send', 'Bounce']],
    ['suppressionlist', 'suppressionlist@simulator.amazonses.com', ['Send', 'Bounce']],
    ['complaint', 'complaint@simulator.amazonses.com', ['Send', 'Delivery', 'Complaint']],
    ['ooto', 'ooto@simulator.amazonses.com', ['Send', 'Delivery', 'Bounce']],
    ['an address that does not exist', 'who@gone.test', ['Send', 'Bounce']],
  ])('reports %s as SES does', async (_name, To, expected) => {
    await send(letter({ headers: { To } }), tagged());
    expect(types()).toEqual(expected);
    const bounce = events.find((event) => event.eventType === 'Bounce')?.bounce;
    if (To.startsWith('ooto'))
      expect(bounce).toMatchObject({ bounceType: 'Transient', bounceSubType: 'General' });
    else if (bounce) {
      expect(bounce).toMatchObject({
        bounceType: 'Permanent',
        bouncedRecipients: [{ emailAddress: To, action: 'failed', status: '5.1.1' }],
      });
    }
  });

  it('rejects a virus after accepting it, without delivering', async () => {
    const eicar = String.raw`X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*`;
    await send(letter({ body: eicar }), tagged());
    expect(events).toMatchObject([{ eventType: 'Reject', reject: { reason: 'Bad content' } }]);
    expect(delivered).toEqual([]);
  });

  it('publishes again, when the clock is turned, what could not be published', async () => {
    await close();
    let down = true;
    await open({
      publish: async (event) => {
        if (down) throw new Error('queue is down');
        events.push(event);
      },
    });
    await send(letter(), tagged());
    expect(events).toEqual([]);
    down = false;
    clock.set(ses.nextMoment() ?? 0);
    await ses.settle();
    expect(types().sort()).toEqual(['Delivery', 'Send']);
    expect(ses.nextMoment()).toBeUndefined();
  });
});

describe('feedback forwarding', () => {
  it('mails a bounce to the Return-Path as a delivery status report with the original inside', async () => {
    const sesId = await send(letter({ headers: { To: 'who@gone.test' } }));
    const [report] = forwarded;
    expect(report?.to).toBe(RETURN_PATH);
    const parsed = await simpleParser(report?.raw ?? '', { keepDeliveryStatus: true });
    expect(parsed.from?.value[0]?.address).toBe('MAILER-DAEMON@amazonses.com');
    expect(parsed.headers.get('content-type')).toMatchObject({
      value: 'multipart/report',
      params: { 'report-type': 'delivery-status' },
    });
    const status = parsed.attachments.find(({ contentType }) => contentType === 'message/delivery-status');
    expect(status?.content.toString()).toContain('Final-Recipient: rfc822; who@gone.test');
    expect(status?.content.toString()).toContain('Status: 5.1.1');
    expect(report?.raw.toString()).toContain(`Message-ID: <${sesId}@email.amazonses.com>`);
  });

  it('mails a complaint as a feedback report, and an absence note as an automatic reply', async () => {
    await send(letter({ headers: { To: 'complaint@simulator.amazonses.com' } }));
    const sesId = await send(letter({ headers: { To: 'ooto@simulator.amazonses.com' } }));
    const [complaint, absence] = forwarded.map(({ raw }) => raw.toString());
    expect(complaint).toContain('report-type=feedback-report');
    expect(complaint).toContain('Feedback-Type: abuse');
    expect(absence).toContain('Auto-Submitted: auto-replied');
    expect(absence).toContain(`In-Reply-To: <${sesId}@email.amazonses.com>`);
  });
});
