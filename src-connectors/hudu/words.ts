// Text an argument may carry into a record. Whoever calls wrote it: no control characters, and one line where one is meant.
import { z } from 'zod';

/** A name or another single line. */
export const Line = z
  .string()
  .min(1)
  .max(200)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
  .regex(/^(?=.*\S)[^\u0000-\u001f\u007f]+$/);

/** Plain text of several lines. */
export const PlainText = z
  .string()
  .min(1)
  .max(20_000)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
  .regex(/^[^\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]*$/);
