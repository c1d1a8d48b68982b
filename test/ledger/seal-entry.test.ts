import { fc } from '../fast-check.ts';
import { describe, expect, it } from 'vitest';
import { sealEntry } from '../../src-ledger/seal-entry.ts';
import { canonical } from '../../src-shared/canonical.ts';
import { type Commitment, EntryDraft } from '../../src-shared/model/entry.ts';
import { device, draft, tenant } from './fork-ledger.ts';

const place = { seq: 7, at: '2026-11-21T09:30:00.123Z', tenant, device, prev: '0'.repeat(64) };
const commitment: Commitment = { salt: 'b'.repeat(32), commitment: 'a'.repeat(64) };

/** What a draft may hold, from the schema: each member as odd as it may be, in any order. */
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.constantFrom('\\ud800', '\u2028', '\u0000', '"', '\u20ac', '\ud83d\ude00', '__proto__'),
);
const ms = fc.oneof(fc.double({ min: 0, noNaN: true, noDefaultInfinity: true }), fc.constantFrom(0, 1e21, 1e-7, 0.1));
const count = fc.nat();
const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const whole: { [K in keyof Required<Omit<EntryDraft, 'body'>>]: fc.Arbitrary<unknown> } = {
  kind: fc.constantFrom('call.intent', 'call.outcome', 'call.denied'),
  principal: fc.record({ name: text, id: text, client: text, kind: fc.constantFrom('technician', 'system') }),
  customer: fc.constantFrom(null, 'MERI-7'),
  cross: optional(fc.constant('CROSS-3')),
  tool: optional(text),
  connector: optional(text),
  risk: optional(fc.constantFrom('read', 'write')),
  params: optional(fc.dictionary(text, fc.jsonValue(), { maxKeys: 3 })),
  gates: optional(
    fc.array(
      fc.record(
        { ok: fc.boolean(), ms, gate: fc.constant('policy'), code: fc.constant('POLICY_DENIED') },
        { requiredKeys: ['ok', 'ms', 'gate'] },
      ),
      { maxLength: 8 },
    ),
  ),
  policyVersion: optional(count),
  decision: optional(
    fc.record(
      { policies: fc.array(text, { maxLength: 4 }), standing: text, approval: text },
      { requiredKeys: ['policies'] },
    ),
  ),
  result: optional(
    fc.record(
      { status: text, records: count, dropped: count, redacted: count, flagged: fc.constant(4), bytes: count, ms },
      { requiredKeys: ['status', 'records', 'dropped', 'redacted', 'bytes', 'ms'] },
    ),
  ),
  ref: optional(fc.integer({ min: 1 })),
};

describe('sealEntry', () => {
  it('writes RFC 8785, whatever the draft holds and in whatever order', () => {
    let plain = 0;
    fc.assert(
      fc.property(fc.record(whole), fc.boolean(), (each, hasBody) => {
        const asked = each as EntryDraft; // As it was put together: the schema would put it in order.
        EntryDraft.parse(asked);
        const body = hasBody ? commitment : undefined;
        let expected: string;
        try {
          expected = canonical({ v: 1, ...place, ...asked, body });
        } catch {
          fc.pre(false); // Half characters are mended: log.test.ts shows how.
          return;
        }
        fc.pre(Buffer.byteLength(expected) <= 8192);
        if (!asked.params) plain += 1;
        expect(sealEntry(asked, place, body).text).toBe(expected);
      }),
      { numRuns: 2000 },
    );
    expect(plain).toBeGreaterThan(50);
  });

  it('mends half characters with params and without', () => {
    const { params: _, ...bare } = draft('half\ud800');
    for (const each of [bare, draft('half\ud800')]) {
      expect(JSON.parse(sealEntry(each, place).text)).toMatchObject({ tool: 'half\ufffd' });
    }
    const literal = { ...bare, tool: '\\ud800' };
    expect(JSON.parse(sealEntry(literal, place).text)).toMatchObject({ tool: '\\ud800' });
  });
});
