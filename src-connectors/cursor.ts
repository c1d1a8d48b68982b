// The opaque text by which a caller asks for the next page: `p<number>.<fingerprint of the page before>`. The caller may
// send anything of this shape; the worst it can reach is another page of its own customer.
import { createHmac } from 'node:crypto';
import { z } from 'zod';

/** The `page` argument of every list tool. */
export const Page = z
  .string()
  .regex(/^p[1-9][0-9]{0,2}\.[0-9a-f]{16}$/)
  .describe('Only to continue a list: the `next` of the page before, unchanged. Leave out for the first page.');

export interface Cursor {
  readonly page: number;
  /** Fingerprint of the page before; '' for the first. */
  readonly before: string;
}

export function readCursor(text: string | undefined): Cursor {
  if (text === undefined) return { page: 1, before: '' };
  const [page = '', before = ''] = text.slice(1).split('.');
  return { page: Number(page), before };
}

/** The cursor of the page after `page`, or undefined past the last one a caller may ask for. */
export function nextCursor(page: number, fingerprint: string): string | undefined {
  return page < lastPage ? `p${page + 1}.${fingerprint}` : undefined;
}

/**
 * A page's ids in 16 hex digits. Keyed with a secret of this worker, because the ids may include other customers' and
 * ids are easy to guess.
 */
export function fingerprintOf(ids: ReadonlySet<string>, key: Buffer): string {
  return createHmac('sha256', key)
    .update([...ids].sort().join(' '))
    .digest('hex')
    .slice(0, 16);
}

const lastPage = 999;
