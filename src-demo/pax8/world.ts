// What a handler of the emulator may use, and what it is asked. One world per running emulator: nothing is global.
import type { Answer } from '../vendor/answer.ts';
import type { Query } from '../vendor/query.ts';
import type { Pax8Faults } from './faults.ts';
import type { Pax8Store } from './store.ts';

export type World = {
  readonly store: Pax8Store;
  readonly faults: Pax8Faults;
  /** The MSP's name at Pax8, `partnerName` on its invoices. */
  readonly partner: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
};

/** One API call after the bearer check. The caller controls every member. */
export type Call = {
  readonly method: string;
  readonly path: string;
  /** The variable parts of the path, in order, lower case: `/v1/companies/A/contacts/B` → a, b. */
  readonly ids: readonly string[];
  readonly query: Query;
  readonly body: string;
};

export type Handler = (world: World, call: Call) => Answer;
