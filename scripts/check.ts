// `npm run check`: types, lint, walls, dead code, format, file length, lock file. One line a step with its time; what
// failed is printed in full at the end.

import { globSync, readFileSync } from 'node:fs';
import { lockfileProblems } from './lockfile.ts';
import { inParallel, type Outcome, root, runTool } from './run.ts';
import { typecheck } from './typecheck.ts';

type Step = { name: string; check: () => Promise<Outcome> | Outcome };

const lookAgain = 250;
const tooLong = 400;

const steps: Step[] = [
  { name: 'types', check: typecheck },
  { name: 'lint', check: () => runTool('node_modules/oxlint/bin/oxlint', ['--type-aware', '--deny-warnings']) },
  { name: 'boundaries', check: boundaries },
  { name: 'dead code', check: () => runTool('node_modules/knip/bin/knip.js', ['--no-config-hints']) },
  { name: 'format', check: () => runTool('node_modules/@biomejs/biome/bin/biome', ['format', '--max-diagnostics=50']) },
  { name: 'file length', check: fileLength },
  { name: 'lock file', check: lockFile },
];

/** Dependency-cruiser over every source. It says "no violations" when it could read nothing, so we count. */
async function boundaries(): Promise<Outcome> {
  const { ok, stdout, stderr } = await runTool('node_modules/dependency-cruiser/bin/dependency-cruiser.mjs', [
    '--config',
    '.dependency-cruiser.cjs',
    ...globSync('src-*', { cwd: root }),
  ]);
  const cruised = Number(/(\d+) modules/.exec(stdout)?.[1] ?? 0);
  const expected = sources('src-*').length;
  if (cruised >= expected) return { ok, stdout, stderr };
  const blind = `cruised ${cruised} modules of at least ${expected}: dependency-cruiser needs TypeScript 6 to read them`;
  return { ok: false, stdout, stderr: `${blind}\n${stderr}` };
}

function fileLength(): Outcome {
  const long = sources('{src-*,test,bench,scripts}')
    .map((file) => ({ file, lines: readFileSync(`${root}${file}`, 'utf8').trimEnd().split('\n').length }))
    .filter(({ lines }) => lines > lookAgain)
    .sort((a, b) => b.lines - a.lines);
  const listed = long.map(({ file, lines }) => `${file}: ${lines} lines`).join('\n');
  return { ok: !long.some(({ lines }) => lines > tooLong), stdout: listed, stderr: '' };
}

function lockFile(): Outcome {
  const problems = lockfileProblems(readFileSync(`${root}package-lock.json`, 'utf8'));
  return { ok: problems.length === 0, stdout: '', stderr: problems.join('\n') };
}

function sources(folders: string): string[] {
  return globSync(`${folders}/**/*.{ts,tsx}`, { cwd: root });
}

const started = performance.now();
const failures: string[] = [];
await inParallel(steps, 2, async ({ name, check }) => {
  const from = performance.now();
  const { ok, stdout, stderr } = await check();
  const seconds = ((performance.now() - from) / 1000).toFixed(1);
  console.log(`${ok ? 'ok    ' : 'FAILED'} ${name.padEnd(12)} ${seconds} s`);
  if (!ok) failures.push(`\n${name}\n${stdout}${stderr}`.trimEnd());
  if (ok && name === 'file length' && stdout !== '')
    console.log(`       over ${lookAgain} lines, look again:\n${stdout}`);
});
for (const failure of failures) console.log(failure);
console.log(
  `check: ${failures.length} of ${steps.length} failed, ${((performance.now() - started) / 1000).toFixed(1)} s`,
);
process.exitCode = failures.length > 0 ? 1 : 0;
