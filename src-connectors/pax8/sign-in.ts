// Signing in to Pax8: OAuth client credentials as JSON (pax8.md §1), below the instance's own base URL and nowhere else.
// The token sees every company of the MSP; narrowing is what holds. The vendor chose every answer.
import { z } from 'zod';
import { Fault } from '../../src-shared/fault.ts';
import { createTokenSession, leased, type Session, type Token } from '../token-session.ts';
import type { Powers, ToolCall } from '../vendor.ts';
import { Pax8Credential } from './ids.ts';

export function createPax8Session(powers: Powers): Session {
  return createTokenSession((call, signal) => askToken(powers, call, signal), powers);
}

async function askToken({ http }: Powers, call: ToolCall, signal: AbortSignal): Promise<Token> {
  const credential = Pax8Credential.safeParse(await leased(call, signal));
  if (!credential.success) throw unavailable('The stored credential lacks a client id or a client secret.');
  const { clientId, clientSecret } = credential.data;
  const reply = await http({
    method: 'POST',
    path: '/v1/token',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      client_id: clientId,
      client_secret: clientSecret,
      audience: partnerAudience,
      grant_type: 'client_credentials',
    }),
    maxBytes: smallAnswer,
    signal,
  });
  const { status } = reply;
  if (status >= 400 && status <= 403) throw unavailable('The vendor does not accept the stored credential.');
  const answer = status >= 200 && status <= 299 ? TokenAnswer.safeParse(reply.json).data : undefined;
  if (answer === undefined) throw new Fault('VENDOR_DOWN', 'Signing in to the vendor did not work.');
  return { value: answer.access_token, seconds: answer.expires_in };
}

const TokenAnswer = z.object({
  /** Goes into a header, so nothing but visible characters. */
  access_token: z.string().regex(/^[\x21-\x7e]{1,16384}$/),
  /** Without a lifetime a token is used once. */
  expires_in: z.number().min(0).max(31_536_000).catch(0),
});

const unavailable = (words: string): Fault => new Fault('CREDENTIAL_UNAVAILABLE', words);

/** The endpoints of partners, whatever host an instance is reached at. */
const partnerAudience = 'https://api.pax8.com';
const smallAnswer = 65_536;
