// What a company's gate must guarantee on every store: one owner, one hold, and suppression beside both.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ContactId, SenderId } from '../../shared/domain/ids.ts';
import { HOUR, plus } from '../../shared/domain/instant.ts';
import type { Store } from '../../shared/ports.ts';
import { AT, SENDER } from './store-samples.ts';

const OTHER = 'other' as SenderId;
const ANA = 'a'.repeat(26) as ContactId;
const BEN = 'b'.repeat(26) as ContactId;
const DOMAIN = 'acme.example';

export function companiesContract(
  open: () => Promise<{ readonly store: Store; close(): Promise<void> }>,
): void {
  let store: Store;
  let close: () => Promise<void>;
  beforeEach(async () => {
    ({ store, close } = await open());
  });
  afterEach(() => close());

  describe('a company', () => {
    it('is nobody’s and open before anybody has to do with it', async () => {
      expect(await store.loadCompany(DOMAIN)).toEqual({});
    });

    it('has one owner, however many take it at once', async () => {
      const takers = Array.from({ length: 20 }, (_, n) => `sender${n}` as SenderId);
      const answers = await Promise.all(takers.map((one) => store.takeCompany(DOMAIN, one)));
      expect(new Set(answers).size).toBe(1);
      expect((await store.loadCompany(DOMAIN)).owner).toBe(answers[0]);
    });

    it('is found among many by its domain as it was asked for', async () => {
      await store.takeCompany(DOMAIN, SENDER);
      const found = await store.loadCompanies(['ACME.example', 'nobody.example', DOMAIN]);
      expect([...found]).toEqual([
        ['ACME.example', { owner: SENDER }],
        ['nobody.example', {}],
        [DOMAIN, { owner: SENDER }],
      ]);
    });

    it('moves from its owner only', async () => {
      await store.takeCompany(DOMAIN, SENDER);
      expect(await store.moveCompany(DOMAIN, OTHER, SENDER)).toBe(false);
      expect(await store.moveCompany(DOMAIN, SENDER, OTHER)).toBe(true);
      expect(await store.takeCompany(DOMAIN, SENDER)).toBe(OTHER);
      expect(await store.moveCompany('nobody.example', SENDER, OTHER)).toBe(false);
    });

    it('is held once: the first answer stands until it is released', async () => {
      const first = { since: AT, by: ANA };
      expect(await store.holdCompany(DOMAIN, first)).toEqual(first);
      expect(await store.holdCompany(DOMAIN, { since: plus(AT, HOUR), by: BEN })).toEqual(first);
      await store.releaseCompany(DOMAIN);
      await store.releaseCompany(DOMAIN);
      expect(await store.loadCompany(DOMAIN)).toEqual({});
    });

    it('keeps owner, hold and suppression apart, and reads its domain in any case', async () => {
      await store.takeCompany(DOMAIN, SENDER);
      await store.holdCompany('ACME.example', { since: AT, by: ANA });
      await store.suppressDomain(DOMAIN, AT);
      const whole = { owner: SENDER, heldSince: AT, heldBy: ANA, suppressed: true };
      expect(await store.loadCompany(DOMAIN)).toEqual(whole);
      await store.suppressDomain(DOMAIN, undefined);
      await store.releaseCompany(DOMAIN);
      expect(await store.loadCompany(DOMAIN)).toEqual({ owner: SENDER });
    });
  });
}
