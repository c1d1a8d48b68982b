import type { Denial } from '../src-shared/model/denial.ts';
import type { DeniedAnswer } from '../src-shared/model/tool-answer.ts';

/** A denial as its caller sees it. `auditRef` is empty when nothing could be recorded. */
export const denied = ({ gate, code, reason, remedy, approval }: Denial, auditRef: string): DeniedAnswer => ({
  denied: true,
  gate,
  code,
  reason,
  remedy,
  auditRef,
  ...(approval === undefined ? {} : { approval }),
});
