// A plugin of the mutation tests: sentences for people are left as they are. Tests compare codes and whole values, and leave the
// words free (a sentence begins with a capital, has a space and ends with a full stop).

/** @param {{ node: { type: string, value?: unknown } }} path */
const shouldIgnore = ({ node: { type, value } }) =>
  type === 'StringLiteral' && typeof value === 'string' && /^[A-Z][^ ]* .*[.?]$/su.test(value)
    ? 'a sentence for people'
    : undefined;

export const strykerPlugins = [{ kind: 'Ignore', name: 'sentences', value: { shouldIgnore } }];
