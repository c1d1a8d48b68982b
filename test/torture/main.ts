// `npm run torture [-- --kills N --seed N]`: kills the real processes a thousand times while calls run, and demands that the
// ledger explains everything. Ends with 1, and keeps the evidence, when it does not. Ctrl-C ends it after the session it is in.
import { parseArgs } from 'node:util';
import { ensureBuilt } from '../../scripts/build.ts';
import { report } from './report.ts';
import { torture } from './torture.ts';

const text = { type: 'string' } as const;
const { kills = '1000', seed = String(Date.now() % 1_000_000) } = parseArgs({
  options: { kills: text, seed: text },
}).values;
const asked = new AbortController();
for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => asked.abort());

await ensureBuilt();
console.log(`seed ${seed}`);
const outcome = await torture({
  kills: Number(kills),
  seed: Number(seed),
  signal: asked.signal,
  say: (words) => console.log(words),
});
console.log(report(outcome));
process.exitCode = outcome.violations.length > 0 ? 1 : 0;
