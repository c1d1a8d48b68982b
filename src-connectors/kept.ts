// How every row that a call kept names its owner. What a tool makes of several rows, or decides by some, carries all of
// these in its label: no declaration can forget one.
import type { Label, Naming } from '../src-shared/model/label.ts';
import { labelOf } from './naming.ts';

export interface Kept {
  readonly add: (naming: Naming) => void;
  /** The label of a record that is what the row named first is. */
  readonly label: (own: Naming) => Label;
}

export function createKept(): Kept {
  const all: Naming[] = [];
  return { add: (naming) => void all.push(naming), label: (own) => labelOf(own, all) };
}
