// A person approves what they see; the AI then calls with something else under the same name, tool and customer.
import { describe, expect, it } from 'vitest';
import { attackedDesk } from './approval-world.ts';

describe('an approval', () => {
  it.each([
    ['another value', { note: 'something else' }],
    ['one more space', { note: 'hello ' }],
    ['another case', { note: 'Hello' }],
    ['a look-alike letter', { note: 'hеllo' }],
    ['another form of the same letter', { note: 'he\u0301llo' }],
    ['another record', { id: 2 }],
    ['an argument left out', { note: undefined }],
  ])('is for these arguments and not for %s', async (_, args) => {
    const desk = await attackedDesk();
    await desk.call();
    await desk.approve('ben');
    const given = JSON.parse(JSON.stringify({ note: 'hello', ...args })) as Record<string, unknown>;
    if ('note' in args && args.note === undefined) delete given['note'];
    const sent = 'note' in given ? given : { ...given, note: undefined };
    expect(await desk.call(sent)).toMatchObject({ denied: true });
    expect(desk.ran()).toBe(0);
  });

  it('is refused when the person saw other arguments than those that wait', async () => {
    const desk = await attackedDesk();
    await desk.call({ note: 'what was shown' });
    const seen = desk.waiting()[0];
    await desk.call({ note: 'what would run' });
    const would = desk.waiting()[1];
    if (!seen || !would) throw new Error('two calls should wait');
    await expect(desk.approve('ben', { ...would, fingerprint: seen.fingerprint })).rejects.toMatchObject({
      code: 'APPROVAL_CHANGED',
    });
    expect(await desk.call({ note: 'what would run' })).toMatchObject({ code: 'APPROVAL_PENDING' });
    expect(desk.ran()).toBe(0);
  });

  it('for a while is for the arguments that were fixed', async () => {
    const desk = await attackedDesk();
    await desk.call();
    await desk.approve('ben', undefined, { minutes: 60, uses: 50, fixed: ['id'] });
    expect(await desk.call({ note: 'another' })).toMatchObject({ records: [{ id: 1 }] });
    expect(await desk.call({ id: 2 })).toMatchObject({ code: 'APPROVAL_PENDING' });
    expect(desk.ran()).toBe(1);
  });
});
