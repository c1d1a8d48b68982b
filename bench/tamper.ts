// Everything that test/cli/verifier/tamper.ts can do to an export of 10,000 entries, to each of them: what is caught, and how
// long it took. `BENCH_STRIDE=50` does it to every 50th, as the test does.
import { makeLedger, tamperWithAll } from '../test/cli/verifier/tamper.ts';

const stride = Number(process.env['BENCH_STRIDE'] ?? 1);
const from = performance.now();
const tallies = await tamperWithAll(makeLedger(10_000), stride);
console.log(`tampering with an export of 10,000 entries${stride === 1 ? '' : `, every ${stride}th of them`}\n`);
for (const { kind, count, missed } of tallies) {
  console.log(
    `${String(count).padStart(10)}  ${missed.length === 0 ? 'all caught' : `${missed.length} MISSED`}  ${kind}`,
  );
  for (const one of missed.slice(0, 5)) console.log(`            ${one.slice(0, 200)}`);
  if (missed.length > 0) process.exitCode = 1;
}
const count = tallies.reduce((sum, each) => sum + each.count, 0);
console.log(`\n${count} in ${((performance.now() - from) / 1000).toFixed(0)} s`);
