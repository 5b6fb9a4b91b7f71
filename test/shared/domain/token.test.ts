/** What a sealed id promises: it opens for its purpose, under every key still kept, and for nobody who made it up. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ContactId, enrollmentIdOf, type SenderId } from '../../../shared/domain/ids.ts';
import {
  openToken,
  readReplyAddress,
  readSenderAddress,
  replyAddress,
  sealToken,
  senderAddress,
  unsubscribeUrl,
} from '../../../shared/domain/token.ts';

const KEYS = { b: 'the present key', a: 'the key before' };
const DOMAIN = 'reply.example.com';
const PURPOSES = ['reply', 'unsubscribe'] as const;

const base32Text = (min: number, max: number) =>
  fc
    .array(fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz234567'), { minLength: min, maxLength: max })
    .map((all) => all.join(''));
const enrollmentIds = fc
  .tuple(base32Text(26, 26), fc.integer({ min: 0, max: 1023 }))
  .map(([contactId, n]) => enrollmentIdOf(contactId as ContactId, n));
const senderIds = base32Text(1, 26).map((id) => id as SenderId);

describe('a sealed enrollment', () => {
  it('opens again, whatever a mail system did to its case', () => {
    fc.assert(
      fc.property(enrollmentIds, fc.constantFrom(...PURPOSES), (id, purpose) => {
        const token = sealToken(KEYS, purpose, id);
        expect(token).toMatch(/^[a-z2-7]{45}$/);
        expect(openToken(KEYS, purpose, token)).toBe(id);
        expect(openToken(KEYS, purpose, token.toUpperCase())).toBe(id);
      }),
    );
  });

  it('never opens for another purpose', () => {
    fc.assert(
      fc.property(enrollmentIds, (id) => {
        expect(openToken(KEYS, 'unsubscribe', sealToken(KEYS, 'reply', id))).toBeUndefined();
        expect(openToken(KEYS, 'reply', sealToken(KEYS, 'unsubscribe', id))).toBeUndefined();
        expect(openToken(KEYS, 'sender', sealToken(KEYS, 'reply', id))).toBeUndefined();
      }),
    );
  });

  it('does not open after any single character changed', () => {
    fc.assert(
      fc.property(enrollmentIds, fc.nat(44), fc.constantFrom(...'abcxyz234567'), (id, at, other) => {
        const token = sealToken(KEYS, 'reply', id);
        fc.pre(token.charAt(at) !== other);
        expect(openToken(KEYS, 'reply', token.slice(0, at) + other + token.slice(at + 1))).toBeUndefined();
      }),
    );
  });

  it('takes any text without throwing and opens none of it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        expect(openToken(KEYS, 'reply', text)).toBeUndefined();
        expect(readReplyAddress(text, DOMAIN, KEYS)).toBeUndefined();
        expect(readReplyAddress(`r+${text}@${DOMAIN}`, DOMAIN, KEYS)).toBeUndefined();
      }),
    );
  });
});

describe('keys', () => {
  const id = enrollmentIdOf('a'.repeat(26) as ContactId, 7);

  it('sign with the first and verify with all, so that a rotation breaks no old address', () => {
    const before = sealToken({ a: KEYS.a }, 'reply', id);
    expect(sealToken(KEYS, 'reply', id).endsWith('b')).toBe(true);
    expect(openToken(KEYS, 'reply', before)).toBe(id);
  });

  it('refuse what a dropped key sealed', () => {
    expect(openToken({ a: KEYS.a }, 'reply', sealToken(KEYS, 'reply', id))).toBeUndefined();
  });

  it.each([[{}], [{ 2: 'digits would sort first' }], [{ ab: 'two characters' }], [{ a: '' }]])(
    'that cannot sign are a fault of ours: %j',
    (keys) => {
      expect(() => sealToken(keys as Record<string, string>, 'reply', id)).toThrow(/token key/);
    },
  );

  it.each(['', 'short-1', `${'a'.repeat(26)}-1024`, `${'A'.repeat(26)}-1`])('never seal %j', (bad) => {
    expect(() => sealToken(KEYS, 'reply', bad as never)).toThrow();
  });

  it.each(['', 'Ana', 'a'.repeat(27), 'ana-silva'])('never seal the sender %j', (bad) => {
    expect(() => sealToken(KEYS, 'sender', bad as SenderId)).toThrow();
  });
});

describe('addresses', () => {
  it('fit the 64 characters of a local part and come back from folded, bracketed and padded forms', () => {
    fc.assert(
      fc.property(enrollmentIds, senderIds, (enrollmentId, senderId) => {
        const reply = replyAddress(DOMAIN, KEYS, enrollmentId);
        const own = senderAddress(DOMAIN, KEYS, senderId);
        for (const address of [reply, own]) expect(address.indexOf('@')).toBeLessThanOrEqual(64);
        for (const form of [reply, reply.toUpperCase(), `<${reply}>`, ` <${reply}> `]) {
          expect(readReplyAddress(form, DOMAIN, KEYS)).toBe(enrollmentId);
          expect(readSenderAddress(form, DOMAIN, KEYS)).toBeUndefined();
        }
        expect(readSenderAddress(`<${own.toUpperCase()}>`, 'REPLY.example.com', KEYS)).toBe(senderId);
      }),
    );
  });

  it('of another domain lead nowhere', () => {
    const address = replyAddress(DOMAIN, KEYS, enrollmentIdOf('b'.repeat(26) as ContactId, 1));
    expect(readReplyAddress(address, 'example.com', KEYS)).toBeUndefined();
    expect(readReplyAddress(`${address}.evil.example`, DOMAIN, KEYS)).toBeUndefined();
  });

  it('make an opt-out link that opens', () => {
    const id = enrollmentIdOf('c'.repeat(26) as ContactId, 3);
    const url = unsubscribeUrl('https://relance.example.com', KEYS, id);
    const token = url.replace('https://relance.example.com/u/', '');
    expect(openToken(KEYS, 'unsubscribe', token)).toBe(id);
  });
});
