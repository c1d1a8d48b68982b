import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createWorker } from '../../../src-connectors/bound-worker.ts';
import { connectors } from '../../../src-connectors/connectors.ts';
import { realTimer } from '../bound.ts';
import { type BoundHudu, startBoundHudu } from './bound-hudu.ts';
import { credential, ids, own } from './hudu-data.ts';

let bound: BoundHudu;
beforeEach(async () => {
  bound = await startBoundHudu();
});
afterEach(() => bound.hudu.close());

const unavailable = { status: 'denied', code: 'CREDENTIAL_UNAVAILABLE', reason: expect.any(String) };

describe('the API key', () => {
  it('is leased once a call and never kept', async () => {
    await bound.call('procedure_get', { id: ids.procedure });
    await bound.call('procedure_get', { id: ids.procedure });
    expect(bound.worker.leases()).toBe(2);
    expect(bound.hudu.requests).toHaveLength(4);
  });

  it('is asked for no second time when the vendor refuses it', async () => {
    bound.hudu.faults.rejectKey = true;
    expect(await bound.call('hudu_asset_list')).toEqual(unavailable);
    expect(bound.hudu.requests).toHaveLength(1);
  });

  it.each([{ apiKey: 'two\nlines' }, { apiKey: '' }, { apiKey: 'snowman ☃' }, { other: 'x' }])(
    'is not sent when it is none: %o',
    async (lease) => {
      await bound.hudu.close();
      bound = await startBoundHudu({ credential: lease });
      const answer = await bound.call('hudu_asset_list');
      expect(answer).toEqual(unavailable);
      expect(bound.hudu.requests).toEqual([]);
    },
  );

  it.each([401, 403] as const)('without the right to passwords says so and reads the rest: %i', async (status) => {
    bound.hudu.faults.forbiddenStatus = status;
    bound.hudu.faults.key.passwords = false;
    for (const [tool, input] of [
      ['credential_find', {}],
      ['credential_reveal', { id: ids.password }],
      ['credential_update', { id: ids.password, password: 'x' }],
      ['credential_create', { name: 'x', password: 'x' }],
    ] as const)
      expect(await bound.call(tool, input)).toEqual(unavailable);
    expect(await bound.call('hudu_asset_list')).toMatchObject({ status: 'ok' });
  });

  it('of one company works, and what it may not see is as if it were not there', async () => {
    bound.hudu.faults.key.companyIds = [own];
    for (const [tool, input] of [
      ['hudu_customer_get', {}],
      ['hudu_asset_get', { id: ids.asset }],
      ['kb_get', { id: ids.articleId }],
      ['credential_find', {}],
      ['website_list', {}],
    ] as const) {
      const answer = await bound.worker.call(tool, input);
      expect([tool, answer.status === 'ok' ? answer.records.length : answer]).toEqual([tool, 1]);
    }
    expect(await bound.call('kb_get', { id: ids.foreignArticle })).toEqual({ status: 'ok', records: [], dropped: 0 });
  });
});

describe('a rate limit', () => {
  it('is waited for once and then told', async () => {
    bound.hudu.faults.rateLimit = { requests: 1, windowSeconds: 600, retryAfter: 0 };
    await bound.call('hudu_asset_list');
    const answer = await bound.call('hudu_asset_list');
    expect(answer).toMatchObject({ code: 'VENDOR_ERROR', reason: expect.stringContaining('rate limit') });
    expect(bound.hudu.requests).toHaveLength(3);
  });
});

describe('a survey', () => {
  const survey = (extent: 'probe' | 'all', lease: Record<string, string> = credential) =>
    createWorker({
      connectors,
      now: Date.now,
      after: realTimer,
      lease: () => Promise.reject(new Error('not bound')),
      surveyCredential: async () => lease,
    }).control.survey(
      {
        tenant: 'msp',
        instance: 'hudu',
        connector: 'hudu',
        baseUrl: bound.hudu.url,
        settings: { demo: 'true' },
        extent,
      } as never,
      new AbortController().signal,
    );

  it('lists companies with domain and the ids that their own integrations hold', async () => {
    bound.hudu.faults.archivedInLists = 'shown';
    expect(await survey('all')).toEqual({
      customers: [
        { id: '12', name: 'Acme', domains: ['acme.example'], otherIds: ['12'], isInactive: false },
        { id: '31', name: 'Alder', domains: ['foreign.example'], otherIds: [], isInactive: true },
      ],
      isWhole: true,
    });
  });

  it('shows how far a key reaches: one of one company sees one', async () => {
    bound.hudu.faults.archivedInLists = 'shown';
    expect((await survey('probe')).customers).toHaveLength(2);
    bound.hudu.faults.key.companyIds = [own];
    expect((await survey('probe')).customers).toHaveLength(1);
  });

  it('fails with a wrong key', async () => {
    await expect(survey('probe', { apiKey: 'wrong' })).rejects.toMatchObject({ code: 'CREDENTIAL_UNAVAILABLE' });
  });
});
