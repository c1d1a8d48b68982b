// What the flows of tools need from a vendor, and what a connector is. Everything a vendor returns is unknown until it
// is narrowed; the methods throw the faults of the execution gate (VENDOR_ERROR, CREDENTIAL_UNAVAILABLE).
import type { Credential } from '../src-shared/contract/broker.ts';
import type { SettingDescription, VendorCustomer } from '../src-shared/contract/worker.ts';
import type { Http } from './egress.ts';
import type { Tool } from './define.ts';
import type { IdKind, Row } from './row.ts';

export type Query = Readonly<Record<string, string | number | boolean>>;

/** `{owner}` in the path stands for the bound customer's id; define puts it in, no declaration ever holds it. */
export interface VendorRequest {
  readonly path: string;
  readonly query?: Query;
  /** Set for lists that the vendor always returns whole. */
  readonly isUnpaged?: boolean;
  /** Rows a page, where the vendor's usual number does not suit. */
  readonly pageSize?: number;
}

interface PageRequest extends VendorRequest {
  /** From 1. */
  readonly page: number;
}

interface RecordRequest extends VendorRequest {
  /** A list that the credential may certainly read when it is good: tells a forbidden record from a refused credential. */
  readonly probe?: VendorRequest;
}

export interface VendorWrite {
  readonly method: 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly query?: Query;
  /** The one element written, unwrapped. */
  readonly element?: Readonly<Record<string, unknown>>;
}

/** One running call of a tool. */
export interface ToolCall {
  /** The instance's credential, leased from the broker at most once a call and held no longer than it. */
  readonly credential: (signal: AbortSignal) => Promise<Credential>;
  readonly signal: AbortSignal;
  /** Milliseconds since 1970 at which the call is given up. */
  readonly endsAt: number;
  readonly maxBytes: number;
  /** What to do after a write whose outcome is not known; the usual words unless the tool has better ones. */
  readonly afterwards: string;
}

/** What the vendor calls its numbers, by kind and then by canonical id: `names['status'].get('2')`. */
export type Names = Readonly<Record<string, ReadonlyMap<string, string>>>;

export interface Vendor {
  /** Reference data for projections; what could not be read is missing. Fails only where doing without would show too much. */
  names(call: ToolCall): Promise<Names>;
  /** The rows of an answer whose wrapper holds them under `key`; '' where the answer is the list itself. */
  rows(request: VendorRequest, key: string, call: ToolCall): Promise<readonly unknown[]>;
  /** One page of them; `isFull` when there may be more. */
  page(request: PageRequest, key: string, call: ToolCall): Promise<{ rows: readonly unknown[]; isFull: boolean }>;
  /** A single record; undefined when there is none. */
  record(request: RecordRequest, key: string, call: ToolCall): Promise<unknown>;
  /** Sends exactly one element, once, and returns what the vendor says it saved. */
  write(write: VendorWrite, key: string, call: ToolCall): Promise<unknown>;
  /** A file's bytes, or the place on the same host that the vendor names for them, fetched without credentials. */
  file(request: VendorRequest, call: ToolCall): Promise<Buffer | undefined>;
}

/** The powers of a worker, given to a connector when the worker is bound. */
export interface Powers {
  readonly http: Http;
  readonly now: () => number;
  /** Runs `act` after so many milliseconds unless the returned function is called first. */
  readonly after: (milliseconds: number, act: () => void) => () => void;
}

/** Where an instance is. Settings are the administrator's. */
export interface Place {
  readonly baseUrl: string;
  readonly settings: Readonly<Record<string, string>>;
}

/** How a connector lists the vendor's customers, for a person to map. */
export interface Survey {
  readonly request: VendorRequest;
  readonly key: string;
  /** A row as a customer; undefined for what is none. */
  readonly project: (row: Row) => VendorCustomer | undefined;
}

export interface Connector {
  readonly name: string;
  /** What people call it. */
  readonly title: string;
  /** The secret values its credential consists of, as the broker leases them. */
  readonly credentialFields: readonly string[];
  readonly settings: readonly SettingDescription[];
  readonly baseUrlExample: string;
  readonly owner: { readonly title: string; readonly ids: IdKind };
  readonly tools: readonly Tool[];
  readonly survey: Survey;
  /** Faults: BINDING_INVALID when a setting is not what the vendor uses. No network. */
  open(place: Place, powers: Powers): Vendor;
}
