/**
 * RFC 8785 text of a JSON value, and JSON text read without losing anything. Written from the RFC alone: the writer of a
 * ledger uses another implementation.
 */

/** The canonical text. Throws for what has none: numbers without end, and halves of surrogate pairs. */
export function canonicalText(value: unknown): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new TypeError('a number without end');
    return JSON.stringify(value); // ECMAScript's own form is the RFC's (section 3.2.2.3).
  }
  if (typeof value === 'string') return canonicalString(value);
  if (Array.isArray(value)) return `[${value.map(canonicalText).join(',')}]`;
  if (typeof value !== 'object') throw new TypeError('not a JSON value');
  const members = value as Record<string, unknown>;
  const names = Object.keys(members).sort(); // By UTF-16 code units, as section 3.2.3 asks.
  return `{${names.map((name) => `${canonicalString(name)}:${canonicalText(members[name])}`).join(',')}}`;
}

/**
 * The value of a JSON text; undefined for any other text, for one in which an object names a member twice, and for one that
 * nests too deeply to be looked at.
 */
export function readJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    // A text that is the shortest form of its value has room for nothing else.
    return JSON.stringify(value) === text || !namesTwice(text) ? value : undefined;
  } catch {
    return undefined;
  }
}

function canonicalString(text: string): string {
  if (!text.isWellFormed()) throw new TypeError('half a surrogate pair');
  return JSON.stringify(text); // Escapes what section 3.2.2.2 escapes, in the same way, and nothing else.
}

/** Whether an object in this JSON text names a member twice. The text is known to be JSON. */
function namesTwice(text: string): boolean {
  const objects: (Set<string> | undefined)[] = [];
  const token = /"(?:[^"\\]|\\.)*"|[{}[\]]/g;
  for (let match = token.exec(text); match; match = token.exec(text)) {
    const [found] = match;
    if (found === '{') objects.push(new Set());
    else if (found === '[') objects.push(undefined);
    else if (found === '}' || found === ']') objects.pop();
    else if (isName(text, token.lastIndex)) {
      const name = JSON.parse(found) as string;
      if (objects.at(-1)?.has(name)) return true;
      objects.at(-1)?.add(name);
    }
  }
  return false;
}

/** Whether a string that ends there is the name of a member: a colon follows, behind as many spaces as somebody put there. */
function isName(text: string, end: number): boolean {
  colon.lastIndex = end;
  return colon.test(text);
}

const colon = /\s*:/y;
