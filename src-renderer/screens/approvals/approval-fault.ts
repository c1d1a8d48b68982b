/** A refused decision in plain words: what did not happen, and what to do now. */
import { asFault, Fault } from '../../../src-shared/fault.ts';
import { approvalWords } from '../../en-approvals.ts';
import { t } from '../../words.ts';

/** Runs a call about approvals; its faults come out with words for the person who decides. */
export async function inPlainWords<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (thrown) {
    const { code } = asFault(thrown);
    if (!isKnown(code)) throw thrown;
    throw new Fault(code, t(`approvals.fault.${code}.message`), t(`approvals.fault.${code}.remedy`));
  }
}

const isKnown = (code: string): code is keyof typeof approvalWords.fault => Object.hasOwn(approvalWords.fault, code);
