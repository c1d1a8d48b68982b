import type { Command } from 'commander';
import { InvalidArgumentError } from 'commander';
import { command } from '../command.ts';
import { exportLedger } from '../export-ledger.ts';
import { endOf, startOf } from '../instant.ts';
import { withApp } from '../running-app.ts';
import type { Common, Outcome, Shell } from '../shell.ts';
import { followEntries, lastEntries, readableEntry } from '../tail-ledger.ts';
import { json, plain } from '../text.ts';
import { type Verification, verifyFile, verifyHome } from '../verify-ledger.ts';
import type { World } from '../world.ts';

interface TailOptions extends Common {
  readonly lines: number;
  readonly follow?: boolean;
}

interface ExportOptions extends Common {
  readonly out: string;
  readonly from?: string;
  readonly to?: string;
  readonly customer?: string;
  readonly technician?: string;
}

/** The ledger: what happened, whether it is whole, and taking it along. */
export function addAudit(program: Command, { world, answer, exit }: Shell): void {
  const audit = program.command('audit').description('the ledger');
  command(audit, 'tail', 'the last entries')
    .option('-n, --lines <n>', 'how many', entryCount, 20)
    .option('-f, --follow', 'go on with new entries until interrupted; with --json one document a line')
    .action((options: TailOptions) =>
      options.follow ? exit(follow(world, options)) : answer(options, tail(world, options)),
    );
  command(audit, 'verify', 'whether the ledger, or an export of it, is whole; also when Bulkhead is not running')
    .option('--file <export>', 'an export instead of the ledger of this home')
    .action((options: Common & { file?: string }) => answer(options, verify(world, options)));
  command(audit, 'export', 'write the ledger as JSON Lines with its checkpoint (docs/audit-format.md)')
    .requiredOption('--out <file>', 'where to; for you alone, and replaced as a whole')
    .option('--from <when>', 'entries from this day or instant on, UTC', startOf)
    .option('--to <when>', 'entries to this day or instant, UTC, inclusive', endOf)
    .option('--customer <code>', 'entries of one customer')
    .option('--technician <who>', 'entries of one technician, by id or name')
    .action((options: ExportOptions) => answer(options, exportTo(world, options)));
}

function tail(world: World, options: TailOptions): Promise<Outcome> {
  return withApp(world, options, async (app) => {
    const entries = await lastEntries(app, options.lines);
    return { json: entries, text: entries.map(readableEntry).join('\n') };
  });
}

function follow(world: World, options: TailOptions): Promise<number> {
  return withApp(world, options, (app) =>
    followEntries(app, {
      count: options.lines,
      interrupted: world.interrupted,
      show: (entry) => world.print(options.json ? json(entry) : readableEntry(entry)),
    }),
  );
}

async function verify(world: World, options: Common & { file?: string }): Promise<Outcome> {
  const verdict = options.file === undefined ? await verifyHome(world, options) : await verifyFile(options.file);
  const { firstBad } = verdict;
  if (verdict.ok) return { json: verdict, text: plain(inWords(verdict)) };
  const failure = firstBad ? `First bad entry: ${firstBad.seq}. ${firstBad.problem}` : 'The ledger is not whole.';
  return { json: verdict, text: '', failure };
}

function inWords({ entries, isComplete, signature, tenants }: Verification): string {
  const where = tenants && tenants.length > 1 ? ` in ${tenants.length} ledgers` : '';
  const parts = [`${entries} entries${where}, every one in its place and unchanged.`];
  if (isComplete === false) parts.push('Partial: nothing is known about what was left out.');
  if (signature === 'unchecked') parts.push('The signature of the checkpoint was not checked.');
  if (signature === 'none') parts.push('The checkpoint is not signed.');
  return parts.join(' ');
}

function exportTo(world: World, options: ExportOptions): Promise<Outcome> {
  const { out, from, to, customer, technician } = options;
  const filter = {
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    ...(customer === undefined ? {} : { customer }),
    ...(technician === undefined ? {} : { technician }),
  };
  return withApp(world, options, async (app) => {
    const done = await exportLedger(app, { out, filter });
    const signed = done.isSigned ? 'signed checkpoint' : 'unsigned checkpoint';
    return {
      json: done,
      text: plain(`${done.entries} entries and a ${signed} of ${done.checkpoint} are in ${done.out}.`),
    };
  });
}

function entryCount(text: string): number {
  if (!/^\d{1,6}$/.test(text) || Number(text) < 1) throw new InvalidArgumentError('It must be 1 to 999999.');
  return Number(text);
}
