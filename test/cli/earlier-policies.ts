// What earlier policies a bundle holds, and what somebody who changes it may do to them: for whoever judges that.
import { type Evidence, hex } from './evidence-fixture.ts';
import { policyText } from './policy-text.ts';

export const earlierFile = 'earlier-policies.jsonl';
export const [first, second, third] = [policyText(1), policyText(2, 'northway', 8), policyText(3)];

/** What a line of it holds. */
export interface Line {
  readonly version: number;
  readonly sha256: string;
  readonly bundle?: string;
  readonly tenantKey?: string;
  readonly why?: string;
}

/** What becomes of the lines. */
export type Change = (lines: readonly Line[]) => readonly (Line | string)[];

/**
 * Entries 1 and 3 put the first policy in force, 2 the second, which another key of the company signed, 4 the third, whose text is not
 * kept.
 */
export async function inForce({ apply, kept }: Evidence): Promise<void> {
  for (const policy of [first, second, first, third]) await apply(policy);
  kept.delete(hex(third.bundle));
}

export const linesOf = (text: string): Line[] =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);
export const textOf = (lines: readonly (Line | string)[]): string =>
  lines.map((line) => `${typeof line === 'string' ? line : JSON.stringify(line)}\n`).join('');
export const lineOf = ({ version, bundle, tenantKey }: typeof first): Line => ({
  version,
  sha256: hex(bundle),
  bundle,
  tenantKey,
});

const forged = { ...policyText(1, 'northway', 9), sha256: hex(first.bundle) };

/** What was done, and what is wrong with it then. */
export const changes: readonly [string, { seq: number; what: string }, Change][] = [
  [
    'a text was changed',
    { seq: 1, what: 'changed' },
    ([one, ...rest]) => [{ ...one!, bundle: one!.bundle!.replace(/\.(.)/, '.x$1') }, ...rest],
  ],
  ['a text is of whoever wrote the bundle', { seq: 1, what: 'changed' }, ([, ...rest]) => [forged, ...rest]],
  [
    'a text has another key',
    { seq: 2, what: 'changed' },
    ([one, two, ...rest]) => [one!, { ...two!, tenantKey: first.tenantKey }, ...rest],
  ],
  [
    'two texts changed places',
    { seq: 1, what: 'changed' },
    ([one, two, three]) => [
      { ...lineOf(second), sha256: one!.sha256, version: 1 },
      { ...lineOf(first), sha256: two!.sha256, version: 2 },
      three!,
    ],
  ],
  ['a line says another version', { seq: 2, what: 'changed' }, (lines) => lines.with(1, { ...lines[1]!, version: 5 })],
  [
    'a line without a text says another version',
    { seq: 4, what: 'changed' },
    (lines) => lines.with(2, { ...lines[2]!, version: 5 }),
  ],
  ['two lines changed places', { seq: 1, what: 'reordered' }, ([one, two, three]) => [two!, one!, three!]],
  ['the first is gone', { seq: 1, what: 'missing' }, ([, ...rest]) => rest],
  ['one is gone', { seq: 2, what: 'missing' }, ([one, , three]) => [one!, three!]],
  ['the last is gone', { seq: 4, what: 'missing' }, ([one, two]) => [one!, two!]],
  ['all are gone', { seq: 1, what: 'missing' }, () => []],
  ['one is there twice', { seq: 2, what: 'inserted' }, ([one, ...rest]) => [one!, one!, ...rest]],
  ['one is there again at the end', { seq: 0, what: 'inserted' }, (lines) => [...lines, lines[0]!]],
  ['one was never in force', { seq: 2, what: 'inserted' }, ([one, ...rest]) => [one!, lineOf(policyText(9)), ...rest]],
  ['one that was never in force is at the end', { seq: 0, what: 'inserted' }, (lines) => [...lines, lineOf(forged)]],
  ['the one of policy.json is there', { seq: 1, what: 'inserted' }, (lines) => [lineOf(policyText(4)), ...lines]],
  ['a text is too long', { seq: 1, what: 'changed' }, ([one, ...rest]) => [tooLong(one!), ...rest]],
  ['a line is none', { seq: 1, what: 'changed' }, ([, ...rest]) => ['null', ...rest]],
  ['a line is empty', { seq: 1, what: 'changed' }, (lines) => ['', ...lines]],
  [
    'a line names a member twice',
    { seq: 1, what: 'changed' },
    ([one, ...rest]) => [JSON.stringify(one).replace('{', '{"version":9,'), ...rest],
  ],
  ['a line has more in it', { seq: 1, what: 'changed' }, ([one, ...rest]) => [{ ...one!, why: 'not kept' }, ...rest]],
  [
    'a line says something else of why there is none',
    { seq: 4, what: 'changed' },
    (lines) => lines.with(2, { ...lines[2]!, why: 'dropped' }),
  ],
];
const tooLong = (line: Line): string => JSON.stringify(line).replace('{', `{${' '.repeat(4 * 1024 * 1024)}`);
