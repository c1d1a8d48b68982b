import type { EntryDraft } from '../../src-shared/model/entry.ts';
import { type Principal, systemPrincipal } from '../../src-shared/model/principal.ts';
import type { Crew } from './crew.ts';
import type { Facts } from './facts.ts';

type Deed = Omit<EntryDraft, 'principal' | 'policyVersion'>;

/** Records what the technician or Bulkhead itself did. Resolves when it is on the disk. */
export interface Recorder {
  byTechnician(deed: Deed): Promise<void>;
  bySystem(deed: Deed): Promise<void>;
}

export function makeRecorder(facts: Facts, crew: Crew): Recorder {
  const record = async (principal: Principal, deed: Deed): Promise<void> => {
    await crew.ledger.append({ ...deed, principal, policyVersion: facts.tenancy.bundle.version });
  };
  const technician = (): Principal => {
    const { sub, name } = facts.tenancy.identity;
    return { kind: 'technician', id: sub, name, client: 'operator' };
  };
  return {
    byTechnician: (deed) => record(technician(), deed),
    bySystem: (deed) => record(systemPrincipal, deed),
  };
}
