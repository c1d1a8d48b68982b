import { canonical } from '../../src-shared/canonical.ts';
import { Fault } from '../../src-shared/fault.ts';
import type { ToolDefinition } from '../../src-shared/model/tool.ts';
import { toolHash } from '../../src-shared/tool-hash.ts';
import type { Host } from '../host.ts';
import type { Crew } from './crew.ts';
import { type Desk, writeDesk } from './desk.ts';
import type { Facts } from './facts.ts';
import type { InTurn } from './in-turn.ts';
import { paths } from './paths.ts';
import type { Recorder } from './recorder.ts';
import { compared, writeToolPins } from './tool-pins.ts';

/**
 * A tool is what its definition says: what an AI reads before it calls, and what policy judges. So a definition that an
 * update of Bulkhead brings anew, or otherwise, is blocked until a person has looked at it. The first start of a tenant
 * accepts what the build brings, and records that it did; a later one never does.
 */
export interface ToolReviews {
  /** Accepts everything, once in the life of a tenant. Does nothing at every later start. */
  acceptFirst(): Promise<void>;
  /** `seen` is the hash of what the person saw. Faults: UNKNOWN_TOOL, TOOL_CHANGED, CANCELLED. */
  accept(name: string, seen: string, signal?: AbortSignal): Promise<void>;
}

export interface ToolReviewsPowers {
  readonly host: Pick<Host, 'files' | 'sha256Hex'>;
  readonly facts: Facts;
  readonly crew: Pick<Crew, 'pushTenancy'>;
  readonly recorder: Recorder;
  /** Shared with everything else that widens what the desk allows. */
  readonly turn: InTurn;
}

export function makeToolReviews({ host, facts, crew, recorder, turn }: ToolReviewsPowers): ToolReviews {
  return {
    acceptFirst: () => turn(acceptFirst),
    accept: (name, seen, signal) => turn(() => accept(name, seen), signal),
  };

  async function acceptFirst(): Promise<void> {
    const { tenant, desk, tools } = facts;
    const isFirst = desk.hasToolPins !== true && host.files.read(paths.tools(tenant)) === undefined;
    if (isFirst) {
      const accepted = host.sha256Hex(canonical(compared(tools, tools, host).pins));
      await recorder.bySystem({ kind: 'policy.applied', customer: null, params: { tools: tools.length, accepted } });
      await keep(tools);
    }
    // Second, so that a crash between the two leaves a first start and not a file that seems lost.
    if (desk.hasToolPins !== true) keepDesk({ ...facts.desk, hasToolPins: true });
  }

  async function accept(name: string, seen: string): Promise<void> {
    const now = facts.tools.find((tool) => tool.name === name);
    if (!now) throw new Fault('UNKNOWN_TOOL', 'There is no tool of this name.', 'See `bulkhead tool list`.');
    const hash = toolHash(now, host.sha256Hex);
    if (hash !== seen) {
      throw new Fault('TOOL_CHANGED', 'This is not the definition you saw.', 'Look at it again, then accept it.');
    }
    const { accepted, pins } = facts.toolPins;
    const before = pins[name] ?? null;
    if (before === hash) return;
    await recorder.byTechnician({
      kind: 'policy.applied',
      customer: null,
      connector: now.connector,
      params: { tool: name, before, now: hash },
    });
    await keep([...accepted.filter((tool) => tool.name !== name), now]);
    if (facts.desk.hasToolPins !== true) keepDesk({ ...facts.desk, hasToolPins: true });
  }

  async function keep(accepted: readonly ToolDefinition[]): Promise<void> {
    writeToolPins(host, facts.tenant, accepted);
    facts.change((all) => (all.toolPins = compared(accepted, all.tools, host)));
    await crew.pushTenancy();
  }

  function keepDesk(desk: Desk): void {
    writeDesk(host, facts.tenant, desk);
    facts.change((all) => (all.desk = desk));
  }
}
