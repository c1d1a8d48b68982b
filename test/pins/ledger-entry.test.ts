// One entry and its leaf. The hash was computed by a script that knows docs/audit-format.md and none of our code: Python's
// json.dumps(sort_keys=True, separators=(',', ':'), ensure_ascii=False), hashlib.sha256(b'\0' + text), and AESGCM of the package
// cryptography. If this fails, every ledger written before is unreadable to the new version.
import { describe, expect, it } from 'vitest';
import { createSecretKey } from 'node:crypto';
import { aboutBody, commitmentOf, openText } from '../../src-ledger/seal-body.ts';
import { sealEntry } from '../../src-ledger/seal-entry.ts';
import { canonical } from '../../src-shared/canonical.ts';
import { Entry } from '../../src-shared/model/entry.ts';
import { CustomerId } from '../../src-shared/model/ids.ts';
import { leafOf } from '../../src-ledger/sha256.ts';

const leaf = '420de4035bd3d487fbd0886c1426ad5c758a59af9604916c65d10c0f2b4869fd';
const place = {
  seq: 2,
  at: '2026-11-21T09:30:00.123Z',
  tenant: 'northway-demo',
  device: 'desk-4f2a',
  prev: 'abababababababababababababababababababababababababababababababab',
};
const draft = {
  kind: 'call.outcome',
  principal: { kind: 'technician', id: 'amy.kowalski', name: 'Amy Kowalski', client: 'Claude Desktop' },
  customer: 'MERI-7',
  tool: 'ticket_search',
  connector: 'halopsa',
  risk: 'read',
  params: { customer: 'MERI-7', text: 'Zahnarzt ä €' },
  gates: [
    { gate: 'principal', ok: true, ms: 0.25 },
    { gate: 'execution', ok: false, code: 'VENDOR_ERROR', ms: 12 },
  ],
  policyVersion: 3,
  result: { status: 'VENDOR_ERROR', records: 0, dropped: 0, redacted: 0, bytes: 0, ms: 14.5 },
  ref: 1,
} as const;
const text =
  '{"at":"2026-11-21T09:30:00.123Z","connector":"halopsa","customer":"MERI-7","device":"desk-4f2a","gates":[{"gate":"principal","ms":0.25,"ok":true},{"code":"VENDOR_ERROR","gate":"execution","ms":12,"ok":false}],"kind":"call.outcome","params":{"customer":"MERI-7","text":"Zahnarzt ä €"},"policyVersion":3,"prev":"abababababababababababababababababababababababababababababababab","principal":{"client":"Claude Desktop","id":"amy.kowalski","kind":"technician","name":"Amy Kowalski"},"ref":1,"result":{"bytes":0,"dropped":0,"ms":14.5,"records":0,"redacted":0,"status":"VENDOR_ERROR"},"risk":"read","seq":2,"tenant":"northway-demo","tool":"ticket_search","v":1}';

describe('an entry', () => {
  it('has this text and this leaf', () => {
    expect(sealEntry({ ...draft, gates: [...draft.gates] }, place)).toEqual({ text, leaf });
    expect(canonical(JSON.parse(text))).toBe(text);
    expect(leafOf(text)).toBe(leaf);
  });

  it('says what the clock said, between its body and its connector', () => {
    const behind = { ...place, clock: '2026-11-20T09:30:00.123Z' };
    const told = text.replace('","connector"', '","clock":"2026-11-20T09:30:00.123Z","connector"');
    expect(told).toMatch(/^\{"at":"[^"]*","clock":"[^"]*","connector":/);
    expect(sealEntry({ ...draft, gates: [...draft.gates] }, behind).text).toBe(told);
    expect(Entry.parse({ ...(JSON.parse(told) as object), leaf })).toMatchObject({ clock: behind.clock });
    const { params: _, ...plain } = draft;
    const short = told.replace(/"params":\{[^}]*\},/, '');
    expect(sealEntry({ ...plain, gates: [...draft.gates] }, behind).text).toBe(short);
    expect(canonical(JSON.parse(short))).toBe(short);
  });

  it('is what its schema says an entry is', () => {
    expect(Entry.parse({ ...(JSON.parse(text) as object), leaf })).toMatchObject({ ...draft, ...place, v: 1 });
  });
});

const salt = 'ffeeddccbbaa99887766554433221100';
const bodyText = '{"blind":"00112233445566778899aabbccddeeff","params":{"customer":"MERI-7","text":"Zahnarzt ä €"}}';
const commitment = 'afb2cef66aaa72cb0cf36617e7f3e5edf68eb747d2a92ad061b6aaa4a18ba748';
const sealed =
  '6465666768696a6b6c6d6e6f3339bc0a108732bc04406fd8eb5458cf71f1323ebe59c54490e69470c29ac429f68b23a32876fe619b955a13df32abbd7a36ebc51a31634b8f82d8b982e4d7a832ae964b84021632a943cf3774f245c45e5a4555cfabecb4a5851607df33acd32253ef03baca8059adfa1b12dc8550791240e74e';
const committed =
  '{"at":"2026-11-21T09:30:00.123Z","body":{"commitment":"afb2cef66aaa72cb0cf36617e7f3e5edf68eb747d2a92ad061b6aaa4a18ba748","salt":"ffeeddccbbaa99887766554433221100"},"customer":"MERI-7","device":"desk-4f2a","kind":"call.intent","prev":"abababababababababababababababababababababababababababababababab","principal":{"client":"Claude Desktop","id":"amy.kowalski","kind":"technician","name":"Amy Kowalski"},"seq":2,"tenant":"northway-demo","tool":"ticket_search","v":1}';
const committedLeaf = 'f43e262d0f0c6985c932622cb8390f0388f01ee7c20449627e8e670fc34e0838';

describe('a body', () => {
  it('has this commitment', () => {
    expect(commitmentOf(salt, bodyText)).toBe(commitment);
  });

  it('is sealed like this', () => {
    const key = createSecretKey(Uint8Array.from({ length: 32 }, (_, at) => at));
    const about = aboutBody('northway-demo', { under: CustomerId.parse('meridian'), seq: 2, key: 7 });
    expect(about).toBe('northway-demo|meridian|2|7');
    expect(aboutBody('northway-demo', { under: null, seq: 2, key: 7 })).toBe('northway-demo||2|7');
    expect(openText(key, Buffer.from(sealed, 'hex'), about)).toBe(bodyText);
  });

  it('is in its entry as this commitment alone', () => {
    const { principal } = draft;
    const body = { under: CustomerId.parse('meridian'), content: { params: { text: 'not in the entry' } } };
    const asked = { kind: 'call.intent', principal, customer: 'MERI-7', tool: 'ticket_search', body } as const;
    expect(sealEntry(asked, place, { commitment, salt })).toEqual({ text: committed, leaf: committedLeaf });
    expect(sealEntry(asked, place).text).not.toContain('"body"');
    expect(Entry.parse({ ...(JSON.parse(committed) as object), leaf: committedLeaf })).toMatchObject({
      body: { commitment, salt },
    });
  });
});
