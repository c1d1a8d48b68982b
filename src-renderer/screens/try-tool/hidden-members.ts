/** Which members of an answer's record are secrets. In doubt they are: a hidden title costs a click, a shown password more. */
import type { ToolDefinition } from '../../../src-shared/model/tool.ts';

/** Null when the tool reveals no secret. */
export function hiddenMembers({
  risk,
  recordSchema,
}: Pick<ToolDefinition, 'risk' | 'recordSchema'>): ((member: string, value: unknown) => boolean) | null {
  const properties = recordSchema['properties'];
  const marked =
    typeof properties === 'object' && properties !== null ? Object.entries(properties).filter(isMarked) : [];
  const names = new Set(marked.map(([name]) => name));
  if (risk !== 'credential') return names.size === 0 ? null : (member) => names.has(member);
  if (names.size > 0) return (member) => names.has(member) || isTelling(member);
  return (member, value) =>
    isTelling(member) || (typeof value !== 'number' && typeof value !== 'boolean' && !isKnownPlain(member));
}

function isMarked([, schema]: [string, unknown]): boolean {
  if (typeof schema !== 'object' || schema === null) return false;
  const { writeOnly, format } = schema as { readonly writeOnly?: unknown; readonly format?: unknown };
  return writeOnly === true || format === 'password';
}

const isTelling = (member: string): boolean => /pass(?!wordId)|secret|otp|totp|pin$|token|^value$|key$/i.test(member);
const isKnownPlain = (member: string): boolean =>
  /^(?:id|name|title|username|user|login|url|host|kind|type|folder|category)$|(?:Id|Ids|At|On|Name|Type|Url)$/.test(
    member,
  );
