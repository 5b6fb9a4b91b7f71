// What an operator chooses: every mistake is named, with what the setting is for and where to mend it.
import { describe, expect, it } from 'vitest';
import { isPlaceholder, readConfig } from '../../infra/config.ts';
import { sendConcurrency } from '../../infra/pacing.ts';

const read = (settings: Record<string, unknown>) => readConfig((name) => settings[name], {});

describe('configuration', () => {
  it('has a default for everything, so that synth needs none', () => {
    expect(read({})).toMatchObject({
      stage: 'dev',
      region: 'us-east-1',
      domain: 'example.com',
      replyDomain: 'reply.example.com',
      alertAddress: 'alerts@example.com',
      mailDays: 365,
      activateRuleSet: false,
    });
  });

  it('reads context before the environment', () => {
    const context = (name: string) => (name === 'stage' ? 'prod' : undefined);
    expect(readConfig(context, { RELANCE_STAGE: 'test', RELANCE_MAIL_DAYS: '90' })).toMatchObject({
      stage: 'prod',
      mailDays: 90,
    });
  });

  it.each<[string, Record<string, unknown>, RegExp]>([
    [
      'a region where SES cannot receive',
      { region: 'eu-south-1' },
      /region .*receives mail only in us-east-1/,
    ],
    ['a stage with capitals', { stage: 'Prod!' }, /stage .*beginning with a letter.*RELANCE_STAGE/],
    ['mails gone too soon', { mailDays: '3' }, /mailDays .*weeks later/],
    [
      'one subdomain for both ways',
      { replySubdomain: 'm', mailFromSubdomain: 'm' },
      /mailFromSubdomain .*another label/,
    ],
    [
      'an issuer without audience',
      { oidcIssuer: 'https://login.example.com' },
      /oidcAudience .*open the door/,
    ],
    ['an issuer without TLS', { oidcIssuer: 'http://login.example.com' }, /oidcIssuer .*https/],
    ['a host name without certificate', { publicDomain: 'a.example.com' }, /publicDomain .*come together/],
    [
      'a certificate of elsewhere',
      {
        publicDomain: 'a.example.com',
        certificateArn: `arn:aws:acm:eu-west-1:123456789012:certificate/${'0'.repeat(36)}`,
      },
      /certificateArn .*must be in us-east-1/,
    ],
    ['alerts from a foreign domain', { alertAddress: 'a@other.example' }, /alertAddress .*example\.com only/],
    ['days that CloudWatch does not know', { logDays: '31' }, /logDays .*30/],
    ['no domain at all', { domain: 'localhost' }, /domain .*export\.example\.com/],
    ['a word for a flag', { activateRuleSet: 'maybe' }, /activateRuleSet/],
  ])('refuses %s', (_what, settings, message) => {
    expect(() => read(settings)).toThrow(message);
  });

  it('names every mistake at once', () => {
    expect(() => read({ stage: 'NO', mailDays: 1 })).toThrow(/stage[\s\S]*mailDays/);
  });

  it('knows the names that nobody can deploy with', () => {
    expect(['example.com', 'export.example', 'a.example.org'].every(isPlaceholder)).toBe(true);
    expect(isPlaceholder('harbour-tools.com')).toBe(false);
  });
});

it.each([
  [1, 2],
  [14, 2],
  [50, 10],
  [10_000, 1_000],
])('%i letters a second are sent by %i steps at once', (rate, concurrency) => {
  expect(sendConcurrency(rate)).toBe(concurrency);
});
