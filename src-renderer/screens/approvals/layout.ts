import { needsPerson, type Risk } from '../../../src-shared/model/risk.ts';

/** Three classes that look different as a whole, so that the hand does not answer before the head. */
export type Layout = 'plain' | 'grave' | 'destructive';

export function layoutOf(risk: Risk): Layout {
  if (risk === 'destructive') return 'destructive';
  return needsPerson(risk) ? 'grave' : 'plain';
}
