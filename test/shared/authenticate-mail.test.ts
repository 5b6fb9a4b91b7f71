// Who wrote it, as far as SES's verdicts prove it: DMARC's own word, or alignment where a domain publishes no policy.
import { describe, expect, it } from 'vitest';
import { isFromProven } from '../../shared/authenticate-mail.ts';
import type { Verdicts } from '../../shared/domain/arrival.ts';
import { parseMail } from '../../shared/parse-mail.ts';

const verdicts = (given: Partial<Verdicts>): Verdicts => ({
  spf: 'GRAY',
  dkim: 'GRAY',
  dmarc: 'GRAY',
  spam: 'PASS',
  virus: 'PASS',
  ...given,
});
const mailOf = (headers: readonly string[]) =>
  parseMail(Buffer.from(['From: Ana <ana@acme.example>', ...headers, '', 'Hello'].join('\r\n')));
const signed = (domain: string): string => `DKIM-Signature: v=1; a=rsa-sha256; d=${domain}; s=one; bh=x; b=y`;

describe('a From is proven', () => {
  it.each<[string, readonly string[], Partial<Verdicts>, boolean]>([
    ['by DMARC', [], { dmarc: 'PASS' }, true],
    ['never against DMARC', [signed('acme.example')], { dmarc: 'FAIL', dkim: 'PASS', spf: 'PASS' }, false],
    ['not by silence', [], {}, false],
    ['by an aligned signature', [signed('acme.example')], { dkim: 'PASS' }, true],
    ['by a signature of the parent domain', [signed('mail.acme.example')], { dkim: 'PASS' }, true],
    ['not by a signature that failed', [signed('acme.example')], { dkim: 'FAIL' }, false],
    ['not by another’s signature', [signed('evil.example')], { dkim: 'PASS' }, false],
    [
      'not by two signatures of which one is another’s',
      [signed('evil.example'), signed('acme.example')],
      { dkim: 'PASS' },
      false,
    ],
    ['not by a domain that only ends alike', [signed('notacme.example')], { dkim: 'PASS' }, false],
    ['not by a top-level domain', [signed('example')], { dkim: 'PASS' }, false],
    ['by an aligned envelope sender', ['Return-Path: <bounce@acme.example>'], { spf: 'PASS' }, true],
    ['not by another’s envelope sender', ['Return-Path: <x@evil.example>'], { spf: 'PASS' }, false],
    [
      'not by a Return-Path that came with the mail',
      ['Return-Path: <x@evil.example>', 'Return-Path: <ana@acme.example>'],
      { spf: 'PASS' },
      false,
    ],
    ['not twice', ['From: <ceo@acme.example>'], { dmarc: 'PASS' }, false],
  ])('%s', async (_how, headers, given, expected) => {
    const mail = await mailOf(headers);
    expect(isFromProven(mail, verdicts(given))).toBe(expected);
  });
});
