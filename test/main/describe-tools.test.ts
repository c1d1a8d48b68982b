import { afterEach, describe, expect, it, vi } from 'vitest';
import { describeTools } from '../../src-main/app/describe-tools.ts';
import { workerControl } from '../../src-shared/contract/worker.ts';
import { serve } from '../../src-shared/wire/serve.ts';
import { testTools } from '../gateway/enrolment.ts';
import { fakeChild } from './fake-host.ts';

const never = (): Promise<never> => new Promise(() => {});
const worker = (describeAnswer: () => unknown) => {
  const child = fakeChild('worker');
  serve(workerControl, { describe: describeAnswer, bind: never, survey: never } as never, child.far);
  return { child, host: { spawn: async () => child } };
};
afterEach(() => vi.useRealTimers());

describe('describeTools', () => {
  it('tells what the worker tells, and ends it', async () => {
    const { child, host } = worker(() => ({ connectors: [], tools: testTools }));
    expect(await describeTools(host)).toEqual({ connectors: [], tools: testTools });
    expect(child.isKilled()).toBe(true);
  });

  it('gives up one that does not answer, and ends it too', async () => {
    vi.useFakeTimers();
    const { child, host } = worker(never);
    const described = describeTools(host).catch((thrown: unknown) => thrown);
    await vi.advanceTimersByTimeAsync(30_000);
    expect(await described).toMatchObject({ code: 'PROCESS_SLOW' });
    expect(child.isKilled()).toBe(true);
  });
});
