/** The console's content policy on AWS: its own, and the hosts that sign people in and take their files. */
import { consoleHeaders } from '../functions/console/headers.ts';

/** `hosts`: `https://…`, or tokens that become such at deploy, which no URL parser could read. */
export function contentSecurityPolicy(hosts: readonly string[]): string {
  const own = consoleHeaders()['content-security-policy'] ?? '';
  const asking = "connect-src 'self'";
  if (!own.includes(asking)) throw new Error(`The console's policy has no ${asking} to add hosts to.`);
  return own.replace(asking, [asking, ...hosts].join(' '));
}
