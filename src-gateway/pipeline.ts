import { deny, type Denial, type GateName } from '../src-shared/model/denial.ts';
import type { GateOutcome } from '../src-shared/model/gate-outcome.ts';
import { err, ok, type Result } from '../src-shared/result.ts';

/** Reads what earlier gates proved, and proves one thing more or denies. */
export type Gate<Powers, Needs, Proves> = (
  call: Needs,
  powers: Powers,
) => Result<Proves, Denial> | Promise<Result<Proves, Denial>>;

/** How far a call came: every gate that ran, and all that was proven or the denial that stopped it. */
export interface Admission<Start, Proven> {
  readonly gates: readonly GateOutcome[];
  /** What was proven before the line ended, whichever way it ended. */
  readonly known: Start & Partial<Proven>;
  readonly verdict: Result<Proven, Denial>;
}

export interface Line<Powers, Start, Now> {
  readonly names: readonly GateName[];
  /** Adds a gate. One whose needs are not yet proven does not compile. */
  gate<Proves extends object>(name: GateName, gate: Gate<Powers, Now, Proves>): Line<Powers, Start, Now & Proves>;
  /** Stops at the first denial. A gate that throws denies. `clock` gives milliseconds and times each gate. */
  run(call: Start, powers: Powers, clock: () => number): Promise<Admission<Start, Now>>;
}

type Run<Powers, Start, Now> = Line<Powers, Start, Now>['run'];

export function line<Powers, Start extends object>(): Line<Powers, Start, Start> {
  return extend<Powers, Start, Start>([], async (call) => ({ gates: [], known: call, verdict: ok(call) }));
}

function extend<Powers, Start, Now extends object>(
  names: readonly GateName[],
  run: Run<Powers, Start, Now>,
): Line<Powers, Start, Now> {
  return {
    names,
    run,
    gate: <Proves extends object>(name: GateName, gate: Gate<Powers, Now, Proves>) =>
      extend<Powers, Start, Now & Proves>([...names, name], async (call, powers, clock) => {
        const { gates, known, verdict } = await run(call, powers, clock);
        if (!verdict.ok) return { gates, known: known as Start & Partial<Now & Proves>, verdict };
        const from = clock();
        const proven = await attempt(name, gate, verdict.value, powers);
        const ms = Math.max(0, Math.round((clock() - from) * 1000) / 1000);
        const outcome: GateOutcome = proven.ok
          ? { gate: name, ok: true, ms }
          : { gate: name, ok: false, code: proven.error.code, ms };
        if (!proven.ok)
          return { gates: [...gates, outcome], known: known as Start & Partial<Now & Proves>, verdict: proven };
        const all = { ...verdict.value, ...proven.value };
        return { gates: [...gates, outcome], known: all as unknown as Start & Partial<Now & Proves>, verdict: ok(all) };
      }),
  };
}

/** The denial of a gate that broke. It names the gate and nothing of what broke. */
const brokenGate: Record<string, Denial> = {
  principal: deny('UNAUTHENTICATED'),
  tenant: deny('TENANT_UNRESOLVED'),
  customer: deny('NO_CUSTOMER'),
  entitlement: deny('CONNECTOR_UNAVAILABLE'),
  policy: deny('POLICY_DENIED', { reason: 'The policy could not be evaluated, so the answer is no.' }),
  quota: deny('QUOTA_EXCEEDED', { reason: 'The quota could not be checked, so the answer is no.' }),
};

async function attempt<Powers, Needs, Proves>(
  name: GateName,
  gate: Gate<Powers, Needs, Proves>,
  call: Needs,
  powers: Powers,
): Promise<Result<Proves, Denial>> {
  try {
    return await gate(call, powers);
  } catch {
    return err(brokenGate[name] ?? deny('POLICY_DENIED'));
  }
}
