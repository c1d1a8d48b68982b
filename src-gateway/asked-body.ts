import { createHash } from 'node:crypto';
import type { Customer } from '../src-shared/model/customer.ts';
import type { BodyDraft } from '../src-shared/model/entry.ts';
import { shortened, wellFormed } from '../src-shared/shortened.ts';
import type { Received } from './proofs.ts';
import type { TenantSession } from './tenant-session.ts';
import { writtenArguments } from './written-arguments.ts';

type Asked = Pick<Received, 'tool' | 'arguments'> & { readonly session?: TenantSession };

/** What a call was asked to do, under the key of the customer it was bound to: their own words may be in it. */
export function askedBody(call: Asked, customer: Customer | undefined): BodyDraft {
  const params = writtenArguments(call.arguments, call.session?.tools.get(call.tool));
  return { under: customer?.id ?? null, content: { params } };
}

/** The most the ledger keeps of it for a call that does not run itself, as bytes of canonical text: docs/audit-format.md. */
const mostKept = 8 * 1024;

/** The same as short as the ledger will keep it. Who can be denied without end must not make the ledger read it all first. */
export function shortAskedBody(call: Asked, customer: Customer | undefined): BodyDraft {
  const { under, content } = askedBody(call, customer);
  const text = JSON.stringify(content); // What would be sent: as long as the canonical text of what arrives, or longer.
  if (Buffer.byteLength(text) <= mostKept) return { under, content };
  return { under, content: shortened(wellFormed(JSON.parse(text) as typeof content), mostKept, sha256Hex) };
}

const sha256Hex = (text: string): string => createHash('sha256').update(text).digest('hex');
