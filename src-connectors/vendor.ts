// What the flows of tools need from a vendor, and what a connector is. Everything a vendor returns is unknown until it
// is narrowed; the methods throw the faults of the execution gate (VENDOR_ERROR, CREDENTIAL_UNAVAILABLE).
import type { WorkerBinding } from '../src-shared/contract/worker.ts';
import type { Credential } from '../src-shared/contract/broker.ts';
import type { Grant } from '../src-shared/model/grant.ts';
import type { Http } from './egress.ts';
import type { Tool } from './define.ts';

/** `{owner}` in the path stands for the bound customer's id; define puts it in, no declaration ever holds it. */
export interface VendorRequest {
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number | boolean>>;
}

/** One running call of a tool. */
export interface ToolCall {
  readonly grant: Grant;
  readonly signal: AbortSignal;
  readonly maxBytes: number;
}

/** What the vendor calls its numbers, by kind and then by canonical id: `names['status'].get('2')`. */
export type Names = Readonly<Record<string, ReadonlyMap<string, string>>>;

export interface Vendor {
  /** Reference data for projections. Never fails; empty where it could not be read. */
  names(call: ToolCall): Promise<Names>;
  /** The rows of an answer whose wrapper holds them under `key`. */
  rows(request: VendorRequest, key: string, call: ToolCall): Promise<readonly unknown[]>;
  /** One page of them; `isFull` when there may be more. */
  page(
    request: VendorRequest,
    key: string,
    page: number,
    call: ToolCall,
  ): Promise<{ rows: readonly unknown[]; isFull: boolean }>;
  /** A single record; undefined when there is none. `probe` tells a forbidden record from a refused credential. */
  record(request: VendorRequest, key: string, probe: VendorRequest | undefined, call: ToolCall): Promise<unknown>;
  /** Sends exactly one element and returns what the vendor says it saved. */
  save(path: string, key: string, element: Readonly<Record<string, unknown>>, call: ToolCall): Promise<unknown>;
}

/** The powers of a worker, given to a connector when the worker is bound. */
export interface Powers {
  readonly http: Http;
  readonly lease: (grant: Grant, signal: AbortSignal) => Promise<Credential>;
  readonly now: () => number;
  /** Runs `act` after so many milliseconds unless the returned function is called first. */
  readonly after: (milliseconds: number, act: () => void) => () => void;
}

export interface Connector {
  readonly name: string;
  /** What people call it. */
  readonly title: string;
  /** The secret values its credential consists of, as the broker leases them. */
  readonly credentialFields: readonly string[];
  readonly tools: readonly Tool[];
  /** Faults: BINDING_INVALID when the owner or a setting is not what the vendor uses. No network. */
  open(binding: WorkerBinding, powers: Powers): Vendor;
}
