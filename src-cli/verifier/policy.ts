/** The policy of a bundle: a compact JWS (RFC 7515) by the company's key, which is with it and proves no more than itself. */
import { hash } from 'node:crypto';
import { readJson } from './canonical.ts';
import { isSigned } from './checkpoint.ts';

export interface Policy {
  readonly version: number;
  /** Lower-case hex of the JWS's SHA-256, as the ledger repeats it. */
  readonly sha256: string;
}

/** The policy of a text, if it is signed, of this tenant, and all that the text holds; undefined for any other. */
export function readPolicy(text: string, tenant: string): Policy | undefined {
  const value = readJson(text);
  const names = Object.keys(objectOf(value)).sort().join(' ');
  return names === 'bundle tenantKey version' ? policyOf(value, tenant) : undefined;
}

/** The policy of a JSON value with the key it comes with; undefined for what is none, as above. */
export function policyOf(value: unknown, tenant: string): Policy | undefined {
  const { version, bundle, tenantKey } = objectOf(value);
  if (typeof bundle !== 'string' || typeof tenantKey !== 'string') return undefined;
  const [header = '', payload = '', signature = '', ...rest] = bundle.split('.');
  const { alg, typ } = objectOf(readJson(textOf(header)));
  const key = Buffer.from(tenantKey, 'base64url');
  const isValid =
    rest.length === 0 &&
    key.toString('base64url') === tenantKey &&
    alg === 'EdDSA' &&
    typ === 'bulkhead-bundle+jwt' &&
    isSigned(`${header}.${payload}`, Buffer.from(signature, 'base64url'), key);
  const said = objectOf(readJson(textOf(payload)));
  const isOurs = said['version'] === version && (said['tenant'] as { id?: unknown } | undefined)?.id === tenant;
  return isValid && isOurs && typeof version === 'number'
    ? { version, sha256: hash('sha256', bundle, 'hex') }
    : undefined;
}

const textOf = (part: string): string => Buffer.from(part, 'base64url').toString('utf8');

function objectOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
