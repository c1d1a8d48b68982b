import { Fault } from '../src-shared/fault.ts';
import type { App } from './running-app.ts';
import type { World } from './world.ts';

/**
 * Shows the operator token to the app before a command that widens what an AI can reach. The token comes from the
 * environment or from a person at the terminal, never from argv, and goes nowhere but to the app.
 * Faults: OPERATOR_ONLY when there is no token at hand; OPERATOR_UNKNOWN when the app does not know it.
 */
export async function proveOperator({ env, input }: Pick<World, 'env' | 'input'>, app: App): Promise<void> {
  const token = env['BULKHEAD_OPERATOR_TOKEN'] || (input.isTerminal ? await input.askHidden('Operator token: ') : '');
  if (token.trim() === '') {
    throw new Fault(
      'OPERATOR_ONLY',
      'Only the operator may do this.',
      'Set BULKHEAD_OPERATOR_TOKEN to the token that `bulkhead start` wrote, or do it in the window.',
    );
  }
  if (token.length > 200)
    throw new Fault('OPERATOR_UNKNOWN', 'This is not an operator token.', 'It has 64 characters.');
  await app.api.authenticate({ operatorToken: token.trim() }, app.within());
}
