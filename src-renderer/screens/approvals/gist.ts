import type { Approval } from '../../../src-shared/model/approval.ts';
import { plainLine } from '../../parts/vendor-text.tsx';
import { argumentRows } from './argument-rows.ts';

const longest = 80;

/** The first arguments in one line, to tell rows apart. Not to decide by: the card has them whole. */
export function gist(approval: Approval): string {
  return argumentRows(approval)
    .filter(({ name, kind }) => name !== 'customer' && kind !== 'secret')
    .slice(0, 2)
    .map(({ name, text }) => `${plainLine(name)} ${plainLine(text.slice(0, 200))}`)
    .join(', ')
    .slice(0, longest);
}
