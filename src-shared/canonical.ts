import canonicalize from 'canonicalize';

/** RFC 8785 text of a JSON value. The bytes that are hashed and signed everywhere in Bulkhead. */
export function canonical(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('not a JSON value');
  return text;
}
