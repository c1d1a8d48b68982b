import { describe, expect, it } from 'vitest';
import { type Gate, line } from '../../src-gateway/pipeline.ts';
import { deny } from '../../src-shared/model/denial.ts';
import { err, ok } from '../../src-shared/result.ts';

type Powers = { readonly heard: string[] };
type Start = { readonly start: number };
type One = { readonly one: number };
type Two = { readonly two: number };

const one: Gate<Powers, Start, One> = ({ start }, { heard }) => {
  heard.push('one');
  return ok({ one: start + 1 });
};
const two: Gate<Powers, Start & One, Two> = async (call, { heard }) => {
  heard.push('two');
  return ok({ two: call.one + 1 });
};
const no: Gate<Powers, Start, Two> = () => err(deny('NO_CUSTOMER'));
const broken: Gate<Powers, object, Two> = () => {
  throw new Error('the secret of the database');
};
const ticking = () => {
  let now = 0;
  return () => (now += 1.5);
};

describe('line', () => {
  it('asks the gates in the order they were added and hands each what was proven before', async () => {
    const heard: string[] = [];
    const both = line<Powers, Start>().gate('principal', one).gate('tenant', two);
    expect(both.names).toEqual(['principal', 'tenant']);
    expect(await both.run({ start: 1 }, { heard }, ticking())).toEqual({
      gates: [
        { gate: 'principal', ok: true, ms: 1.5 },
        { gate: 'tenant', ok: true, ms: 1.5 },
      ],
      known: { start: 1, one: 2, two: 3 },
      verdict: { ok: true, value: { start: 1, one: 2, two: 3 } },
    });
    expect(heard).toEqual(['one', 'two']);
  });

  it('stops at the first denial, with the trail and the proofs up to there', async () => {
    const heard: string[] = [];
    const stopped = line<Powers, Start>().gate('principal', one).gate('customer', no).gate('tenant', two);
    expect(await stopped.run({ start: 1 }, { heard }, ticking())).toEqual({
      gates: [
        { gate: 'principal', ok: true, ms: 1.5 },
        { gate: 'customer', ok: false, code: 'NO_CUSTOMER', ms: 1.5 },
      ],
      known: { start: 1, one: 2 },
      verdict: { ok: false, error: deny('NO_CUSTOMER') },
    });
    expect(heard).toEqual(['one']);
  });

  it('denies when a gate throws, in that gate’s name and without a word of what was thrown', async () => {
    const codes = {
      principal: 'UNAUTHENTICATED',
      tenant: 'TENANT_UNRESOLVED',
      customer: 'NO_CUSTOMER',
      entitlement: 'CONNECTOR_UNAVAILABLE',
      policy: 'POLICY_DENIED',
      quota: 'QUOTA_EXCEEDED',
      execution: 'POLICY_DENIED',
    } as const;
    for (const [name, code] of Object.entries(codes)) {
      const { verdict } = await line<Powers, Start>()
        .gate(name as 'tenant', broken)
        .run({ start: 1 }, { heard: [] }, ticking());
      expect(verdict, name).toMatchObject({ ok: false, error: { code } });
      expect(JSON.stringify(verdict)).not.toContain('secret');
    }
  });

  it('denies when a gate rejects', async () => {
    const rejecting: Gate<Powers, object, Two> = () => Promise.reject(new Error('late'));
    const { verdict } = await line<Powers, Start>()
      .gate('policy', rejecting)
      .run({ start: 1 }, { heard: [] }, ticking());
    expect(verdict).toMatchObject({ ok: false, error: { code: 'POLICY_DENIED' } });
  });

  it('never reports a negative time, whatever the clock does', async () => {
    let now = 10;
    const backwards = () => (now -= 5);
    const { gates } = await line<Powers, Start>().gate('principal', one).run({ start: 1 }, { heard: [] }, backwards);
    expect(gates).toEqual([{ gate: 'principal', ok: true, ms: 0 }]);
  });

  it('leaves a line as it was when it is extended', () => {
    const first = line<Powers, Start>().gate('principal', one);
    first.gate('tenant', two);
    expect(first.names).toEqual(['principal']);
  });

  it('does not compile with a gate before what it needs is proven', () => {
    // @ts-expect-error `two` reads what only `one` proves
    line<Powers, Start>().gate('tenant', two);
    line<Powers, Start>().gate('principal', one).gate('tenant', two);
  });
});
