import { z } from 'zod';

/** How much a tool can hurt. Unclassified tools are denied; see product.md for what each class needs by default. */
export const Risk = z.enum(['read', 'sensitive', 'credential', 'write', 'external', 'spend', 'destructive']);
export type Risk = z.infer<typeof Risk>;
