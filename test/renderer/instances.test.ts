import { beforeEach, describe, expect, it } from 'vitest';
import {
  commonSettings,
  freeName,
  hostOf,
  toSend,
  wrongField,
} from '../../src-renderer/screens/connectors/instance-input.ts';
import { instanceStatus, nextStep } from '../../src-renderer/screens/connectors/instance-status.ts';
import { currentResult, testInstance, useTests } from '../../src-renderer/screens/connectors/instance-tests.ts';
import { useApp } from '../../src-renderer/api/app.ts';
import type { UiClient } from '../../src-renderer/api/connect.ts';
import type { AppState, InstanceView } from '../../src-shared/contract/ui.ts';
import type { ConnectorDescription } from '../../src-shared/contract/worker.ts';
import { Fault } from '../../src-shared/fault.ts';
import { InstanceId } from '../../src-shared/model/ids.ts';

const hudu: InstanceView = {
  id: InstanceId.parse('hudu-main'),
  connector: 'hudu',
  name: 'Hudu',
  baseUrl: 'https://northway.huducloud.com',
  settings: {},
  health: { state: 'healthy', detail: '', at: '2026-11-22T09:00:00.000Z' },
  lastUsed: null,
  mapped: 10,
  hasCredential: true,
  credentialChangedAt: '2026-11-20T09:00:00.000Z',
};
const status = (part: Partial<InstanceView>, more: object = {}) =>
  instanceStatus({
    instance: { ...hudu, ...part },
    customerCount: 10,
    isTesting: false,
    tested: null,
    mayManage: true,
    ...more,
  });

describe('wrongField', () => {
  const input = { name: 'Hudu', baseUrl: 'https://northway.huducloud.com', settings: {} };
  it('names what cannot be sent', () => {
    expect(wrongField(input)).toBeNull();
    expect(wrongField({ ...input, name: ' ' })).toBe('name');
    expect(
      ['', 'northway.huducloud.com', 'ftp://a.example', 'javascript:alert(1)'].map((baseUrl) =>
        wrongField({ ...input, baseUrl }),
      ),
    ).toEqual(Array(4).fill('baseUrl'));
  });
});

describe('hostOf', () => {
  it('is host and port, however the address is written', () => {
    expect(hostOf(' HTTPS://Halo.Example:443/api ')).toBe('halo.example');
    expect(hostOf('http://127.0.0.1:4801')).toBe('127.0.0.1:4801');
  });
});

describe('toSend', () => {
  it('trims, and leaves out settings that were left empty', () => {
    expect(
      toSend({ name: ' Hudu ', baseUrl: ' https://a.example ', settings: { tenant: ' ', pem: ' x\ny ' } }),
    ).toEqual({
      name: 'Hudu',
      baseUrl: 'https://a.example',
      settings: { pem: 'x\ny' },
    });
  });
});

describe('freeName', () => {
  it('numbers a name that is taken', () => {
    const connector = { title: 'Hudu' } as ConnectorDescription;
    expect(freeName(connector, [])).toBe('Hudu');
    expect(freeName(connector, [{ name: 'Hudu' }, { name: 'Hudu 2' }])).toBe('Hudu 3');
  });
});

describe('commonSettings', () => {
  it('is what every connector has, and nothing while there is only one', () => {
    const having = (...names: string[]) => ({ settings: names.map((name) => ({ name })) }) as ConnectorDescription;
    expect([...commonSettings([having('tenant', 'proxy'), having('proxy', 'currency')])]).toEqual(['proxy']);
    expect([...commonSettings([having('proxy')])]).toEqual([]);
  });
});

describe('nextStep', () => {
  it('is the credential, then the mapping, then nothing', () => {
    expect(nextStep({ ...hudu, hasCredential: false, mapped: 0 })).toBe('credential');
    expect(nextStep({ ...hudu, mapped: 0 })).toBe('map');
    expect(nextStep(hudu)).toBeNull();
  });
});

