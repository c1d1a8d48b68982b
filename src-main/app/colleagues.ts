import type { Colleague } from '../../src-shared/contract/ui.ts';
import { Fault } from '../../src-shared/fault.ts';
import type { Demo } from './demo.ts';

/**
 * Other people who may prove themselves at this desk. In the demo it is the central server too, and knows them; elsewhere a
 * person brings the identity that their company signed for them.
 */
export interface Colleagues {
  all(): Promise<readonly Colleague[]>;
  /** The signed identity of one. Faults: NOT_DEMO, UNKNOWN_TECHNICIAN. */
  identity(id: string): Promise<string>;
}

export function makeColleagues(demo: Pick<Demo, 'api'> | undefined): Colleagues {
  return {
    all: async () => (await demo?.api?.colleagues()) ?? [],
    identity: async (id) => {
      if (!demo)
        throw new Fault('NOT_DEMO', 'Only in the demo are others at hand: a person brings their own identity.');
      const issued = await demo.api?.identity({ id });
      if (!issued) throw new Fault('STARTING_AGAIN', 'The demo is starting again.', 'Try again in a moment.');
      return issued.identity;
    },
  };
}
