// What a run of the torture test came to, for people.
import { phases } from './phases.ts';
import type { Outcome } from './outcome.ts';

export function report(outcome: Outcome): string {
  const { seed, seconds, kills, occasions, met, calls, answers, recovery, violations, folder } = outcome;
  const total = (counts: Readonly<Record<string, number>>): number =>
    Object.values(counts).reduce((sum, n) => sum + n, 0);
  return [
    '',
    `${total(kills)} kills in ${seconds} s, seed ${seed}`,
    table('killed', kills),
    table('during', occasions),
    'calls under way at a kill, by where they were',
    row('', [...phases, 'in a commit']),
    ...Object.entries(met).map(([victim, counts]) =>
      row(
        victim,
        [...phases, 'during a commit' as const].map((phase) => counts[phase] ?? 0),
      ),
    ),
    '',
    table('calls made', calls),
    table('how they ended', answers),
    table('', {
      'vendor requests': outcome.requests,
      entries: outcome.entries,
      intents: outcome.intents,
      outcomes: outcome.outcomes,
      interrupted: outcome.interrupted,
      'starts that had to be made again': outcome.refusedStarts,
    }),
    'served again, ms (middle, longest)',
    ...Object.entries(recovery).map(([after, { middle, longest }]) => row(after, [middle, longest])),
    '',
    `${violations.length} violations`,
    ...violations.map((each) => `  ${each}`),
    ...(folder === null ? [] : [`evidence: ${folder}`]),
  ].join('\n');
}

const row = (name: string, cells: readonly (string | number)[]): string =>
  `  ${name.padEnd(38)}${cells.map((cell) => String(cell).padStart(20)).join('')}`;

function table(title: string, counts: Readonly<Record<string, number>>): string {
  const total = Object.values(counts).reduce((sum, n) => sum + n, 0);
  const rows = Object.entries(counts).map(([name, n]) => row(name, [n]));
  return [...(title === '' ? [] : [`${title}: ${total}`]), ...rows, ''].join('\n');
}
