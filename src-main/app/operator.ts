import { sameText } from '../../src-shared/same-text.ts';
import type { Host } from '../host.ts';

/**
 * The operator token of this start: what tells a person at the machine from an AI tool with a shell. Kept as a hash;
 * the token itself is handed out once, to whoever started the app.
 */
export interface Operator {
  isOperator(token: string): boolean;
}

export function makeOperator(host: Pick<Host, 'randomHex' | 'sha256Hex'>): { operator: Operator; token: string } {
  const token = host.randomHex(32);
  const hash = host.sha256Hex(token);
  return { token, operator: { isOperator: (given) => sameText(host.sha256Hex(given), hash) } };
}
