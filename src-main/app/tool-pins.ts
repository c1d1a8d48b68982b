import { z } from 'zod';
import type { ToolReview } from '../../src-shared/contract/ui.ts';
import { Fault } from '../../src-shared/fault.ts';
import type { TenantId } from '../../src-shared/model/ids.ts';
import { ToolDefinition } from '../../src-shared/model/tool.ts';
import { toolHash } from '../../src-shared/tool-hash.ts';
import type { Host } from '../host.ts';
import type { Desk } from './desk.ts';
import { paths } from './paths.ts';

/** The definitions that people accepted for one tenant, whole, so that a later one can be compared word by word. */
const Accepted = z.strictObject({ v: z.literal(1), tools: z.array(ToolDefinition).max(2000) });

/** What is accepted, and what of this build is not. */
export interface ToolPins {
  readonly accepted: readonly ToolDefinition[];
  /** Name to hash, as the gateway is told. */
  readonly pins: Readonly<Record<string, string>>;
  readonly reviews: readonly ToolReview[];
  /** The file of a tenant that had one is gone: everything counts as new, and is blocked. */
  readonly isLost: boolean;
}

export const noToolPins: ToolPins = { accepted: [], pins: {}, reviews: [], isLost: false };

/**
 * What is on the disk, compared with what this build brings.
 * @throws Fault TOOLS_UNREADABLE when the file is there but not ours to read: that is no first start.
 */
export function readToolPins(
  host: Pick<Host, 'files' | 'sha256Hex'>,
  { tenant, desk, tools }: { tenant: TenantId; desk: Desk; tools: readonly ToolDefinition[] },
): ToolPins {
  const text = host.files.read(paths.tools(tenant));
  if (text === undefined) return { ...compared([], tools, host), isLost: desk.hasToolPins === true };
  const parsed = Accepted.safeParse(parse(text));
  if (parsed.success) return compared(parsed.data.tools, tools, host);
  throw new Fault(
    'TOOLS_UNREADABLE',
    `The file ${host.files.path(paths.tools(tenant))} is damaged.`,
    'Restore it from a backup, or move it away: every tool must then be reviewed again.',
  );
}

export function writeToolPins(
  { files }: Pick<Host, 'files'>,
  tenant: TenantId,
  tools: readonly ToolDefinition[],
): void {
  files.write(paths.tools(tenant), `${JSON.stringify({ v: 1, tools }, null, 1)}\n`);
}

/** What is accepted, compared with what this build brings. */
export function compared(
  accepted: readonly ToolDefinition[],
  tools: readonly ToolDefinition[],
  { sha256Hex }: Pick<Host, 'sha256Hex'>,
): ToolPins {
  const pins = Object.fromEntries(accepted.map((tool) => [tool.name, toolHash(tool, sha256Hex)]));
  const reviews = tools.flatMap((now): ToolReview[] => {
    const hash = toolHash(now, sha256Hex);
    if (pins[now.name] === hash) return [];
    return [{ name: now.name, hash, before: accepted.find(({ name }) => name === now.name) ?? null, now }];
  });
  return { accepted, pins, reviews, isLost: false };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
