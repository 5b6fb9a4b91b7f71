/** What the console's pages may load and ask: this host and the issuer, and nothing is ever evaluated. */

/** `issuer`: an https URL, or a token that becomes one at deploy. */
export const contentSecurityPolicy = (issuer: string, signInHost = ''): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    // Cloudscape sets custom properties on elements as it lays out.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self' data:",
    `connect-src 'self' ${[issuer, signInHost].filter((one) => one !== '').join(' ')}`.trim(),
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
