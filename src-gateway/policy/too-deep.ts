import type { PolicyJson } from '@cedar-policy/cedar-wasm/nodejs';

/**
 * Cedar walks a policy by recursion, in a memory of fixed size. One that is nested too deeply overflows it, at the latest
 * when it is asked, and from then on Cedar fails for every company until the process ends. These bounds are less than half
 * of what it bears. They count brackets in brackets, two levels for each operator in another, and `when` after `when`.
 */
const mostBrackets = 40;
const mostLevels = 240;
const mostConditions = 40;

/** Whether brackets nest too deeply for Cedar to read. Asked before it reads: the company chose the text. */
export function hasTooManyBrackets(text: string): boolean {
  let depth = 0;
  for (const [bracket] of text.replaceAll(stringOrComment, '').matchAll(/[([{}\])]/gu)) {
    depth += '([{'.includes(bracket) ? 1 : -1;
    if (depth > mostBrackets) return true;
  }
  return false;
}

const stringOrComment = /"(?:[^"\\]|\\.)*"|\/\/[^\n\r]*/gu;

/** Whether a policy that Cedar did read is more than it could be asked with. */
export const hasTooManyLevels = (policy: Pick<PolicyJson, 'conditions'>): boolean =>
  policy.conditions.length > mostConditions || isDeeperThan(mostLevels, policy.conditions);

const isDeeperThan = (levels: number, part: unknown): boolean =>
  typeof part === 'object' &&
  (levels === 0 || Object.values(part ?? {}).some((each) => isDeeperThan(levels - 1, each)));
