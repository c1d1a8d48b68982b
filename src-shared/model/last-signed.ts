import { z } from 'zod';

/** The last checkpoint that a device signed. What its ledger holds must begin with the entries of it. */
export const LastSigned = z.strictObject({
  size: z.int().nonnegative(),
  /** The root of the tree of the first `size` entries. */
  root: z.base64().length(44),
  /** Entries of it are gone. That is recorded at every opening of the ledger, until a checkpoint with the record is signed. */
  isGivenUp: z.boolean(),
});
export type LastSigned = z.infer<typeof LastSigned>;
