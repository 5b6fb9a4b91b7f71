/**
 * Where a webhook may lead. Its URL is typed by a user and called from inside the account, so it must not become a
 * way to the Lambda runtime API (127.0.0.1:9001), the metadata service (169.254.169.254) or a private network (SSRF).
 */
import { promises as dns, type LookupAddress } from 'node:dns';
import { BlockList, isIP } from 'node:net';

export type Lookup = (hostname: string) => Promise<readonly LookupAddress[]>;

/** Every address of a name, as the operating system knows it. */
export const lookupAll: Lookup = (hostname) => dns.lookup(hostname, { all: true });

/** IANA special-purpose registries (RFC 6890 and updates): nothing in them is a public web server. */
const SPECIAL_IPV4: readonly (readonly [net: string, prefix: number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
];
/** Only 2000::/3 is global unicast; inside it, these carry another address or none (Teredo, 6to4, documentation). */
const SPECIAL_IPV6: readonly (readonly [net: string, prefix: number])[] = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
];

const special = new BlockList();
for (const [net, prefix] of SPECIAL_IPV4) special.addSubnet(net, prefix, 'ipv4');
for (const [net, prefix] of SPECIAL_IPV6) special.addSubnet(net, prefix, 'ipv6');
const globalUnicast = new BlockList();
globalUnicast.addSubnet('2000::', 3, 'ipv6');

/** An IPv4 address written as IPv6 (`::ffff:10.0.0.1`) is outside 2000::/3 and so never public. */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return !special.check(address, 'ipv4');
  return family === 6 && globalUnicast.check(address, 'ipv6') && !special.check(address, 'ipv6');
}

export const isLoopback = (address: string): boolean =>
  /^127\.\d+\.\d+\.\d+$/.test(address) || address === '::1';

/**
 * The address to connect to, resolved once, so that the name cannot lead elsewhere a moment later (DNS rebinding).
 * Throws where the URL may not be called: anything but https to public addresses; locally also this machine.
 */
export async function resolveTarget(url: URL, isLocal: boolean, lookup: Lookup): Promise<LookupAddress> {
  if (url.username || url.password) throw refused('it carries a password');
  if (url.protocol !== 'https:' && !(isLocal && url.protocol === 'http:')) throw refused('it is not https');
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const family = isIP(host);
  const found = family ? [{ address: host, family }] : await lookup(host);
  const first = found[0];
  if (!first) throw refused('its name has no address');
  const mayCall = (address: string): boolean =>
    (isLocal && isLoopback(address)) || (url.protocol === 'https:' && isPublicAddress(address));
  // One bad address among good ones is refused too: the next look-up may put it first.
  if (!found.every(({ address }) => mayCall(address)))
    throw refused('it leads to an address that is not public');
  return first;
}

/** Without the URL: its path may be the receiver's secret. */
const refused = (why: string): Error => new Error(`The webhook is not called: ${why}.`);
