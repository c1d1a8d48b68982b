// The opaque text by which a caller asks for the next page. It is sealed with a secret of this worker, so a caller can
// neither read from it how far a list of everybody's has come, nor ask for a place it was not given. It dies with the worker.
import { createCipheriv, createDecipheriv, createHmac, type KeyObject, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { Fault } from '../src-shared/fault.ts';

/** The `page` argument of every list tool. */
export const Page = z
  .string()
  .regex(/^[A-Za-z0-9_-]{40,100}$/)
  .describe('Only to continue a list: the `next` of the page before, unchanged. Leave out for the first page.');

export interface Cursor {
  /** From 1. */
  readonly page: number;
  /** Fingerprint of the page before; '' for the first. */
  readonly before: string;
}

/**
 * Where the caller wants to go on. `place` is the tool with its other arguments. Fault: INVALID_ARGUMENTS for a text that this
 * worker did not give for them.
 */
export function readCursor(text: string | undefined, place: string, key: KeyObject): Cursor {
  if (text === undefined) return { page: 1, before: '' };
  const bytes = Buffer.from(text, 'base64url');
  try {
    const opening = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12), { authTagLength: 16 });
    opening.setAAD(Buffer.from(place));
    opening.setAuthTag(bytes.subarray(-16));
    const plain = Buffer.concat([opening.update(bytes.subarray(12, -16)), opening.final()]).toString();
    const [page = '', before = ''] = plain.split('.');
    return { page: Number(page), before };
  } catch {
    throw new Fault('INVALID_ARGUMENTS', 'This `page` is not valid any more. Start again without it.');
  }
}

/** The cursor of the page after `page`, or undefined past the last one a caller may ask for. */
export function nextCursor(
  page: number,
  fingerprint: string,
  { place, key }: { place: string; key: KeyObject },
): string | undefined {
  if (page >= lastPage) return undefined;
  const nonce = randomBytes(12);
  const sealing = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: 16 });
  sealing.setAAD(Buffer.from(place));
  const sealed = sealing.update(`${String(page + 1).padStart(3, '0')}.${fingerprint}`);
  return Buffer.concat([nonce, sealed, sealing.final(), sealing.getAuthTag()]).toString('base64url');
}

/**
 * A page's ids in 16 hex digits. Keyed with a secret of this worker, because the ids may include other customers' and
 * ids are easy to guess.
 */
export function fingerprintOf(ids: ReadonlySet<string>, key: KeyObject): string {
  return createHmac('sha256', key)
    .update([...ids].sort().join(' '))
    .digest('hex')
    .slice(0, 16);
}

const lastPage = 999;
