// Signing in to HaloPSA: OAuth client credentials (RFC 6749 §4.4). The credential is leased from the broker for the
// moment a token is asked for and never kept; the token lives in this worker alone. The vendor chose every answer.
import { z } from 'zod';
import type { Credential } from '../../src-shared/contract/broker.ts';
import { Fault } from '../../src-shared/fault.ts';
import type { Grant } from '../../src-shared/model/grant.ts';
import type { HttpReply } from '../egress.ts';
import type { Powers } from '../vendor.ts';
import { HaloCredential } from './ids.ts';

export interface HaloSession {
  /** A token that is good for a while yet. Asks for one when there is none; however many ask, it is asked for once. */
  token(grant: Grant): Promise<string>;
  /** Forgets this token, unless a newer one took its place already. */
  forget(token: string): void;
}

export interface SessionOptions extends Powers {
  readonly baseUrl: string;
  /** The name of a hosted tenant. */
  readonly tenant: string | undefined;
}

export function createHaloSession(options: SessionOptions): HaloSession {
  const { now, after } = options;
  let current: Token | undefined;
  let place: SignInPlace | undefined;
  let flight: Promise<string> | undefined;

  // Not under any one call's signal: others wait for the same token. It has its own deadline instead.
  async function signIn(grant: Grant): Promise<string> {
    const controller = new AbortController();
    const stop = after(signInMs, () => controller.abort());
    try {
      place ??= await discover(options, controller.signal);
      const asked = now();
      const { access_token: value, expires_in: seconds } = await askToken(options, place, grant, controller.signal);
      current = { value, goodUntil: asked + (seconds - earlySeconds) * 1000 };
      return value;
    } catch (thrown) {
      if (controller.signal.aborted) throw new Fault('VENDOR_ERROR', 'Signing in to the vendor took too long.');
      throw thrown;
    } finally {
      stop();
      flight = undefined;
    }
  }

  return {
    token(grant) {
      if (current !== undefined && now() < current.goodUntil) return Promise.resolve(current.value);
      flight ??= signIn(grant);
      return flight;
    },
    forget(token) {
      if (current?.value === token) current = undefined;
    },
  };
}

interface Token {
  readonly value: string;
  readonly goodUntil: number;
}

interface SignInPlace {
  readonly path: string;
  readonly tenant: string | undefined;
}

/** `GET /api/authinfo` says where to sign in. Only a place on the instance's own host is believed. */
async function discover({ http, baseUrl, tenant }: SessionOptions, signal: AbortSignal): Promise<SignInPlace> {
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
  options: SessionOptions,
  { path, tenant }: SignInPlace,
  grant: Grant,
  signal: AbortSignal,
): Promise<TokenAnswer> {
  const credential = HaloCredential.safeParse(await leased(options, grant, signal));
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
  if (reply.status >= 400 && reply.status <= 403)
    throw unavailable('The vendor does not accept the stored credential.');
  const answer = isGood(reply) ? TokenAnswer.safeParse(reply.json).data : undefined;
  if (answer === undefined) throw notSignedIn();
  return answer;
}

async function leased({ lease }: SessionOptions, grant: Grant, signal: AbortSignal): Promise<Credential> {
  try {
    return await lease(grant, signal);
  } catch {
    // Whatever the broker said, it is the technician's to see in Connectors; a caller learns only this.
    throw unavailable('The credential for this connector could not be unlocked.');
  }
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
});
type TokenAnswer = z.infer<typeof TokenAnswer>;

const isGood = ({ status }: HttpReply): boolean => status >= 200 && status <= 299;
const unavailable = (words: string): Fault => new Fault('CREDENTIAL_UNAVAILABLE', words);
const notSignedIn = (): Fault => new Fault('VENDOR_ERROR', 'Signing in to the vendor did not work.');

/** What the tools need and no more. No scope of Halo's is per customer; narrowing is what holds. */
const leastScope = 'read:tickets edit:tickets read:customers read:assets';
const earlySeconds = 60;
const signInMs = 10_000;
const smallAnswer = 65_536;
