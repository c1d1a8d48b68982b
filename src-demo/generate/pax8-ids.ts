// UUIDs for the records at Pax8: valid v4, the same at every run, and plainly made up (they begin with `de30`).
import type { Random } from '../random.ts';

/** Two hexadecimal digits that tell a reader of the file what an id is of. */
const kinds = {
  company: 'c0',
  contact: 'c1',
  product: 'b0',
  commitment: 'b1',
  order: 'd0',
  line: 'd1',
  subscription: '50',
  usage: 'e0',
  invoice: 'f0',
  item: 'f1',
  quote: 'a0',
  quoteLine: 'a1',
  tenant: '7e',
  user: '0a',
  webhook: '0b',
} as const;

export type MakeId = (kind: keyof typeof kinds) => string;

export function createIds(random: Random): MakeId {
  const digits = (count: number) => Array.from({ length: count }, () => random.whole(0, 15).toString(16)).join('');
  return (kind) => `de30${kinds[kind]}${digits(2)}-${digits(4)}-4${digits(3)}-8${digits(3)}-${digits(12)}`;
}
