// A plugin of the mutation tests: sentences for people are left as they are. Tests compare codes and whole values, and leave the
// words free (a sentence begins with a capital, has a space and ends with a full stop).

/** @param {{ type: string, value?: unknown }} node */
const isSentence = ({ type, value }) =>
  type === 'StringLiteral' && typeof value === 'string' && /^[A-Z][^ ]* .*[.?]$/su.test(value);

/**
 * The words of a denial: `{ reason: '…', remedy: '…' }`.
 * @param {{ type: string, properties?: { value?: { type: string, value?: unknown } }[] }} node
 */
const isWords = ({ type, properties = [] }) =>
  type === 'ObjectExpression' &&
  properties.length > 0 &&
  properties.every(({ value }) => value !== undefined && isSentence(value));

/** @param {{ node: { type: string } }} path */
const shouldIgnore = ({ node }) => (isSentence(node) || isWords(node) ? 'a sentence for people' : undefined);

export const strykerPlugins = [{ kind: 'Ignore', name: 'sentences', value: { shouldIgnore } }];
