import { Fault } from '../../src-shared/fault.ts';

/** What is wrong with a policy, in a sentence for the administrator. It may name ids of the bundle, nothing else of it. */
export const invalid = (what: string): Fault =>
  new Fault(
    'POLICY_INVALID',
    `The company's policy cannot be used, so nothing is allowed: ${what.slice(0, 300)}`,
    'Ask the Bulkhead administrator to publish a corrected policy.',
  );
