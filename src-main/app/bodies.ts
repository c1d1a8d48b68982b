import type { z } from 'zod';
import type { ui } from '../../src-shared/contract/ui.ts';
import type { CustomerCode } from '../../src-shared/model/ids.ts';
import type { Handlers } from '../../src-shared/wire/contract.ts';
import type { Crew } from './crew.ts';
import { daysKept } from './days-kept.ts';
import type { Facts } from './facts.ts';
import type { Recorder } from './recorder.ts';

/** What calls asked and answered: the ledger keeps it sealed, and whoever reads it is on record before they do. */
export type Bodies = Pick<Handlers<typeof ui>, 'bodiesOf' | 'keptBodies'>;

export interface BodiesPowers {
  readonly facts: Facts;
  readonly crew: { readonly ledger: Pick<Crew['ledger'], 'page' | 'bodiesOf' | 'bodiesHeld'> };
  readonly recorder: Pick<Recorder, 'byTechnician'>;
}

/** Entries that are looked through for whose they are. */
const most = 1000;

export function makeBodies({ facts, crew, recorder }: BodiesPowers): Bodies {
  return { bodiesOf, keptBodies };

  async function bodiesOf(
    { seqs }: z.output<typeof ui.bodiesOf.input>,
    signal: AbortSignal,
  ): Promise<z.input<typeof ui.bodiesOf.output>> {
    const wanted = new Set(seqs);
    const [from, to] = [Math.min(...wanted), Math.max(...wanted)];
    await recorder.byTechnician({
      kind: 'alert',
      customer: await customerOf(wanted, { from, to }),
      params: { alert: 'bodies-read', entries: wanted.size, from, to },
    });
    return crew.ledger.bodiesOf({ seqs: [...wanted] }, { signal });
  }

  /** The customer that all these entries are of; null where they are of several, of none, or too far apart to look. */
  async function customerOf(
    wanted: ReadonlySet<number>,
    { from, to }: { from: number; to: number },
  ): Promise<z.infer<typeof CustomerCode> | null> {
    if (to - from >= most) return null;
    const { entries } = await crew.ledger.page({ after: from - 1, limit: to - from + 1, filter: {} });
    const found = entries.filter(({ seq }) => wanted.has(seq)).map(({ customer }) => customer);
    const [first = null, ...others] = new Set(found);
    return others.length === 0 ? first : null;
  }

  /** Every customer of the company, those of others for whom something is kept still, and last what is of none. */
  async function keptBodies(): Promise<z.input<typeof ui.keptBodies.output>> {
    const held = new Map((await crew.ledger.bodiesHeld(undefined)).map((each) => [each.under, each]));
    const { bundle } = facts.tenancy;
    const gone = [...held.keys()].filter((under) => under !== null && !facts.customer(under));
    return [
      ...bundle.customers.map(({ id, code, name }) => ({ id, customer: { code, name } })),
      ...gone.map((id) => ({ id, customer: { code: null, name: id ?? '' } })),
      { id: null, customer: null },
    ].map(({ id, customer }) => {
      const { bodies, oldest } = held.get(id) ?? { bodies: 0, oldest: null };
      return { customer, bodies, oldest, days: daysKept(bundle, id) };
    });
  }
}
