// What a call acts on, by the name that people know it by, before anybody is asked to approve the call. Each record is read and
// proven as the call itself would do it; nothing is written, and of each only kind, id and name leave the worker.
import type { z } from 'zod';
import type { LabelledRecord } from '../src-shared/contract/worker.ts';
import { mostOfName, type Subject } from '../src-shared/model/subject.ts';
import type { Arguments, ToolRun } from './define.ts';
import { createKept } from './kept.ts';
import type { OwnerSelector } from './naming.ts';
import { textOf } from './row.ts';
import { type Called, type Found, type NamedTarget, readTarget } from './target.ts';

/** A record that the arguments of a call may name. */
export interface Reference<Input extends z.ZodRawShape> {
  readonly target: NamedTarget<Input>;
  readonly owner: OwnerSelector;
  readonly isNamed: (input: Arguments<Input>) => boolean;
}

/** Looks up those that a call names, in this order; undefined where none ever is. One that is not proven denies, as in the run. */
export function lookUpOf<Input extends z.ZodRawShape>(
  references: readonly Reference<Input>[],
): ToolRun<Input> | undefined {
  if (references.length === 0) return undefined;
  return async (context, input, call) => {
    const records: LabelledRecord[] = [];
    for (const { target, owner, isNamed } of references) {
      if (!isNamed(input)) continue;
      const kept = createKept();
      const found = await readTarget(target, owner, { context: { ...context, kept }, input, call });
      if (found === undefined) return { status: 'denied', code: 'OWNERSHIP_UNPROVEN' };
      records.push({ label: kept.label(found.naming), record: subjectOf(found, target.called) });
    }
    return { status: 'ok', records, dropped: 0 };
  };
}

function subjectOf({ id, row }: Found, { kind, by }: Called): Subject {
  const [name = null] = by.flatMap((member) => textOf(row, member, mostOfName) ?? []);
  return { kind, id, name: name && name.replace(/\s+/g, ' ') };
}
