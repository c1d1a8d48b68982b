import { asFault } from '../../src-shared/fault.ts';
import { t, windowWords } from '../words.ts';

export interface FaultWords {
  readonly message: string;
  readonly remedy: string;
}

/** Any thrown value as words for a person: what went wrong, and what to do. */
export function faultWords(thrown: unknown): FaultWords {
  const { code, message, remedy } = asFault(thrown);
  if (code === 'CANCELLED') return { message: t('fault.late'), remedy: t('fault.lateRemedy') };
  if (code === 'PORT_CLOSED') return { message: t('fault.closed'), remedy: t('fault.closedRemedy') };
  const otherwise = t(code === 'NOT_ALLOWED' ? 'policy.right.remedy' : 'fault.again');
  return { message: windowWords(message), remedy: windowWords(remedy ?? otherwise) };
}
