// Text an argument may carry into a record of Hudu, exactly as it was written.
import { z } from 'zod';
import { manyLines } from '../text.ts';

/** A name or another single line, with something on it. */
export const Line = z
  .string()
  .min(1)
  .max(200)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
  .regex(/^(?=.*\S)[^\u0000-\u001f\u007f]+$/);

/** Plain text of several lines. */
export const PlainText = z.string().min(1).max(20_000).regex(manyLines);
