import { canonical } from '../src-shared/canonical.ts';
import type { JsonObject } from '../src-shared/model/json-object.ts';
import type { z } from 'zod';
import type { KnownTool } from './known-tools.ts';

/**
 * The arguments as they may be written down or shown: a secret's place is kept, and of a tool that takes one nothing
 * undeclared. Of a tool nobody knows, or nobody has reviewed, all may be secret: its name may be a misspelt one.
 */
export function writtenArguments(
  args: Readonly<Record<string, unknown>>,
  known: KnownTool | undefined,
): z.infer<typeof JsonObject> {
  const isWritten = writing(known);
  return Object.fromEntries(
    Object.entries(args).map(([name, value]) =>
      isWritten(name, value) ? [name, value] : [name.slice(0, 80), notWritten],
    ),
  );
}

/** Bytes of the canonical text of that. */
export const bytesWritten = (args: Readonly<Record<string, unknown>>, known: KnownTool | undefined): number =>
  Buffer.byteLength(canonical(writtenArguments(args, known)));

/** The arguments of which only the place is kept, by the names they are written under. */
export function secretNames(args: Readonly<Record<string, unknown>>, known: KnownTool | undefined): readonly string[] {
  const isWritten = writing(known);
  return Object.entries(args).flatMap(([name, value]) => (isWritten(name, value) ? [] : [name.slice(0, 80)]));
}

function writing(known: KnownTool | undefined): (name: string, value: unknown) => boolean {
  const tool = known?.review === 'accepted' ? known : undefined;
  if (tool?.secrets.size === 0) return () => true;
  const { properties = {} } = (tool?.definition.inputSchema ?? customerOnly) as { properties?: object };
  return (name, value) =>
    tool?.secrets.has(name) !== true &&
    Object.hasOwn(properties, name) &&
    (name !== 'customer' || (typeof value === 'string' && value.length <= 20));
}

const customerOnly = { properties: { customer: {} } };

const notWritten = '[not recorded]';
