import type { Binding } from '../../src-shared/model/binding.ts';
import type { Scope } from '../scope.ts';

/** Why nothing may run for a caller (a client app's id, or `operator`) under a binding any more; undefined while it may. */
export function whyEnded(
  scope: Pick<Scope, 'clients' | 'isBound' | 'isStopped' | 'bindingOf'>,
  caller: string,
  binding: Binding,
): string | undefined {
  const app = caller === 'operator' ? caller : scope.clients().find(({ id }) => id === caller);
  if (app && scope.isBound(app, binding)) return undefined;
  if (app === 'operator') return unbound;
  if (!app || app.state === 'revoked') return 'It is no client app any more.';
  if (scope.isStopped(binding.tenant)) return 'All AI work was stopped.';
  const current = scope.bindingOf(app, binding.tenant);
  const isSame = current?.customer === binding.customer && current.epoch === binding.epoch;
  return isSame ? 'The client app was suspended.' : unbound;
}

const unbound = 'The customer is not bound any more.';
