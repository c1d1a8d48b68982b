import { deny } from '../../src-shared/model/denial.ts';
import { err, ok } from '../../src-shared/result.ts';
import { sameText } from '../../src-shared/same-text.ts';
import type { Gate } from '../pipeline.ts';
import type { Powers } from '../powers.ts';
import type { ByPrincipal, Received } from '../proofs.ts';

/**
 * Gate 1: who is calling. Every known hash is compared, in constant time and to the end, so that the time taken tells
 * nothing of which was near. A revoked token is as unknown as one never issued.
 */
export const principal: Gate<Powers, Received, ByPrincipal> = ({ caller }, { scope }) => {
  if (caller.kind === 'operator') return ok({ app: 'operator', issuedIn: caller.tenant });
  let found: ByPrincipal | undefined;
  for (const app of scope.clients()) {
    if (sameText(app.tokenHash, caller.tokenHash) && app.state !== 'revoked') found = { app, issuedIn: app.tenant };
  }
  return found ? ok(found) : err(deny('UNAUTHENTICATED'));
};
