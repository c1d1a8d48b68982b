// Pax8's ids are UUIDs. They cannot be guessed, but they travel: through invoices, quotes and PSA fields (pax8.md §3).
import { z } from 'zod';
import { canonicalId, memberOf, type Row } from '../row.ts';

/** What the broker leases for an instance of this connector. */
export const Pax8Credential = z.object({
  clientId: z.string().min(1).max(200),
  clientSecret: z.string().min(1).max(1000),
});

/** An id in arguments and in records: a UUID in lower case. */
export const RecordId = z.string().regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/);

export function idOf(row: Row, path: string): string | undefined {
  return canonicalId(memberOf(row, path), 'uuid');
}
