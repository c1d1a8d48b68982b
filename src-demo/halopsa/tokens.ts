// GET /api/authinfo, POST /auth/token and the bearer check (halopsa.md §2, §3): client credentials only. Callers are
// untrusted; a token is random, shaped like a JWT because clients expect one, and never written anywhere.
import { randomBytes } from 'node:crypto';
import type { HaloData } from '../demo-data.ts';
import type { Answer } from '../vendor/answer.ts';
import { jsonAnswer } from '../vendor/answer.ts';
import { isSameSecret, makeToken } from '../vendor/secret.ts';
import type { HaloFaults } from './faults.ts';

export type Tokens = {
  /** Answers a token request; `tenant` is what the query string names, '' for none. */
  issue(body: string, tenant: string): Answer;
  /** The scopes of a valid `Authorization` header, else null. */
  check(authorization: string | undefined): ReadonlySet<string> | null;
};

type Source = {
  readonly tenant: string;
  readonly credential: HaloData['credential'];
  readonly faults: HaloFaults;
  readonly now: () => number;
};

const areas = [
  'tickets',
  'calendar',
  'customers',
  'crm',
  'timesheets',
  'contracts',
  'suppliers',
  'items',
  'projects',
  'sales',
  'quotes',
  'sos',
  'pos',
  'invoices',
  'reporting',
  'software',
  'softwarelicensing',
  'kb',
  'assets',
];
const plainScopes = ['editMine:timesheets', 'access:chat', 'access:adpasswordreset', 'all', 'all:standard', 'admin'];
const always = ['openid', 'email', 'profile', 'offline_access', 'roles'];
const pairs = areas.flatMap((area) => [`read:${area}`, `edit:${area}`]);
const knownScopes = new Set([...plainScopes, ...always, ...pairs]);

export function createTokens(source: Source): Tokens {
  const { faults, now } = source;
  const live = new Map<string, { readonly scopes: ReadonlySet<string>; readonly expires: number }>();
  const rejectIfAsked = () => {
    if (!faults.rejectTokens) return;
    live.clear();
    faults.rejectTokens = false;
  };
  return {
    issue(body, tenant) {
      rejectIfAsked();
      const form = new URLSearchParams(body);
      if ([tenant, form.get('tenant') ?? ''].some((named) => !isTenant(source.tenant, named)))
        return oauthError(400, 'invalid_tenant');
      if (form.get('grant_type') !== 'client_credentials') return oauthError(400, 'unsupported_grant_type');
      if (!isCredential(source, form)) return oauthError(401, 'invalid_client');
      const asked = (form.get('scope') ?? '').split(/\s+/).filter((scope) => scope !== '');
      if (asked.some((scope) => !knownScopes.has(scope))) return oauthError(400, 'invalid_scope');
      const token = makeToken(now());
      const scopes = new Set([...always, ...asked]);
      live.set(token, { scopes, expires: now() + faults.tokenExpiresIn * 1000 });
      return granted(token, scopes, asked.includes('offline_access'), source);
    },
    check(authorization) {
      rejectIfAsked();
      const token = /^Bearer (\S+)$/i.exec(authorization ?? '')?.[1];
      const found = live.get(token ?? '');
      if (token === undefined || found === undefined) return null;
      if (found.expires > now()) return found.scopes;
      live.delete(token);
      return null;
    },
  };
}

/** Naming no tenant is fine, naming another one is not (§2). */
export function isTenant(tenant: string, named: string): boolean {
  return named === '' || named.toLowerCase() === tenant.toLowerCase();
}

function granted(token: string, scopes: ReadonlySet<string>, isRefreshable: boolean, { faults, now }: Source): Answer {
  const refresh = isRefreshable ? { refresh_token: randomBytes(32).toString('hex') } : {};
  const body = {
    scope: [...scopes].join(' '),
    token_type: 'Bearer',
    access_token: token,
    expires_in: faults.tokenExpiresIn,
    id_token: makeToken(now()),
    ...refresh,
  };
  const answer = jsonAnswer(200, JSON.stringify(body));
  return { ...answer, headers: { ...answer.headers, 'cache-control': 'no-store' } };
}

function oauthError(status: number, error: string): Answer {
  return jsonAnswer(status, JSON.stringify({ error }));
}

function isCredential({ credential }: Source, form: URLSearchParams): boolean {
  const isId = isSameSecret(form.get('client_id') ?? '', credential.clientId);
  return isSameSecret(form.get('client_secret') ?? '', credential.clientSecret) && isId;
}
