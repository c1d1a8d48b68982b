import { asFault, Fault } from '../../src-shared/fault.ts';
import type { EntryDraft } from '../../src-shared/model/entry.ts';
import { type Principal, systemPrincipal } from '../../src-shared/model/principal.ts';
import type { Crew } from './crew.ts';
import type { Facts } from './facts.ts';

type Deed = Omit<EntryDraft, 'principal' | 'policyVersion'>;

/** Milliseconds an entry may take to reach the disk. */
const deadlineMs = 5000;

/**
 * Records what the technician or Bulkhead itself did. Resolves with the entry's `seq` when it is on the disk, or rejects
 * within the deadline.
 */
export interface Recorder {
  byTechnician(deed: Deed): Promise<number>;
  bySystem(deed: Deed): Promise<number>;
}

export function makeRecorder(facts: Facts, crew: Pick<Crew, 'ledger'>): Recorder {
  const record = async (principal: Principal, deed: Deed): Promise<number> => {
    const draft = { ...deed, principal, policyVersion: facts.tenancy.bundle.version };
    const { seq } = await crew.ledger.append(draft, { deadlineMs }).catch((thrown: unknown) => {
      throw asFault(thrown).code === 'DEADLINE' ? silent() : thrown;
    });
    return seq;
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

/** A ledger that hangs must not hang the switch: it waits no longer, and then nothing is bound. */
const silent = (): Fault =>
  new Fault('LEDGER_UNWRITABLE', 'The ledger does not answer, so nothing can be recorded.', 'Try again in a moment.');
