// HaloPSA calls two different things `client_id`: the OAuth application (a GUID) and the customer (a number). The first has
// a type of its own, so that one can never be passed as the other.
import { z } from 'zod';

/** The API application that signs in. */
export const OAuthClientId = z.string().min(1).max(200).brand<'OAuthClientId'>();
export type OAuthClientId = z.infer<typeof OAuthClientId>;

/** What the broker leases for an instance of this connector. */
export const HaloCredential = z.object({ clientId: OAuthClientId, clientSecret: z.string().min(1).max(1000) });

/** Any id an argument may name: Halo's are positive 32-bit integers, and easy to guess. */
export const RecordId = z.int().min(1).max(2_147_483_647);
