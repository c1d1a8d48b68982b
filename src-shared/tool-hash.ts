import { canonical } from './canonical.ts';
import type { ToolDefinition } from './model/tool.ts';

/**
 * The hash by which a person accepts a tool: hex SHA-256 over everything of its definition that a model reads, that its
 * annotations are made of, or that decides what a call does. Only how long a call may take and how much it may bring is
 * left out. Supervisor and gateway compute it each for itself; the hash function (text to hex SHA-256) is an argument.
 */
export function toolHash(definition: ToolDefinition, sha256Hex: (text: string) => string): string {
  const { limits: _, ...accepted } = definition;
  return sha256Hex(canonical(accepted));
}
