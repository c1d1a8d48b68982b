// An update brings a tool that nobody knew of, or someone takes away the file that says what was accepted, hoping that the
// next start accepts whatever there is. Only the first start of a tenant does that.
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ReviewedHome, reviewedHome } from './reviewed-home.ts';

let home: ReviewedHome;
beforeAll(async () => {
  home = await reviewedHome();
});
afterAll(() => home.remove());

const denied = { denied: true, gate: 'entitlement', code: 'TOOL_CHANGED' };

describe('a tool that nobody has accepted', () => {
  it('is neither offered nor called after an update brought it', async () => {
    home.rewrite((tools) => tools.filter(({ name }) => name !== 'customer_get'));
    const { app, mcp, listed } = await home.start();
    expect(await listed()).not.toContain('customer_get');
    expect((await mcp.call('customer_get', { customer: 'MERI-7' })).content).toMatchObject(denied);
    expect((await mcp.call('ticket_list', { customer: 'MERI-7' })).content).toMatchObject({ customer: 'MERI-7' });
    const reviews = await app.operator.toolReviews(undefined);
    expect(reviews).toMatchObject([{ name: 'customer_get', before: null, now: { name: 'customer_get' } }]);
  });

  it('is not accepted by taking the file away: everything is blocked then, and the window says so', async () => {
    rmSync(home.file);
    const { app, mcp, listed } = await home.start();
    expect(await listed()).toEqual(['bulkhead_context', 'bulkhead_whoami']);
    expect((await mcp.call('ticket_list', { customer: 'MERI-7' })).content).toMatchObject(denied);
    const { problems, changedTools } = await app.operator.state(undefined);
    expect(problems).toMatchObject([{ id: 'tools', severity: 'blocking' }]);
    expect([changedTools > 30, changedTools]).toEqual([true, (await app.operator.toolReviews(undefined)).length]);
  });

  it('is let in one by one from there', async () => {
    const { app, listed } = await home.start();
    const review = (await app.operator.toolReviews(undefined)).find(({ name }) => name === 'customer_get');
    await app.operator.acceptTool({ name: 'customer_get', hash: review?.hash ?? '' });
    expect(await listed()).toEqual(['bulkhead_context', 'bulkhead_whoami', 'customer_get']);
    expect((await app.operator.state(undefined)).problems).toEqual([]);
  });
});
