/** Whom the filter can offer: the technicians that entries name which this window was given. The ledger may know of more. */
import { useMemo } from 'react';
import { create } from 'zustand';
import type { Entry } from '../../../src-shared/model/entry.ts';
import { useAppState } from '../../api/app.ts';

/** Ids by name, of one tenant. */
interface Seen {
  readonly tenant: string;
  readonly technicians: ReadonlyMap<string, string>;
}

const useSeen = create<Seen>(() => ({ tenant: '', technicians: new Map() }));

export function learnTechnicians(entries: readonly Entry[]): void {
  const tenant = entries[0]?.tenant;
  if (tenant === undefined) return;
  const before = useSeen.getState();
  const known = before.tenant === tenant ? before.technicians : new Map<string, string>();
  const found = entries.flatMap(({ principal: { kind, name, id } }) =>
    kind === 'technician' && !known.has(name) ? [[name, id] as const] : [],
  );
  if (found.length > 0) useSeen.setState({ tenant, technicians: new Map([...known, ...found]) });
}

/** Ids by name, in order of the names. */
export function useTechnicians(): ReadonlyMap<string, string> {
  const { tenant, technician } = useAppState();
  const seen = useSeen();
  return useMemo(() => {
    const known = new Map(seen.tenant === tenant?.id ? seen.technicians : []);
    if (technician !== null) known.set(technician.name, technician.id);
    return new Map([...known].toSorted(([one], [other]) => one.localeCompare(other)));
  }, [seen, tenant?.id, technician]);
}

/** The name as entries have it, where what was typed is a known name or id in other letters; else what was typed. */
export function technicianOf(typed: string, technicians: ReadonlyMap<string, string>): string {
  const sought = typed.toLowerCase();
  const found = [...technicians].find((each) => each.some((part) => part.toLowerCase() === sought));
  return found?.[0] ?? typed;
}
