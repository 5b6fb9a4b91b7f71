/** The Ids port: randomness of the operating system, and the two secrets that ids and tokens hang on. */
import { randomBytes } from 'node:crypto';
import { base32 } from '../shared/domain/ids.ts';
import type { Ids } from '../shared/ports.ts';
import type { Env } from './env.ts';

const FRESH_CHARS = 20;
/** 13 bytes make 21 characters of base32; the first 20 carry 100 random bits. */
const FRESH_BYTES = 13;

export const makeIds = (env: Pick<Env, 'CONTACT_SECRET' | 'TOKEN_KEYS'>): Ids => ({
  fresh: () => base32(randomBytes(FRESH_BYTES)).slice(0, FRESH_CHARS),
  contactSecret: env.CONTACT_SECRET,
  tokenKeys: env.TOKEN_KEYS,
});
