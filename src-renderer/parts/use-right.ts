import type { Right } from '../../src-shared/model/right.ts';
import { useApp } from '../api/app.ts';

/** Whether policy lets the technician do it here. Only for what is shown: the application asks the policy again. */
export const useRight = (right: Right): boolean => useApp((app) => app.state?.rights.includes(right) ?? false);
