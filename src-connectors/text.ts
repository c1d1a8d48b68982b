// Text that callers write. Control characters are refused: nobody types them, and whoever logs or reads the text may obey them.
import { z } from 'zod';

/** On one line. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
export const oneLine = /^[^\u0000-\u001f\u007f]+$/;

/** With line breaks and tabs. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
export const manyLines = /^[^\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]*$/;

/** What a caller searches by: one line, so that it stays one query parameter. */
export const SearchText = z.string().min(2).max(100).regex(oneLine);
