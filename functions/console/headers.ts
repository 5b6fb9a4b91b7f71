/** What the console's pages are served with, on CloudFront and on this machine alike. */

/**
 * No inline script, no third party, no frame around it; mails are shown in frames without origin (`srcdoc`), which
 * inherit this policy and add `default-src 'none'`. `style-src`: Cloudscape sets styles by script, not by text.
 */
export function consoleHeaders(options: { readonly issuer?: string } = {}): Readonly<Record<string, string>> {
  const connect = options.issuer ? `'self' ${new URL(options.issuer).origin}` : "'self'";
  return {
    'content-security-policy': [
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "img-src 'self' data:",
      "font-src 'self'",
      `connect-src ${connect}`,
      "manifest-src 'self'",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-src 'self'",
      "frame-ancestors 'none'",
    ].join('; '),
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'cross-origin-opener-policy': 'same-origin',
    'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=()',
  };
}

export const CONSOLE_HEADERS = consoleHeaders();
