import { expect } from 'vitest';
import type { Bound } from './bound.ts';
import { foreignMarks, own, secretMarks } from './halo-data.ts';
import { namedIn } from './labelled.ts';

/** A tool's answer, after making sure that nothing in it is another customer's or secret. */
export async function safeCall(worker: Bound, tool: string, input: Record<string, unknown>) {
  const answer = await worker.call(tool, input);
  const text = JSON.stringify(answer);
  for (const mark of [...foreignMarks, ...secretMarks]) expect(text).not.toContain(mark);
  const owners = answer.status === 'ok' ? answer.records.flatMap((one) => namedIn(one.label)) : [];
  expect(owners.filter((owner) => owner !== String(own))).toEqual([]);
  return answer;
}
