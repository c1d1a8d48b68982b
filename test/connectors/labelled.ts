// Labels in tests: as a row that names its owner plainly would have them, what to expect of one, and who is named in it.
import { expect } from 'vitest';
import { type Judge, keepOwn } from '../../src-connectors/narrow.ts';
import type { LabelledRecord } from '../../src-shared/contract/worker.ts';
import type { Label, Naming, NamingItself } from '../../src-shared/model/label.ts';

export const ownedBy = (...owners: (string | null)[]): NamingItself => ({ by: 'owner', owners, nested: [] });
export const nobodys: NamingItself = { by: 'nobody', owners: [], nested: [] };

export const labelled = (owner: string, record: Record<string, unknown>): LabelledRecord => ({
  label: [ownedBy(owner)],
  record,
});

/** A label in which some row is this owner's. */
export const labelOf = (owner: string): unknown =>
  expect.arrayContaining([expect.objectContaining({ owners: [owner] })]);

/** Everyone a label names as an owner, each once: nested ones and those of parents too. Who else may read a record is no owner. */
export function namedIn(label: Label): (string | null)[] {
  const namesOf = (naming: Naming): (string | null)[] => [
    ...(naming.by === 'readers' ? [] : naming.owners),
    ...naming.nested,
    ...(naming.by === 'parent' ? namesOf(naming.parent.naming) : []),
  ];
  return [...new Set(label.flatMap(namesOf))];
}

/** The judge of a worker that is bound to this owner. */
export const judgeFor = (owner: string): Judge => ({ owner, keep: keepOwn, kept: { add: () => {} } });