describe('instanceStatus', () => {
  it('asks nothing of whose role does not include setting up connectors', () => {
    const theirs = { mayManage: false };
    expect([
      status({ hasCredential: false }, theirs),
      status({ mapped: 0 }, theirs),
      status({ health: { state: 'unknown', detail: '', at: null } }, theirs),
    ]).toEqual([
      { tone: 'quiet', words: 'It has no credential, so nothing can use Hudu.' },
      { tone: 'quiet', words: 'No customer is mapped, so none can use Hudu yet.' },
      { tone: 'quiet', words: 'Not checked since Bulkhead started.' },
    ]);
  });

  it('says what a person most needs to know', () => {
    expect(status({}, { isTesting: true }).tone).toBe('busy');
    expect(status({}, { tested: { ok: false, detail: 'Hudu refuses the key.', at: 0, of: '' } })).toEqual({
      tone: 'bad',
      words: 'Hudu refuses the key.',
    });
    expect(status({ hasCredential: false }).tone).toBe('next');
    expect(status({ mapped: 0 }).words).toBe('Next: map customers. No customer can use Hudu yet.');
    expect(status({ health: { state: 'failing', detail: 'Too slow.', at: null } })).toEqual({
      tone: 'bad',
      words: 'Too slow.',
    });
    expect(status({ mapped: 9 }).words).toContain('1 customer is not mapped.');
    expect(status({}).words).toContain('Every customer is mapped.');
  });
});

describe('testInstance', () => {
  const answer = { ok: true, detail: 'It answered.' };
  let asked = 0;
  const test = (answers: () => Promise<typeof answer>): void => {
    const client = { testInstance: () => (asked++, answers()) } as unknown as UiClient;
    useApp.setState({ line: 'open', client });
  };
  beforeEach(() => {
    asked = 0;
    useApp.setState({ state: null });
    useTests.setState({ running: new Set(), results: new Map() });
  });

  it('runs once at a time, and keeps what it said', async () => {
    test(() => Promise.resolve(answer));
    await Promise.all([testInstance(hudu), testInstance(hudu)]);
    expect(asked).toBe(1);
    expect(useTests.getState().running.size).toBe(0);
    expect(currentResult(useTests.getState().results.get(hudu.id), hudu, null)).toMatchObject(answer);
  });
  it('says a fault in words', async () => {
    test(() => Promise.reject(new Fault('BUSY', 'It is busy.', 'Wait.')));
    await testInstance(hudu);
    expect(useTests.getState().results.get(hudu.id)).toMatchObject({ ok: false, detail: 'It is busy. Wait.' });
  });
  it('is a test of what was changed just before it, even if the window hears of the change only meanwhile', async () => {
    const changed = { ...hudu, credentialChangedAt: '2026-11-22T10:00:00.000Z' };
    test(() => {
      useApp.setState({ state: { instances: [changed], binding: null } as unknown as AppState });
      return Promise.resolve(answer);
    });
    await testInstance(hudu);
    expect(currentResult(useTests.getState().results.get(hudu.id), changed, null)).toMatchObject(answer);
  });
  it('forgets what it said when what was tested is not what is there', async () => {
    test(() => Promise.resolve(answer));
    await testInstance(hudu);
    const said = useTests.getState().results.get(hudu.id);
    const later = (part: Partial<InstanceView>, customer: string | null = null) =>
      currentResult(said, { ...hudu, ...part }, customer);
    expect(later({ lastUsed: '2026-11-22T10:00:00.000Z', name: 'Docs' })).not.toBeNull();
    expect(later({ credentialChangedAt: '2026-11-22T10:00:00.000Z' })).toBeNull();
    expect(later({ baseUrl: 'https://other.example' })).toBeNull();
    expect(later({}, 'fern-legal')).toBeNull();
    expect(later({ health: { state: 'failing', detail: '', at: '2100-01-01T00:00:00.000Z' } })).toBeNull();
  });
});
