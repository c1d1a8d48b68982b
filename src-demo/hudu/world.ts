// What a handler of the emulator may use, and what it is asked. One world per running emulator: nothing is global.
import type { Answer } from '../vendor/answer.ts';
import type { Query } from '../vendor/query.ts';
import type { HuduFaults } from './faults.ts';
import { refuse } from './refusal.ts';
import type { HuduStore } from './store.ts';

export type World = {
  readonly store: HuduStore;
  readonly faults: HuduFaults;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** `http://127.0.0.1:port`. */
  readonly origin: string;
  /** Signs storage links; new at every start. */
  readonly linkKey: Buffer;
};

/** One API call after the key check. The caller controls every member. */
export type Call = {
  readonly method: string;
  /** The path's parts after `/api/v1/`. */
  readonly parts: readonly string[];
  readonly query: Query;
  readonly body: Buffer;
};

/** What the key was not given the right to. */
export function forbidden({ faults }: World): Answer {
  return refuse(faults.forbiddenStatus, faults.forbiddenStatus === 401 ? 'unauthorized' : 'forbidden');
}

/** The time as the vendor writes it. */
export function vendorTime(world: World): string {
  return new Date(world.now()).toISOString();
}
