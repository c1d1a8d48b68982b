import { Fault } from '../../src-shared/fault.ts';
import type { ClientApp } from '../../src-shared/model/client-app.ts';
import type { Facts } from './facts.ts';

/**
 * Throws when a client app is another than it was when a deed that widens what it may do began: what takes away waits for no such
 * deed, and must not be undone by one.
 * @throws Fault CLIENT_CHANGED
 */
export function demandUnchanged(facts: Facts, app: ClientApp): void {
  if (facts.desk.clients.includes(app)) return;
  throw new Fault(
    'CLIENT_CHANGED',
    'The client app was suspended or revoked meanwhile. Nothing was done.',
    'Look at the client app, and try again.',
  );
}
