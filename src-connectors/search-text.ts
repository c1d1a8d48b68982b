// Text a caller searches by: one line, so that it stays one query parameter to whoever logs or reads it.
import { z } from 'zod';

export const SearchText = z
  .string()
  .min(2)
  .max(100)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
  .regex(/^[^\u0000-\u001f\u007f]+$/);
