import { z } from 'zod';

/** Why the last start of a home failed, for `doctor`: what only the keys can tell is not seen from outside. Holds no secret. */
export const FailedStart = z.strictObject({
  at: z.iso.datetime(),
  code: z.string(),
  message: z.string(),
  remedy: z.string(),
});
export type FailedStart = z.infer<typeof FailedStart>;
