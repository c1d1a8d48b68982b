import { asFault, type Fault } from '../../src-shared/fault.ts';

/** What went wrong with a deed that must not keep what comes after it from happening; undefined when nothing did. */
export function faultOf(deed: () => void): Fault | undefined {
  try {
    deed();
    return undefined;
  } catch (thrown) {
    return asFault(thrown);
  }
}
