// POST /v1/token and the bearer check (pax8.md §1): client credentials only, no scopes, one token sees every company.
// Callers are untrusted; a token is random, shaped like a JWT because clients expect one, and never written anywhere.
import type { Answer } from '../vendor/answer.ts';
import { jsonAnswer } from '../vendor/answer.ts';
import { isRecord, parseJson } from '../vendor/json.ts';
import { isSameSecret, makeToken } from '../vendor/secret.ts';
import type { Draft } from './body.ts';
import { textOf } from './body.ts';
import type { Pax8Faults } from './faults.ts';
import { refuse } from './refusal.ts';

export type Tokens = {
  /** Answers a token request at `path`. */
  issue(path: string, body: string): Answer;
  /** What a valid `Authorization` header was issued for, else null. */
  check(authorization: string | undefined): 'partner' | 'vendor' | null;
};

type Source = {
  readonly credential: { readonly clientId: string; readonly clientSecret: string };
  readonly faults: Pax8Faults;
  readonly now: () => number;
};

/** The audiences of a partner, the second an old one that is still in use, and of a vendor, which open other APIs. */
const audiences: ReadonlyMap<string, 'partner' | 'vendor'> = new Map([
  ['https://api.pax8.com', 'partner'],
  ['api://p8p.client', 'partner'],
  ['api://provisioning', 'vendor'],
  ['api://usage', 'vendor'],
]);

export function createTokens(source: Source): Tokens {
  const { faults, now } = source;
  const live = new Map<string, { readonly kind: 'partner' | 'vendor'; readonly expires: number }>();
  const rejectIfAsked = () => {
    if (!faults.rejectTokens) return;
    live.clear();
    faults.rejectTokens = false;
  };
  return {
    issue(path, body) {
      rejectIfAsked();
      const asked = parseJson(body);
      if (!isRecord(asked)) return refuse(path, 400, 'The request body must be a JSON object');
      const kind = audiences.get(textOf(asked, 'audience'));
      if (kind === undefined || textOf(asked, 'grant_type') !== 'client_credentials' || !isCredential(source, asked))
        return jsonAnswer(401, JSON.stringify({ error: 'access_denied', error_description: 'Unauthorized' }));
      const token = makeToken(now());
      live.set(token, { kind, expires: now() + faults.tokenExpiresIn * 1000 });
      const granted = { access_token: token, expires_in: faults.tokenExpiresIn, token_type: 'Bearer' };
      const answer = jsonAnswer(200, JSON.stringify(granted));
      return { ...answer, headers: { ...answer.headers, 'cache-control': 'no-store' } };
    },
    check(authorization) {
      rejectIfAsked();
      const token = /^Bearer (\S+)$/i.exec(authorization ?? '')?.[1] ?? '';
      const found = live.get(token);
      if (found === undefined) return null;
      if (found.expires > now()) return found.kind;
      live.delete(token);
      return null;
    },
  };
}

function isCredential({ credential }: Source, asked: Draft): boolean {
  const isId = isSameSecret(textOf(asked, 'client_id'), credential.clientId);
  return isSameSecret(textOf(asked, 'client_secret'), credential.clientSecret) && isId;
}
