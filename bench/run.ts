// `npm run bench [name …]`: the benchmarks of this folder, one after another, each in a process of its own. `tamper`, which takes
// twenty minutes and measures no speed, runs when it is named.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { ensureBuilt } from '../scripts/build.ts';

const all = ['call', 'export', 'ledger', 'policy', 'screen', 'search', 'soak'];
const asked = process.argv.slice(2);
await ensureBuilt();
for (const name of asked.length > 0 ? asked : all) {
  console.log(`\n# ${name}\n`);
  const { status } = spawnSync(process.execPath, [join(import.meta.dirname, `${name}.ts`)], { stdio: 'inherit' });
  if (status !== 0) process.exitCode = 1;
}
