/** Companies' gates of the Store port: owner, hold, suppression. */
import { companyGateKey, type Item, SUPPRESSED } from '../../../functions/aws/items.ts';
import type { CompanyStore } from '../../../functions/aws/store-companies.ts';
import type { CompanyGate } from '../../../shared/domain/gate.ts';
import type { SenderId } from '../../../shared/domain/ids.ts';
import type { StoreWatch } from './store.ts';
import type { Table } from './table.ts';

type Ask = <Answer>(op: string, key: string, effect: () => Answer) => Promise<Answer>;

export function companyStoreOf(
  read: Ask,
  write: Ask,
  table: Table,
  put: (item: Item) => void,
  watch: StoreWatch,
): CompanyStore {
  const load = (domain: string): CompanyGate => companyOf(table.get(companyGateKey(domain)));
  const save = (domain: string, gate: CompanyGate): void => {
    const since = table.get(companyGateKey(domain))?.dueAt;
    const entry = gate.suppressed && since !== undefined ? { duePk: SUPPRESSED, dueAt: since } : {};
    put({ ...companyGateKey(domain), ...entry, ...gate });
    watch.companySaved(domain.toLowerCase(), gate);
  };
  return {
    suppressDomain: (domain, since) =>
      write('suppressDomain', domain, () => {
        const { suppressed: _, ...rest } = load(domain);
        if (!since) return save(domain, rest);
        const dueAt = table.get(companyGateKey(domain))?.dueAt ?? since;
        put({ ...companyGateKey(domain), ...rest, suppressed: true, duePk: SUPPRESSED, dueAt });
        watch.companySaved(domain.toLowerCase(), { ...rest, suppressed: true });
      }),
    isDomainSuppressed: (domain) =>
      read('isDomainSuppressed', domain, () => load(domain).suppressed === true),
    loadCompanies: (domains) =>
      read(
        'loadCompanies',
        String(domains.length),
        () => new Map(domains.map((domain) => [domain, load(domain)])),
      ),
    loadCompany: (domain) => read('loadCompany', domain, () => load(domain)),
    takeCompany: (domain, senderId) =>
      write('takeCompany', domain, (): SenderId => {
        const gate = load(domain);
        if (!gate.owner) save(domain, { ...gate, owner: senderId });
        return gate.owner ?? senderId;
      }),
    moveCompany: (domain, from, to) =>
      write('moveCompany', domain, () => {
        const gate = load(domain);
        if (gate.owner !== from) return false;
        save(domain, { ...gate, owner: to });
        return true;
      }),
    holdCompany: (domain, hold) =>
      write('holdCompany', domain, () => {
        const { heldSince, heldBy, ...rest } = load(domain);
        if (heldSince) return { since: heldSince, by: heldBy ?? hold.by };
        save(domain, { ...rest, heldSince: hold.since, heldBy: hold.by });
        return hold;
      }),
    releaseCompany: (domain) =>
      write('releaseCompany', domain, () => {
        const { heldSince: _since, heldBy: _by, ...rest } = load(domain);
        save(domain, rest);
      }),
  };
}

export function companyOf(item: Item | undefined): CompanyGate {
  if (!item) return {};
  const { pk: _pk, sk: _sk, duePk: _list, dueAt: _since, ...gate } = item;
  return gate as CompanyGate;
}
