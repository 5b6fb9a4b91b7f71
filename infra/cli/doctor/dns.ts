/** The DNS of an installation, as a receiving mail server sees it: DKIM, SPF of MAIL FROM, DMARC, MX of the reply domain. */
import { type Finding, right, skipped, warning, wrong } from './finding.ts';

/** The part of `node:dns/promises` that is asked; tests give their own zone. */
export type Resolver = {
  resolveTxt(name: string): Promise<string[][]>;
  resolveMx(name: string): Promise<{ exchange: string; priority: number }[]>;
  resolveCname(name: string): Promise<string[]>;
};

export type Domains = {
  readonly domain: string;
  readonly replyDomain: string;
  readonly mailFromSubdomain: string;
  readonly region: string;
  /** SES's three tokens, where the account could be asked. */
  readonly dkimTokens?: readonly string[];
};

export async function checkDns(dns: Resolver, of: Domains): Promise<readonly Finding[]> {
  const mailFrom = `${of.mailFromSubdomain}.${of.domain}`;
  return Promise.all([
    checkMx(dns, 'MX of the reply domain', of.replyDomain, `inbound-smtp.${of.region}.amazonaws.com`),
    checkMx(dns, 'MX of MAIL FROM', mailFrom, `feedback-smtp.${of.region}.amazonses.com`),
    checkSpf(dns, mailFrom),
    checkDmarc(dns, of.domain),
    ...dkimOf(dns, of),
  ]);
}

const NOT_THERE = ['ENOTFOUND', 'ENODATA'];

/** `undefined`: there is no such record. Anything else that fails is the resolver's trouble, and is thrown. */
async function ask<Answer>(question: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await question;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (NOT_THERE.includes(code)) return undefined;
    throw new Error(`DNS does not answer (${code || 'no code'})`, { cause: error });
  }
}

async function checkMx(dns: Resolver, what: string, name: string, wanted: string): Promise<Finding> {
  const found = (await ask(dns.resolveMx(name))) ?? [];
  const hosts = found.map(({ exchange }) => exchange.toLowerCase().replace(/\.$/, ''));
  const todo = `Add: ${name} MX 10 ${wanted}`;
  if (hosts.length === 0) return wrong(what, `${name} has none`, todo);
  if (!hosts.includes(wanted)) return wrong(what, `${name} leads to ${hosts.join(', ')}`, todo);
  if (hosts.length > 1) return warning(what, `${name} leads elsewhere too`, `Leave only ${wanted}`);
  return right(what, wanted);
}

async function checkSpf(dns: Resolver, name: string): Promise<Finding> {
  const records = await textsOf(dns, name);
  const spf = records.filter((one) => one.toLowerCase().startsWith('v=spf1'));
  const todo = `Add: ${name} TXT "v=spf1 include:amazonses.com ~all"`;
  if (spf.length === 0) return wrong('SPF of MAIL FROM', `${name} has none`, todo);
  // RFC 7208 §4.5: two records are a permanent error.
  if (spf.length > 1) return wrong('SPF of MAIL FROM', `${name} has ${spf.length}`, 'Leave one');
  const isOurs = /\binclude:amazonses\.com\b/i.test(spf[0] ?? '');
  return isOurs ? right('SPF of MAIL FROM', spf[0] ?? '') : wrong('SPF of MAIL FROM', spf[0] ?? '', todo);
}

async function checkDmarc(dns: Resolver, domain: string): Promise<Finding> {
  const found = (await textsOf(dns, `_dmarc.${domain}`)).find((one) => /^v=dmarc1\b/i.test(one));
  if (found) return right('DMARC', found);
  return wrong(
    'DMARC',
    `_dmarc.${domain} has none: Gmail, Yahoo and Microsoft want one`,
    `Add: _dmarc.${domain} TXT "v=DMARC1; p=none; rua=mailto:dmarc@${domain}"`,
  );
}

const textsOf = async (dns: Resolver, name: string): Promise<readonly string[]> =>
  ((await ask(dns.resolveTxt(name))) ?? []).map((parts) => parts.join(''));

function dkimOf(dns: Resolver, { domain, dkimTokens }: Domains): readonly Promise<Finding>[] {
  if (!dkimTokens) return [Promise.resolve(skipped('DKIM', 'SES could not be asked for its tokens'))];
  return dkimTokens.map(async (token, n) => {
    const name = `${token}._domainkey.${domain}`;
    const what = `DKIM ${n + 1} of ${dkimTokens.length}`;
    const wanted = `${token}.dkim.amazonses.com`;
    const found = (await ask(dns.resolveCname(name)))?.map((one) => one.toLowerCase().replace(/\.$/, ''));
    if (found?.includes(wanted)) return right(what, name);
    return wrong(
      what,
      found ? `${name} leads to ${found.join()}` : `${name} is missing`,
      `Add: ${name} CNAME ${wanted}`,
    );
  });
}
