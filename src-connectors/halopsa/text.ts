// Text an argument may carry into a record of HaloPSA, without what surrounds it.
import { z } from 'zod';
import { manyLines, oneLine } from '../text.ts';

export const LongText = (longest: number) => z.string().trim().min(1).max(longest).regex(manyLines);

export const ShortText = (longest: number) => z.string().trim().min(1).max(longest).regex(oneLine);
