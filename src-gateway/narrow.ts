// The second judge of ownership. The worker keeps only what is its customer's; here each record's label, which states what
// the vendor's data says of every row in it, is judged against the owner the *supervisor* mapped, by other code in another
// process. Either judge alone lets nothing of another customer out (test/vectors/every-tool). What the worker alone sees to:
// that it reads the label from the vendor's data, that a write goes to a proven record, and that one id under two owners is
// neither's.
import type { WorkerAnswer } from '../src-shared/contract/worker.ts';
import type { Label, Naming } from '../src-shared/model/label.ts';
import type { ToolDefinition } from '../src-shared/model/tool.ts';

/** What of an answer may leave: records of which every row is the bound customer's, and how many may not. */
export interface Narrowed {
  readonly records: readonly Readonly<Record<string, unknown>>[];
  readonly dropped: number;
}

/** A record of nobody leaves only for a tool that was declared to return such, and nothing else leaves for that one. */
export function narrow(
  answer: Extract<WorkerAnswer, { status: 'ok' }>,
  owner: string,
  { records: wanted }: Pick<ToolDefinition, 'records'>,
): Narrowed {
  const kept = answer.records.filter(({ label }) => isOf(wanted, label, owner));
  return {
    records: kept.map(({ record }) => record),
    dropped: answer.dropped + answer.records.length - kept.length,
  };
}

type Whose = ToolDefinition['records'];

/** The record's own row decides; what else is in it may be nobody's, never anybody else's. */
function isOf(wanted: Whose, [own, ...others]: Label, owner: string): boolean {
  if (own === undefined || whoseIs(own, owner) !== wanted) return false;
  return others.every((one) => {
    const whose = whoseIs(one, owner);
    return whose === wanted || whose === 'catalogue';
  });
}

/** Undefined for a row that is, or may be, another customer's. */
function whoseIs(naming: Naming, owner: string): Whose | undefined {
  const isOwner = (named: string | null): boolean => named === owner;
  if (!naming.nested.every(isOwner)) return undefined;
  switch (naming.by) {
    case 'owner':
      return naming.owners.length > 0 && naming.owners.every(isOwner) ? 'customer' : undefined;
    case 'readers':
      return naming.owners.some(isOwner) ? 'customer' : undefined;
    case 'nobody':
      return naming.owners.length === 0 ? 'catalogue' : undefined;
    case 'parent': {
      const { parent, refersTo, owners } = naming;
      const hangs = parent.id !== null && refersTo.id === parent.id && refersTo.kind === parent.kind;
      return hangs && parent.kind !== null && owners.every(isOwner) ? whoseIs(parent.naming, owner) : undefined;
    }
    default:
      return undefined;
  }
}
