import { describe, expect, it } from 'vitest';
import { createWorker } from '../../src-connectors/bound-worker.ts';
import { connectors } from '../../src-connectors/connectors.ts';
import { SurveyBinding } from '../../src-shared/contract/worker.ts';
import { startHalo } from '../demo/northway.ts';
import { credential, realTimer } from './bound.ts';

const { emulator, data } = await startHalo();
const never = new AbortController().signal;

function worker() {
  let leases = 0;
  const { control } = createWorker({
    connectors,
    now: Date.now,
    after: realTimer,
    lease: () => Promise.reject(new Error('a survey has no grant')),
    surveyCredential: async () => ((leases += 1), data.credential),
  });
  return { control, leases: () => leases };
}
const binding = (extent: 'probe' | 'all', more = {}) =>
  SurveyBinding.parse({
    tenant: 'msp',
    instance: 'halo',
    connector: 'halopsa',
    baseUrl: emulator.url,
    settings: { demo: 'true', requestsPerMinute: '60000', tenant: data.tenant },
    extent,
    ...more,
  });

describe('survey', () => {
  it('reads every customer of the vendor, inactive ones marked', async () => {
    const { control, leases } = worker();
    const { customers, isWhole } = await control.survey(binding('all'), never);
    expect(isWhole).toBe(true);
    expect(customers.map(({ id }) => Number(id)).toSorted((a, b) => a - b)).toEqual(
      data.clients.map(({ id }) => id).toSorted((a, b) => a - b),
    );
    expect(customers.find(({ id }) => id === '63')).toMatchObject({ name: 'Harrow Lane Furniture', isInactive: true });
    expect(leases()).toBe(1);
  });

  it('asks for one page when it only probes', async () => {
    const before = emulator.requests.length;
    await worker().control.survey(binding('probe'), never);
    const asked = emulator.requests.slice(before).filter(({ path }) => path.includes('/Client'));
    expect(asked).toHaveLength(1);
  });

  it('is for once, and for a worker that is nothing else', async () => {
    const { control } = worker();
    await control.survey(binding('probe'), never);
    await expect(async () => control.survey(binding('probe'), never)).rejects.toMatchObject({ code: 'ALREADY_BOUND' });
    expect(() => control.describe(undefined, never)).toThrow(expect.objectContaining({ code: 'ALREADY_BOUND' }));
  });

  it('says what is wrong with the credential, not with the vendor’s words', async () => {
    const { control } = createWorker({
      connectors,
      now: Date.now,
      after: realTimer,
      lease: () => Promise.resolve(credential),
      surveyCredential: () => Promise.resolve({ clientId: 'x', clientSecret: 'y' }),
    });
    await expect(control.survey(binding('probe'), never)).rejects.toMatchObject({
      code: 'CREDENTIAL_UNAVAILABLE',
      message: 'The vendor does not accept the stored credential.',
    });
  });
});
