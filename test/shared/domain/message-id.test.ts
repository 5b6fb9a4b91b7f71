/** Ids that lead an answer back: SES's, which the prospect's client names, and our own beside it. */
import { describe, expect, it } from 'vitest';
import type { ContactId } from '../../../shared/domain/ids.ts';
import { enrollmentIdOf } from '../../../shared/domain/ids.ts';
import {
  ownMessageId,
  readOwnMessageId,
  readSesMessageId,
  safeMessageIds,
  sesMessageId,
} from '../../../shared/domain/message-id.ts';

const SES_ID = '0100019aa0c0ffee-12345678-1234-1234-1234-123456789abc-000000';
const ENROLLMENT = enrollmentIdOf('a'.repeat(26) as ContactId, 2);

describe('the Message-ID that SES writes', () => {
  it.each([
    ['us-east-1', `<${SES_ID}@email.amazonses.com>`],
    ['eu-west-1', `<${SES_ID}@eu-west-1.amazonses.com>`],
  ])('in %s is %s, and is read back', (region, expected) => {
    expect(sesMessageId(SES_ID, region)).toBe(expected);
    expect(readSesMessageId(expected)).toBe(SES_ID);
    expect(readSesMessageId(expected.toUpperCase())).toBe(SES_ID);
  });

  it.each(['', '<x@amazonses.com.evil.example>', `<${SES_ID}@evil.example>`, 'a b@email.amazonses.com'])(
    'is not %j',
    (id) => {
      expect(readSesMessageId(id)).toBeUndefined();
    },
  );
});

describe('our own id', () => {
  it('names the letter and is read back, folded or bare', () => {
    const id = ownMessageId(ENROLLMENT, 3, 'reply.example.com');
    for (const form of [id, id.toUpperCase(), id.slice(1, -1), ` ${id} `]) {
      expect(readOwnMessageId(form, 'Reply.example.com')).toEqual({ enrollmentId: ENROLLMENT, step: 3 });
    }
  });

  it.each([
    '',
    '<x-1-1@reply.example.com>',
    `<${ENROLLMENT}-1@other.example>`,
    `<${ENROLLMENT}@reply.example.com>`,
  ])('is not %j', (id) => {
    expect(readOwnMessageId(id, 'reply.example.com')).toBeUndefined();
  });
});

it('of a stranger stands in our header only when well formed, once, and newest first to stay', () => {
  const ids = ['<a@b>', '<a@b>', 'x', '<a b@c>', '<c@d>\r\nBcc: e', '<é@x>', '<e@f>'];
  expect(safeMessageIds(ids, 20)).toEqual(['<a@b>', '<e@f>']);
  expect(safeMessageIds(ids, 1)).toEqual(['<e@f>']);
});
