// Every folder's own project through TypeScript 7, two at a time. A project without a source yet is left out.

import { existsSync, globSync } from 'node:fs';
import { dirname } from 'node:path';
import { inParallel, type Outcome, root, runTool } from './run.ts';

export const projects = ['src-*/tsconfig.json', 'src-*/*/tsconfig.json', '{test,bench,scripts}/tsconfig.json'];

/** Fails with the compiler's words, each project under its own name. */
export async function typecheck(): Promise<Outcome> {
  const found = globSync(projects, { cwd: root }).sort().filter(hasSource);
  const failures = foldersWithoutProject().map((folder) => `${folder}: has no tsconfig.json`);
  await inParallel(found, 2, async (project) => {
    const cache = `.cache/types/${dirname(project).replaceAll('/', '.')}.tsbuildinfo`;
    const args = ['--project', project, '--incremental', '--tsBuildInfoFile', cache, '--pretty', 'false'];
    const { ok, stdout, stderr } = await runTool('node_modules/@typescript/native/bin/tsc', args);
    if (!ok) failures.push(`${dirname(project)}:\n${stdout}${stderr}`);
  });
  return { ok: failures.length === 0, stdout: `${found.length} projects`, stderr: failures.join('\n') };
}

function foldersWithoutProject(): string[] {
  return globSync('src-*', { cwd: root })
    .sort()
    .filter((folder) => !existsSync(`${root}${folder}/tsconfig.json`));
}

function hasSource(project: string): boolean {
  return globSync(`${dirname(project)}/**/*.{ts,tsx}`, { cwd: root }).length > 0;
}

if (import.meta.main) {
  const { ok, stdout, stderr } = await typecheck();
  console.log(ok ? `types: ${stdout} clean` : stderr);
  process.exitCode = ok ? 0 : 1;
}
