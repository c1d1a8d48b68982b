// Signing in to HaloPSA: OAuth client credentials (RFC 6749 §4.4), where `/api/authinfo` says. The vendor chose every answer.
import { z } from 'zod';
import { Fault } from '../../src-shared/fault.ts';
import type { HttpReply } from '../egress.ts';
import { createTokenSession, leased, type Session, type Token } from '../token-session.ts';
import type { Powers, ToolCall } from '../vendor.ts';
import { HaloCredential } from './ids.ts';
import { lacks, leastScope } from './scopes.ts';

export interface SignInOptions extends Powers {
  readonly baseUrl: string;
  /** The name of a hosted tenant. */
  readonly tenant: string | undefined;
}

export interface HaloSession extends Session {
  /** Whether the vendor said that the token has no such scope. */
  lacks(scope: string): boolean;
}

export function createHaloSession(options: SignInOptions): HaloSession {
  let place: SignInPlace | undefined;
  let granted: ReadonlySet<string> | undefined;
  const session = createTokenSession(async (call, signal) => {
    place ??= await discover(options, signal);
    const token = await askToken(options, place, call, signal);
    granted = token.granted;
    return token;
  }, options);
  return { ...session, lacks: (scope) => lacks(granted, scope) };
}

interface SignInPlace {
  readonly path: string;
  readonly tenant: string | undefined;
}

/** `GET /api/authinfo` says where to sign in. Only a place on the instance's own host is believed. */
async function discover({ http, baseUrl, tenant }: SignInOptions, signal: AbortSignal): Promise<SignInPlace> {
  const reply = await http({ method: 'GET', path: '/api/authinfo', headers: {}, maxBytes: smallAnswer, signal });
  const info = isGood(reply) ? AuthInfo.safeParse(reply.json).data : undefined;
  if (info === undefined && reply.status !== 404 && !isGood(reply)) throw notSignedIn();
  const base = new URL(baseUrl);
  const place = URL.parse(info?.auth_url ?? '/auth', base.href);
  const prefix = base.pathname.replace(/\/$/, '');
  if (
    place?.origin !== base.origin ||
    place.search !== '' ||
    !place.pathname.startsWith(info === undefined ? '/' : prefix)
  ) {
    throw new Fault('VENDOR_ERROR', 'The vendor names another host for signing in, which is refused.');
  }
  const path = info === undefined ? '/auth/token' : `${place.pathname.slice(prefix.length).replace(/\/$/, '')}/token`;
  return { path, tenant: tenant ?? info?.tenant_id };
}

async function askToken(
  options: SignInOptions,
  { path, tenant }: SignInPlace,
  call: ToolCall,
  signal: AbortSignal,
): Promise<Token & { granted: ReadonlySet<string> | undefined }> {
  const credential = HaloCredential.safeParse(await leased(call, signal));
  if (!credential.success) throw unavailable('The stored credential lacks a client id or a client secret.');
  const reply = await options.http({
    method: 'POST',
    path: tenant === undefined ? path : `${path}?${new URLSearchParams({ tenant })}`,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: credential.data.clientId,
      client_secret: credential.data.clientSecret,
      scope: leastScope,
    }).toString(),
    maxBytes: smallAnswer,
    signal,
  });
  // RFC 6749 §5.2: 401 is for the credential, 400 may also be for a scope the application is not allowed to ask for.
  if (reply.status === 400)
    throw unavailable(`The vendor does not accept the stored credential for what the tools need: ${leastScope}.`);
  if (reply.status >= 401 && reply.status <= 403)
    throw unavailable('The vendor does not accept the stored credential.');
  const answer = isGood(reply) ? TokenAnswer.safeParse(reply.json).data : undefined;
  if (answer === undefined) throw notSignedIn();
  const { access_token: value, expires_in: seconds, scope } = answer;
  return { value, seconds, granted: scope === undefined ? undefined : new Set(scope.split(' ')) };
}

const AuthInfo = z.object({
  auth_url: z.string().min(1).max(500),
  tenant_id: z
    .string()
    .regex(/^[\w.-]{1,100}$/)
    .optional()
    .catch(undefined),
});

const TokenAnswer = z.object({
  /** Goes into a header, so nothing but visible characters. */
  access_token: z.string().regex(/^[\x21-\x7e]{1,16384}$/),
  /** Without a lifetime a token is used once. */
  expires_in: z.number().min(0).max(31_536_000).catch(0),
  /** What was granted, which may be less than was asked for. */
  scope: z.string().max(4000).optional().catch(undefined),
});

const isGood = ({ status }: HttpReply): boolean => status >= 200 && status <= 299;
const unavailable = (words: string): Fault => new Fault('CREDENTIAL_UNAVAILABLE', words);
const notSignedIn = (): Fault => new Fault('VENDOR_DOWN', 'Signing in to the vendor did not work.');

const smallAnswer = 65_536;
