/** A ledger of any length of which nothing is kept: each entry is made when it is asked for, and always the same. */
import type { Subtree } from '../../src-shared/merkle/proof.ts';
import { split } from '../../src-shared/merkle/proof.ts';
import { nodeHash } from '../../src-shared/merkle/tree.ts';
import { gateNames } from '../../src-shared/model/denial.ts';
import { Entry } from '../../src-shared/model/entry.ts';
import { type Facts, type FixtureLedger, leafOf, sha256 } from './window-fixture-ledger.ts';

const tools = ['ticket_list', 'ticket_get', 'asset_list', 'contact_list', 'ticket_note_add', 'invoice_list'];
const people = ['Amy Kowalski', 'Sam Ortiz', 'Priya Nair'];
const apps = ['Claude Desktop', 'Cursor', 'VS Code'];

interface Made {
  readonly count: number;
  readonly codes: readonly string[];
  /** Milliseconds since 1970 of the last entry. */
  readonly end: number;
}

export class GeneratedLedger implements FixtureLedger {
  count: number;
  /**
   * The one entry whose way through the tree is real. A whole tree would be a million hashes; of any other entry the path
   * leads elsewhere, as it would in a ledger that answers falsely.
   */
  held: number;
  /** An entry that is answered with another tool than it was recorded with. */
  tampered: number | null = null;
  readonly #codes: readonly string[];
  readonly #end: number;
  readonly #length: number;

  constructor({ count, codes, end }: Made) {
    this.count = count;
    this.held = Math.round(count / 2);
    this.#codes = codes;
    this.#end = end;
    this.#length = count;
  }

  /** Two of a call, one of a denial, now and then a deed; for a while across customers. Busy and quiet weeks over a year and a bit. */
  facts(seq: number): Facts {
    const call = Math.ceil(seq / 2);
    const isDeed = seq % 40 === 0;
    const isDenied = !isDeed && seq % 14 === 0;
    return {
      kind: isDeed ? 'client.armed' : isDenied ? 'call.denied' : seq % 2 === 1 ? 'call.intent' : 'call.outcome',
      at: this.#at(seq),
      customer: this.#codes[Math.floor(call / 9) % this.#codes.length] ?? null,
      cross: seq > 300_000 && seq <= 300_024 ? 'CROSS-4' : undefined,
      technician: people[Math.floor(call / 200) % 3] ?? '',
      client: isDeed ? 'operator' : (apps[call % 3] ?? ''),
      tool: isDeed ? undefined : tools[call % 6],
      isDenied,
    };
  }

  entry(seq: number): Entry {
    const entry = this.#made(seq);
    return seq === this.tampered ? { ...entry, tool: 'password_reveal' } : entry;
  }

  readonly subtree: Subtree = (from, to) => {
    if (to - from === 1) return Buffer.from(this.#made(from + 1).leaf, 'hex');
    const middle = from + split(to - from);
    const isHeld = this.held > from && this.held <= to;
    return isHeld
      ? nodeHash(this.subtree(from, middle), this.subtree(middle, to), sha256)
      : sha256(`node ${from} ${to}`);
  };

  #made(seq: number): Entry {
    const { kind, at, customer, cross, technician, client, tool, isDenied } = this.facts(seq);
    const isOutcome = kind === 'call.outcome';
    const gates = gateNames.slice(0, isDenied ? 3 : isOutcome ? 8 : 6).map((gate) => {
      const isStop = isDenied && gate === 'customer';
      return { gate, ok: !isStop, ms: 0.02, ...(isStop ? { code: 'CUSTOMER_MISMATCH' as const } : {}) };
    });
    const result = { status: 'ok', records: seq % 31, dropped: 0, redacted: 0, bytes: 412, ms: 80 + (seq % 200) };
    const draft = {
      v: 1 as const,
      seq,
      at: new Date(at).toISOString(),
      tenant: 'northway',
      device: 'test',
      kind,
      principal: { kind: 'technician', id: technician.toLowerCase().replace(' ', '.'), name: technician, client },
      customer,
      ...(cross === undefined ? {} : { cross }),
      ...(tool === undefined ? { params: { client: 'Cursor' } } : { tool, connector: 'halopsa', risk: 'read', gates }),
      ...(isOutcome ? { result, ref: seq - 1 } : {}),
      policyVersion: 41,
      prev: hex(`prev ${seq}`),
    };
    const entry = Entry.parse({ ...draft, leaf: '0'.repeat(64) });
    const { leaf: _, ...rest } = entry;
    return { ...rest, leaf: Buffer.from(leafOf(rest)).toString('hex') };
  }

  #at(seq: number): number {
    const step = (400 * 86_400_000) / this.#length;
    const wave = this.#length / 7;
    const swing = 0.8 * (wave / (2 * Math.PI)) * Math.sin((2 * Math.PI * seq) / wave);
    return Math.round(this.#end - (this.#length - seq + swing) * step);
  }
}

const hex = (text: string): string => Buffer.from(sha256(text)).toString('hex');
