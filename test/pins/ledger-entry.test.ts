// One entry and its leaf. The hash was computed by a script that knows docs/audit-format.md and none of our code: Python's
// json.dumps(sort_keys=True, separators=(',', ':'), ensure_ascii=False) and hashlib.sha256(b'\0' + text). If this fails, every
// ledger written before is unreadable to the new version.
import { describe, expect, it } from 'vitest';
import { sealEntry } from '../../src-ledger/seal-entry.ts';
import { canonical } from '../../src-shared/canonical.ts';
import { Entry } from '../../src-shared/model/entry.ts';
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

  it('is what its schema says an entry is', () => {
    expect(Entry.parse({ ...(JSON.parse(text) as object), leaf })).toMatchObject({ ...draft, ...place, v: 1 });
  });
});
