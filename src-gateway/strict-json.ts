/**
 * JSON as a gate must read it: exactly one meaning. JSON.parse keeps the last of two equal keys, so a peer that reads
 * the first could be shown another `customer` than the one that was checked; such texts are refused, as are keys that
 * reach a prototype, nesting no tool needs, and more members than any tool needs: each costs every later reader far more
 * than it costs whoever sent it.
 */
const maxDepth = 32;
/** Members of objects and elements of arrays, all together. An empty one counts as if it had one. */
const maxMembers = 5000;

/** The parsed value, or undefined when the text is not JSON, repeats a key, or is deeper or of more than any tool needs. */
export function parseStrictJson(text: string): unknown {
  try {
    return hasOneMeaning(text) ? JSON.parse(text) : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Tells only strings and brackets apart; what it takes a text for that is not JSON does not matter. Throws for some of
 * those.
 */
function hasOneMeaning(text: string): boolean {
  const open: (Set<string> | null)[] = []; // One frame a bracket: the keys of an object, null for an array.
  let members = 0; // So many brackets and commas.
  let isKeyNext = false;
  for (let at = 0; at < text.length; at += 1) {
    const letter = text[at];
    if (letter === '{' || letter === '[') {
      members += 1;
      if (open.push(letter === '{' ? new Set() : null) > maxDepth || members > maxMembers) return false;
      isKeyNext = letter === '{';
    } else if (letter === '}' || letter === ']') {
      open.pop();
      isKeyNext = false;
    } else if (letter === ',') {
      members += 1;
      if (members > maxMembers) return false;
      isKeyNext = open.at(-1) instanceof Set;
    } else if (letter === '"') {
      const end = endOfString(text, at);
      const keys = open.at(-1);
      if (isKeyNext && keys) {
        const key = JSON.parse(text.slice(at, end + 1)) as string; // Decoded: "\u0061" and "a" are the same key.
        if (keys.has(key) || key === '__proto__') return false;
        keys.add(key);
        isKeyNext = false;
      }
      at = end;
    }
  }
  return true;
}

function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === '"') return at;
  }
  return text.length;
}
