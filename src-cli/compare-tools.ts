/** Two definitions of one tool, compared member by member, so that a person reads only what is different. */
import type { ToolDefinition } from '../src-shared/model/tool.ts';

/** A member by its path, `inputSchema.properties.id.type`, with its JSON text; null where the definition has none. */
export interface Change {
  readonly member: string;
  readonly before: string | null;
  readonly now: string | null;
}

export function changedMembers(before: ToolDefinition | null, now: ToolDefinition): Change[] {
  const [old, fresh] = [flat(before ?? {}), flat(now)];
  const members = [...new Set([...old.keys(), ...fresh.keys()])];
  return members
    .map((member) => ({ member, before: old.get(member) ?? null, now: fresh.get(member) ?? null }))
    .filter((change) => change.before !== change.now);
}

/**
 * As a terminal shows it: what was begins with a minus, what is with a plus. A character that is not drawn is written out: a
 * definition may have been changed by nothing else.
 */
export function lines(changes: readonly Change[]): string[] {
  const line = (sign: string, member: string, value: string | null): string[] =>
    value === null ? [] : [drawn(`${sign} ${member}: ${value}`)];
  return changes.flatMap(({ member, before, now }) => [...line('-', member, before), ...line('+', member, now)]);
}

/** Every value that is not an object by its path. A list is one value: what is in it and in which order belongs together. */
function flat(value: object, path = ''): Map<string, string> {
  return new Map(
    Object.entries(value).flatMap(([name, inner]: [string, unknown]): [string, string][] => {
      const member = memberOf(path, name);
      const isNested = typeof inner === 'object' && inner !== null && !Array.isArray(inner);
      if (isNested && Object.keys(inner).length > 0) return [...flat(inner, member)];
      return [[member, JSON.stringify(inner)]];
    }),
  );
}

/** A name with a dot in it must not pass for a path: two definitions would look alike. */
function memberOf(path: string, name: string): string {
  if (!/^[\w$-]+$/.test(name)) return `${path}[${JSON.stringify(name)}]`;
  return path === '' ? name : `${path}.${name}`;
}

const drawn = (text: string): string =>
  text.replaceAll(/[\p{C}\p{Zl}\p{Zp}]/gu, (letter) => `\\u{${(letter.codePointAt(0) ?? 0).toString(16)}}`);
