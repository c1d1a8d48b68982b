// What a handler of the emulator may use, and what it is asked. One world per running emulator: nothing is global.
import type { HaloFaults } from './faults.ts';
import type { Query } from '../vendor/query.ts';
import type { HaloStore } from './store.ts';

export type World = {
  readonly store: HaloStore;
  readonly faults: HaloFaults;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** `http://127.0.0.1:port`. */
  readonly origin: string;
  /** Signs attachment links; new at every start. */
  readonly linkKey: Buffer;
};

/** One API call after the bearer check. The caller controls every member. */
export type Call = {
  readonly method: string;
  /** The path's third part, '' for the collection: `/api/Tickets/12` → `12`. */
  readonly id: string;
  readonly query: Query;
  readonly body: string;
};

/** The time as the vendor writes it: no zone, no milliseconds. */
export function vendorTime(world: World): string {
  return new Date(world.now()).toISOString().slice(0, 19);
}
