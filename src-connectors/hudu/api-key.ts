// Hudu's whole credential is one key in a header (hudu.md §1): no token, no expiry, nothing to renew. It is leased for each
// call and never kept; a key the vendor refuses is refused for good.
import { z } from 'zod';
import { Fault } from '../../src-shared/fault.ts';
import { leased, type Session } from '../token-session.ts';

/** What the broker leases for an instance of this connector. The key goes into a header, so nothing but visible characters. */
export const HuduCredential = z.object({ apiKey: z.string().regex(/^[\x21-\x7e]{1,500}$/) });

export const apiKeySession: Session = {
  async headers(call) {
    const credential = HuduCredential.safeParse(await leased(call, call.signal));
    if (credential.success) return { 'x-api-key': credential.data.apiKey };
    throw new Fault('CREDENTIAL_UNAVAILABLE', 'The stored credential holds no usable API key.');
  },
  refused: () => false,
};
