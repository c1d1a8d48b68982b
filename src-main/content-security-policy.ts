/**
 * What the window's page may load, in both hosts: our own files and nothing else. No inline script or style, no eval, no
 * frame, no form. `connect-src 'self'` covers the WebSocket of the headless host.
 */
export const contentSecurityPolicy = policy("'none'");

/** The log-in page of the headless host has no script, and the one form of the program. */
export const loginContentSecurityPolicy = policy("'self'");

function policy(formAction: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    `form-action ${formAction}`,
    "frame-ancestors 'none'",
  ].join('; ');
}
