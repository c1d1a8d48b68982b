import { asFault, Fault } from '../../src-shared/fault.ts';
import type { Host } from '../host.ts';
import type { Crew } from './crew.ts';
import { demandStillAsked } from './demand-still-asked.ts';
import { type Desk, writeDesk } from './desk.ts';
import type { Facts } from './facts.ts';
import { faultOf } from './fault-of.ts';
import type { Recorder } from './recorder.ts';

/** The switch that ends every AI call at once and lets none begin. The operator's own calls go on. */
export interface AiSwitch {
  /** Counts at once, whatever else goes wrong; then rejects with what did. Stopping twice is fine. */
  stop(): Promise<void>;
  /** Faults: AI_STOPPED_AGAIN, CANCELLED, and whatever kept it from being recorded or written: then AI work stays stopped. */
  resume(signal?: AbortSignal): Promise<void>;
}

export interface AiSwitchPowers {
  readonly host: Pick<Host, 'files' | 'now'>;
  readonly facts: Facts;
  readonly crew: Crew;
  readonly recorder: Recorder;
}

/** Waits for no other deed at the desk: one that hangs must not keep AI work going. */
export function makeAiSwitch({ host, facts, crew, recorder }: AiSwitchPowers): AiSwitch {
  return { stop, resume };

  async function stop(): Promise<void> {
    const since = facts.desk.stopped?.since ?? new Date(host.now()).toISOString();
    // A new value each time, so that a resumption which is being recorded just now sees that it came too late.
    const desk: Desk = { ...facts.desk, stopped: { since, by: facts.tenancy.identity.name } };
    facts.change((all) => (all.desk = desk));
    const told = crew.pushScope(); // First: neither a full disk nor a ledger that is away may keep a call running.
    const unwritten = faultOf(() => writeDesk(host, facts.tenant, desk));
    await told;
    await crew.workers.endStale((binding) => facts.isCurrent(binding));
    if (unwritten) throw stoppedAnyway(unwritten);
    await recorder
      .byTechnician({ kind: 'alert', customer: null, params: { alert: 'ai-stopped' } })
      .catch((thrown: unknown) => Promise.reject(stoppedAnyway(asFault(thrown))));
  }

  async function resume(signal?: AbortSignal): Promise<void> {
    const { stopped } = facts.desk;
    if (!stopped) return;
    await recorder.byTechnician({
      kind: 'alert',
      customer: null,
      params: { alert: 'ai-resumed', stoppedAt: stopped.since },
    });
    if (facts.desk.stopped !== stopped) {
      throw new Fault('AI_STOPPED_AGAIN', 'AI work was stopped again meanwhile. It stays stopped.', 'Look why first.');
    }
    demandStillAsked(signal);
    const desk: Desk = { ...facts.desk, stopped: null };
    writeDesk(host, facts.tenant, desk);
    facts.change((all) => (all.desk = desk));
    await crew.pushScope();
  }
}

/** What went wrong besides, in words that leave no doubt of what did not. */
const stoppedAnyway = ({ code, message, remedy }: Fault): Fault =>
  new Fault(code, `All AI work is stopped, but not all of it was kept: ${message}`, remedy);
