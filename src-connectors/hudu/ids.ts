// What an id at Hudu is: a positive 64-bit integer, counted up and easy to guess (hudu.md §2). Ours stop where JSON's do.
import { z } from 'zod';

/** Any id an argument or a record may name. */
export const RecordId = z.int().min(1).max(Number.MAX_SAFE_INTEGER);
