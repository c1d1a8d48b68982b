// Arguments that are secrets: `writeOnly` keeps their values out of the ledger (define.ts).
import { z } from 'zod';
import { oneLine } from '../text.ts';

/** Letter for letter, so no control characters that a form would lose. */
export const Password = z.string().min(1).max(1000).regex(oneLine).meta({ writeOnly: true });

/** Base32, RFC 4648 §6. */
export const Seed = z
  .string()
  .min(8)
  .max(256)
  .regex(/^[A-Za-z2-7]+=*$/)
  .meta({ writeOnly: true });
