// What the vendor's own data says of whose a record is, as the worker read it and the gateway judges it once more. Facts
// alone: that a naming is in a label says nothing of whether it is the right one.
import { z } from 'zod';

/** An owner's canonical id; null for what stands where one is named and is none, or where one must be named and none is. */
const Owner = z.string().min(1).max(80).nullable();

export const mostOwners = 10;
export const mostReaders = 5000;
export const mostNamings = 30;

const owned = {
  /** Every owner the row itself names, each once. */
  owners: z.array(Owner).max(mostOwners),
  /** Every owner that an object nested in the row names, each once. */
  nested: z.array(Owner).max(mostOwners),
};

/** A row that must name its owner. */
const ByOwner = z.strictObject({ by: z.literal('owner'), ...owned });

/** A row with a list of all it was released to; `owners` are those. */
const ByReaders = z.strictObject({ ...owned, by: z.literal('readers'), owners: z.array(Owner).max(mostReaders) });

/** A row that is nobody's, such as a product, and must name no owner. */
const ByNobody = z.strictObject({ by: z.literal('nobody'), ...owned });

const NamingItself = z.discriminatedUnion('by', [ByOwner, ByReaders, ByNobody]);

/** Null for what is no such thing. Kinds are given where ids count anew in each. */
const Reference = z.strictObject({ kind: z.string().max(80).nullable().optional(), id: Owner });

/** A row that need name no owner and hangs on another record. */
const ByParent = z.strictObject({
  by: z.literal('parent'),
  ...owned,
  /** What the row says it hangs on. */
  refersTo: Reference,
  /** The record it was read with, by its own id, and what that says. */
  parent: z.strictObject({ ...Reference.shape, naming: NamingItself }),
});

/** How one row of a vendor's names whose it is. */
export const Naming = z.discriminatedUnion('by', [ByOwner, ByReaders, ByNobody, ByParent]);
export type Naming = z.infer<typeof Naming>;
export type NamingItself = z.infer<typeof NamingItself>;

/**
 * The namings of every row that a record was made of, the record's own row first; equal ones may stand once. Those of other
 * rows that decided something in it, such as a price, are among them.
 */
export const Label = z.array(Naming).min(1).max(mostNamings);
export type Label = z.infer<typeof Label>;
