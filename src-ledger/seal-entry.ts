/**
 * Makes the entry of a draft: gives it its place, its canonical text and its leaf. The draft's members were written by a
 * process of ours, but tool names and params in it were chosen by whoever called.
 */
import { canonical } from '../src-shared/canonical.ts';
import type { CallResult, Commitment, Decision, Entry, EntryDraft } from '../src-shared/model/entry.ts';
import type { GateOutcome } from '../src-shared/model/gate-outcome.ts';
import type { Principal } from '../src-shared/model/principal.ts';
import { wellFormed } from '../src-shared/shortened.ts';
import { limited, maxBytes, tryCanonical } from './limited.ts';
import { leafOf } from './sha256.ts';

export interface Place {
  readonly seq: number;
  readonly at: string;
  /** What the clock says, where that is not `at`. */
  readonly clock?: string | undefined;
  readonly tenant: string;
  readonly device: string;
  readonly prev: string;
}

export interface SealedEntry {
  readonly text: string;
  readonly leaf: string;
}

/** `body` is what the entry says of its body: nothing when none is kept. Throws for what is not JSON. */
export function sealEntry(draft: EntryDraft, place: Place, body?: Commitment): SealedEntry {
  const text = entryText(draft, place, body);
  return { text, leaf: leafOf(text) };
}

function entryText(draft: EntryDraft, place: Place, body: Commitment | undefined): string {
  const text = plainText(draft, place, body) ?? tryCanonical({ v: 1, ...place, ...draft, body });
  if (text === undefined) return canonical({ v: 1, ...place, ...short(wellFormed(draft)), body });
  // The whole text is an upper bound for its params, so most entries are measured for nothing.
  return isWithin(text, maxBytes) ? text : canonical({ v: 1, ...place, ...short(draft), body });
}

/** Whether a text has at most so many bytes in UTF-8. A short one need not be counted: a unit of it is three bytes at most. */
const isWithin = (text: string, most: number): boolean => text.length * 3 <= most || Buffer.byteLength(text) <= most;

/**
 * The text of an entry without params, as nearly all are: its members are known and can be written down in order, and
 * JSON.stringify writes each as RFC 8785 does (section 3.2.2). That is half the cost of an entry saved. Undefined when the
 * library has to look: half a surrogate pair is written as an escape that nothing else is but a backslash and those letters.
 */
function plainText(draft: EntryDraft, place: Place, body: Commitment | undefined): string | undefined {
  if (draft.params) return undefined;
  const text = JSON.stringify({
    at: place.at,
    body: body && { commitment: body.commitment, salt: body.salt },
    clock: place.clock,
    connector: draft.connector,
    cross: draft.cross,
    customer: draft.customer,
    decision: draft.decision && decisionOf(draft.decision),
    device: place.device,
    gates: draft.gates?.map(gateOf),
    kind: draft.kind,
    policyVersion: draft.policyVersion,
    prev: place.prev,
    principal: principalOf(draft.principal),
    ref: draft.ref,
    result: draft.result && resultOf(draft.result),
    risk: draft.risk,
    seq: place.seq,
    tenant: place.tenant,
    tool: draft.tool,
    v: 1,
  } satisfies Record<Exclude<keyof Entry, 'leaf' | 'params'>, unknown>);
  // Most have no backslash at all, and one character is found much faster than three.
  return text.includes('\\') && text.includes('\\ud') ? undefined : text;
}

const decisionOf = ({ approval, policies, standing }: Decision) =>
  ({ approval, policies, standing }) satisfies Record<keyof Decision, unknown>;

const gateOf = ({ code, gate, ms, ok }: GateOutcome) =>
  ({ code, gate, ms, ok }) satisfies Record<keyof GateOutcome, unknown>;

const principalOf = ({ client, id, kind, name }: Principal) =>
  ({ client, id, kind, name }) satisfies Record<keyof Principal, unknown>;

const resultOf = ({ bytes, dropped, flagged, ms, records, redacted, status }: CallResult) =>
  ({ bytes, dropped, flagged, ms, records, redacted, status }) satisfies Record<keyof CallResult, unknown>;

const short = (draft: EntryDraft): EntryDraft =>
  draft.params ? { ...draft, params: limited(draft.params, draft.kind) } : draft;
