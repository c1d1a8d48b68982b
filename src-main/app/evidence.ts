import type { z } from 'zod';
import type { ui } from '../../src-shared/contract/ui.ts';
import { Fault } from '../../src-shared/fault.ts';
import { originOf } from '../../src-shared/merkle/checkpoint.ts';
import type { Handlers } from '../../src-shared/wire/contract.ts';
import type { Crew } from './crew.ts';
import type { Facts } from './facts.ts';
import type { Recorder } from './recorder.ts';

export type Evidence = Pick<Handlers<typeof ui>, 'beginExport' | 'prove' | 'deviceKey' | 'policy'>;

/** What leaves as evidence: an export is on record before its first entry is read. */
export function makeEvidence({ facts, crew, recorder }: { facts: Facts; crew: Crew; recorder: Recorder }): Evidence {
  return {
    beginExport: async ({ format, filter, bodies }: z.output<typeof ui.beginExport.input>) => {
      if (bodies && format !== 'bundle') {
        throw new Fault('BAD_INPUT', 'Only an evidence bundle can hold what calls asked and answered.');
      }
      const { entries, note, isSigned } = await crew.checkpoint();
      const [, , root] = note.split('\n');
      const recorded = await recorder.byTechnician({
        kind: 'alert',
        customer: filter.customer ?? null,
        params: {
          alert: 'ledger-exported',
          format,
          filter,
          checkpoint: { entries, root, isSigned },
          ...(bodies ? { bodies } : {}),
        },
      });
      return { entries, note, isSigned, recorded };
    },
    prove: (question, signal) => crew.ledger.prove(question, { signal }),
    policy: () => {
      const { enrolment, bundle } = facts.tenancy;
      return { version: bundle.version, bundle: enrolment.bundle, tenantKey: enrolment.tenantKey };
    },
    deviceKey: () => ({ name: originOf(facts.tenant, crew.device.name), publicKey: crew.device.key }),
  };
}
