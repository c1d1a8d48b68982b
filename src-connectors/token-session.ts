// Holding an access token for a vendor: OAuth client credentials (RFC 6749 §4.4). The token lives in this worker alone and
// for as long as the vendor says; the credential it is asked for with is leased for that moment and never kept.
import { Fault } from '../src-shared/fault.ts';
import type { Powers, ToolCall } from './vendor.ts';

/** What every request carries, and what to do when the vendor does not take it any more. */
export interface Session {
  /** The headers that prove who asks. However many ask at once, the vendor is asked for a token once. */
  headers(call: ToolCall): Promise<Readonly<Record<string, string>>>;
  /** These were refused. Says whether asking again makes sense. */
  refused(headers: Readonly<Record<string, string>>): boolean;
}

export interface Token {
  readonly value: string;
  /** Seconds it is good for; 0 = for one use. */
  readonly seconds: number;
}

export function createTokenSession(
  ask: (call: ToolCall, signal: AbortSignal) => Promise<Token>,
  { now, after }: Pick<Powers, 'now' | 'after'>,
): Session {
  let current: { readonly value: string; readonly goodUntil: number } | undefined;
  let flight: Promise<string> | undefined;

  // Not under any one call's signal: others wait for the same token. It has its own deadline instead.
  async function signIn(call: ToolCall): Promise<string> {
    const controller = new AbortController();
    const stop = after(signInMs, () => controller.abort());
    try {
      const asked = now();
      const { value, seconds } = await ask({ ...call, signal: controller.signal }, controller.signal);
      current = { value, goodUntil: asked + (seconds - earlySeconds) * 1000 };
      return value;
    } catch (thrown) {
      if (controller.signal.aborted) throw new Fault('VENDOR_DOWN', 'Signing in to the vendor took too long.');
      throw thrown;
    } finally {
      stop();
      flight = undefined;
    }
  }

  return {
    async headers(call) {
      if (current !== undefined && now() < current.goodUntil) return bearer(current.value);
      flight ??= signIn(call);
      return bearer(await flight);
    },
    refused(headers) {
      if (current !== undefined && bearer(current.value).authorization === headers['authorization'])
        current = undefined;
      return true;
    },
  };
}

/** The credential, or the one thing a caller learns when there is none: the rest is the technician's to see in Connectors. */
export async function leased({ credential }: ToolCall, signal: AbortSignal): Promise<Readonly<Record<string, string>>> {
  try {
    return await credential(signal);
  } catch {
    throw new Fault('CREDENTIAL_UNAVAILABLE', 'The credential for this connector is missing or locked.');
  }
}

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

const earlySeconds = 60;
const signInMs = 10_000;
