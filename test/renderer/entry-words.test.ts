import { describe, expect, it } from 'vitest';
import { kindWords, whatWords, whoWords } from '../../src-renderer/screens/ledger/entry-words.ts';
import type { Entry } from '../../src-shared/model/entry.ts';
import { TenantId } from '../../src-shared/model/ids.ts';
import { lookUpTool } from '../../src-shared/model/subject.ts';

const entry = (part: Partial<Entry>): Entry => ({
  v: 1,
  seq: 7,
  at: '2026-11-21T09:00:01.000Z',
  tenant: TenantId.parse('northway'),
  device: 'laptop-1',
  kind: 'alert',
  principal: { kind: 'technician', id: 'amy', name: 'Amy Kowalski', client: 'Cursor' },
  customer: 'MERI-7',
  prev: '0'.repeat(64),
  leaf: 'a'.repeat(64),
  ...part,
});
const titles = new Map([['ticket_list', 'List tickets']]);
const result = { status: 'ok', records: 3, dropped: 0, redacted: 0, bytes: 10, ms: 9 };
const asks = [{ gate: 'policy' as const, ok: false, code: 'APPROVAL_PENDING' as const, ms: 1 }];
const stop = [{ gate: 'execution' as const, ok: false, code: 'VENDOR_ERROR' as const, ms: 1 }];

describe('kindWords', () => {
  it('says of the end of a call what became of it', () => {
    const ended = (part: Partial<Entry>): string => kindWords(entry({ kind: 'call.outcome', ...part }));
    expect([
      ended({ result }),
      ended({ result, gates: stop }),
      ended({ result: { ...result, status: 'interrupted' } }),
      kindWords(entry({ kind: 'call.denied', gates: stop })),
      kindWords(entry({ kind: 'call.intent' })),
      kindWords(entry({ kind: 'call.denied', gates: asks })),
      ended({ result: { ...result, status: 'VENDOR_SAID_NO' } }),
    ]).toEqual([
      'Call answered',
      'Call denied',
      'Call cut short',
      'Call denied',
      'Call started',
      'Asked a person',
      'Call failed',
    ]);
  });

  it('tells age from a destroyed key, and which end an approval had', () => {
    const gone = (because: string): string => kindWords(entry({ kind: 'retention.tombstone', params: { because } }));
    expect([gone('age'), gone('key')]).toEqual(['Removed after its time', 'Key destroyed']);
    expect(kindWords(entry({ kind: 'approval.decided', params: { outcome: 'expired' } }))).toBe('Approval expired');
  });
});

describe('whatWords', () => {
  const words = (part: Partial<Entry>): string[] => {
    const { lead, rest } = whatWords(entry(part), titles);
    return [lead, rest];
  };
  it('names the tool and what came of it, and of a beginning the tool alone', () => {
    expect(words({ kind: 'call.outcome', tool: 'ticket_list', connector: 'halopsa', result })).toEqual([
      'List tickets',
      '3 records',
    ]);
    expect(words({ kind: 'call.intent', tool: 'ticket_list', connector: 'halopsa' })).toEqual(['List tickets', '']);
    const decision = { policies: ['ask'], approval: 'ap-0000000000000001' };
    expect(words({ kind: 'call.denied', tool: 'ticket_list', gates: asks, decision })[1]).toBe('asked a person');
    expect(words({ kind: 'call.denied', tool: 'ticket_list', gates: asks, decision: { policies: ['ask'] } })[1]).toBe(
      'nobody was asked, too many calls wait already',
    );
    expect(words({ kind: 'approval.asked', tool: 'ticket_list', params: { approval: 'ap-1' } })).toEqual([
      'List tickets',
      '',
    ]);
  });

  it('says of looking up what it was for', () => {
    const about = { tool: lookUpTool, connector: 'halopsa' };
    expect(words({ ...about, kind: 'call.outcome', result: { ...result, records: 1 } })).toEqual([
      'Looked up for an approval',
      '1 record',
    ]);
  });

  it('says which cause a denial had where its entry names it, and only where it is a cause of that code', () => {
    const suspended = [{ gate: 'customer' as const, ok: false, code: 'CLIENT_SUSPENDED' as const, ms: 1 }];
    const about = { kind: 'call.denied' as const, tool: 'ticket_list', connector: 'halopsa' };
    const short = (gates: Entry['gates'], params?: Entry['params']): string | undefined =>
      words({ ...about, ...(gates && { gates }), ...(params && { params }) })[1];
    expect([
      short(suspended, { because: 'not-armed' }),
      short(suspended, { because: 'ai-stopped' }),
      short(suspended, { because: 'scope-over' }),
      short(stop, { because: 'worker-ended' }),
      short(stop, { because: 'worker-not-started' }),
    ]).toEqual([
      'because Cursor was not armed',
      'because all AI work was stopped',
      'because the time of its work across customers was over',
      'Bulkhead’s own process for HaloPSA ended',
      'Bulkhead’s own process for HaloPSA did not start',
    ]);
    const [either, vendor] = [short(suspended), short(stop)];
    expect(either).toBe('because Cursor was not armed, or all AI was stopped');
    expect(vendor).toBe('HaloPSA did not answer as it should');
    // Entries of before bodies were sealed hold arguments there, which are whoever called's to choose.
    expect(short(suspended, { because: 'ai-stopped', customer: 'MERI-7' })).toBe(either);
    expect(short(stop, { because: 'ai-stopped' })).toBe(vendor);
  });

  it('says which alert it is, also of one it does not know, and what a deed names', () => {
    expect(words({ params: { alert: 'bodies-read', entries: 1 } })).toEqual(['', 'What calls asked was read']);
    const lost = { alert: 'entries-lost', signed: 9, entries: 2 };
    expect(words({ params: lost })).toEqual(['', 'Entries that this device signed are gone']);
    expect(words({ params: { alert: 'made-up', client: 'Cur\u202esor' } })).toEqual(['', 'Made up, Cursor']);
    expect(words({ kind: 'policy.applied', params: { version: 41, nested: { a: 1 } } })).toEqual(['', '41']);
  });

  it('says how many bodies are gone', () => {
    const params = { because: 'age', bodies: 1200, upTo: 5000 };
    expect(words({ kind: 'retention.tombstone', params })).toEqual([
      '',
      'what 1,200 entries up to 5,000 asked or answered',
    ]);
    expect(words({ kind: 'retention.tombstone' })).toEqual(['', '']);
  });
});

describe('whoWords', () => {
  it('names the person and their tool, or Bulkhead', () => {
    const by = (principal: Entry['principal']): string => whoWords(entry({ principal }));
    expect(by({ kind: 'technician', id: 'amy', name: 'Amy', client: 'Cursor' })).toBe('Amy, Cursor');
    expect(by({ kind: 'technician', id: 'amy', name: 'Amy', client: 'operator' })).toBe('Amy');
    expect(by({ kind: 'system', id: 'bulkhead', name: 'Bulkhead', client: 'bulkhead' })).toBe('Bulkhead');
  });
});
