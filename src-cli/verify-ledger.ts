import { createPublicKey, hash, verify } from 'node:crypto';
import type { Verdict } from '../src-shared/contract/ledger.ts';
import { Fault } from '../src-shared/fault.ts';
import { verifyExport } from '../src-shared/merkle/verify-export.ts';
import { homeFolder } from './home.ts';
import { verifyOffline } from './offline-ledger.ts';
import { readLines } from './read-lines.ts';
import { withAppIfAny } from './running-app.ts';
import type { Common } from './shell.ts';
import type { World } from './world.ts';

/** `isComplete` and `signature` are an export's; `tenants` when the ledgers of a home were read without the app. */
export interface Verification extends Omit<Verdict, 'firstBad'> {
  readonly firstBad?: Verdict['firstBad'] | undefined;
  readonly isComplete?: boolean;
  readonly signature?: 'valid' | 'invalid' | 'unchecked' | 'none';
  readonly tenants?: readonly (Verdict & { readonly tenant: string })[];
}

/** Ten minutes: about fifty million entries on an ordinary machine. */
const verifyWithin = 600_000;

/** The ledger of this home: by the app when it runs, else by a ledger process of our own that only reads. */
export function verifyHome(world: World, options: Common): Promise<Verification> {
  return withAppIfAny(world, options, async (app) => {
    if (app) return app.api.verifyLedger(undefined, app.within(verifyWithin));
    const signal = AbortSignal.any([world.interrupted, AbortSignal.timeout(verifyWithin)]);
    const tenants = await verifyOffline(world.program, homeFolder(world, options.home), signal);
    if (tenants.length === 0) {
      throw new Fault('LEDGER_MISSING', 'There is no ledger in this home folder.', 'Name another with --home.');
    }
    const bad = tenants.find(({ ok }) => !ok);
    const entries = tenants.reduce((sum, each) => sum + each.entries, 0);
    return { ok: !bad, entries, ...(bad?.firstBad ? { firstBad: bad.firstBad } : {}), tenants };
  });
}

/** An export, which may come from anyone. */
export function verifyFile(path: string): Promise<Verification> {
  return verifyExport(() => readLines(path), {
    sha256: (bytes) => hash('sha256', bytes, 'buffer'),
    verify: isSignedBy,
  });
}

function isSignedBy(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  try {
    const x = Buffer.from(publicKey).toString('base64url');
    const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
    return verify(null, message, key, signature);
  } catch {
    return false; // The bytes are no key.
  }
}
