import type { z } from 'zod';
import type { ui } from '../../src-shared/contract/ui.ts';
import { Fault } from '../../src-shared/fault.ts';
import { originOf } from '../../src-shared/merkle/checkpoint.ts';
import type { Handlers } from '../../src-shared/wire/contract.ts';
import type { Host } from '../host.ts';
import type { Crew } from './crew.ts';
import type { Facts } from './facts.ts';
import { keptPolicy } from './kept-policies.ts';
import type { Recorder } from './recorder.ts';

export type Evidence = Pick<Handlers<typeof ui>, 'beginExport' | 'prove' | 'deviceKey' | 'policy' | 'earlierPolicy'>;

interface EvidencePowers {
  readonly host: Pick<Host, 'files' | 'sha256Hex'>;
  readonly facts: Facts;
  readonly crew: Crew;
  readonly recorder: Recorder;
}

/** What leaves as evidence: an export is on record before its first entry is read. */
export function makeEvidence({ host, facts, crew, recorder }: EvidencePowers): Evidence {
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
    earlierPolicy: async ({ sha256 }) => (await keptPolicy(host, facts.tenant, sha256)) ?? null,
    deviceKey: () => ({ name: originOf(facts.tenant, crew.device.name), publicKey: crew.device.key }),
  };
}
