import type { Command } from 'commander';
import { InvalidArgumentError, Option } from 'commander';
import { command } from '../command.ts';
import { exportLedger, nativeSha256 } from '../export/export-ledger.ts';
import type { LedgerFilter } from '../../src-shared/contract/ledger.ts';
import { deviceKeyText } from '../../src-shared/export/device-key.ts';
import type { Format } from '../../src-shared/export/write-export.ts';
import { Fault } from '../../src-shared/fault.ts';
import { endOf, startOf } from '../instant.ts';
import { proveOperator } from '../prove-operator.ts';
import { withApp } from '../running-app.ts';
import type { Common, Outcome, Shell } from '../shell.ts';
import { followEntries, lastEntries, readableEntry } from '../tail-ledger.ts';
import { counted, json, plain } from '../text.ts';
import { type Verification, verifyEvidence, verifyHome } from '../verify-ledger.ts';
import type { World } from '../world.ts';

interface TailOptions extends Common {
  readonly lines: number;
  readonly follow?: boolean;
}

interface VerifyOptions extends Common {
  readonly file?: string;
  readonly key?: string;
  readonly checkpoint?: string;
}

interface ExportOptions extends Common {
  readonly out: string;
  readonly format: Format;
  readonly from?: string;
  readonly to?: string;
  readonly customer?: string;
  readonly cross?: string;
  readonly technician?: string;
  readonly tool?: string;
  readonly client?: string;
  readonly denied?: true;
  readonly bodies?: true;
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
    .option('--file <export>', 'an export or an evidence bundle instead of the ledger of this home')
    .option('--key <text>', 'with --file: the key of the device, as `bulkhead audit key` prints it there')
    .option(
      '--checkpoint <file>',
      'with --file: a checkpoint you kept, or an earlier export: what it covers must be the same',
    )
    .action((options: VerifyOptions) => answer(options, verify(world, options)));
  command(audit, 'key', 'the public key that checkpoints of this device are signed with').action((options: Common) =>
    answer(options, showKey(world, options)),
  );
  command(audit, 'export', 'write the ledger as evidence (docs/audit-format.md); every export is itself recorded')
    .requiredOption('--out <file>', 'where to; for you alone, and replaced as a whole')
    .addOption(
      new Option('--format <format>', 'JSON Lines, a table for spreadsheets, or a bundle with proofs and keys')
        .choices(['jsonl', 'csv', 'bundle'])
        .default('jsonl'),
    )
    .option('--from <when>', 'entries from this day or instant on, UTC', startOf)
    .option('--to <when>', 'entries to this day or instant, UTC, inclusive', endOf)
    .option('--customer <code>', 'entries of one customer')
    .option('--cross <code>', 'entries of one scope across customers, as CROSS-3')
    .option('--technician <who>', 'entries of one technician, by id or name')
    .option('--tool <name>', 'entries of one tool')
    .option('--client <name>', 'entries of one client app, or of `operator`')
    .option('--denied', 'calls that were denied')
    .option('--bodies', 'with --format bundle: what was asked and which records came of it, opened (operator)')
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

async function verify(world: World, { file, key, checkpoint, ...options }: VerifyOptions): Promise<Outcome> {
  if (file === undefined && (key !== undefined || checkpoint !== undefined)) {
    throw new Fault('USAGE', '--key and --checkpoint are for --file: this device knows its own.', 'Name an export.');
  }
  const verdict =
    file === undefined ? await verifyHome(world, options) : await verifyEvidence(file, { key, checkpoint });
  const { firstBad } = verdict;
  if (verdict.ok) return { json: verdict, text: plain(inWords(verdict)) };
  return { json: verdict, text: '', failure: firstBad ? badInWords(firstBad) : 'The ledger is not whole.' };
}

/** With 0 for an entry it is something about the whole. */
function badInWords({ seq, what, problem }: NonNullable<Verification['firstBad']>): string {
  if (seq === 0) return problem;
  return `First bad entry: ${seq}${what === undefined ? '' : ` (${what})`}. ${problem}`;
}

function inWords(verdict: Verification): string {
  const { entries, isComplete, isProven, signature, tenants, bodies, policy, policies } = verdict;
  const where = tenants && tenants.length > 1 ? ` in ${tenants.length} ledgers` : '';
  const all = `${counted(entries, 'entry', 'entries')}${where}`;
  const parts = [isProven === false ? `${all}, ${unproven}` : `${all}, every one in its place and unchanged.`];
  if (isComplete === false && isProven === true) parts.push('Each is proven to be in the tree of the checkpoint.');
  if (isComplete === false) parts.push('Partial: nothing is known about what was left out.');
  parts.push(...endOfEvidence(verdict));
  if (bodies) parts.push(`Bodies opened and found to be those that were recorded: ${bodies.opened}.`);
  if (bodies && bodies.absent > 0) parts.push(`Not there: ${bodies.absent}; the device says why, nothing proves it.`);
  if (policy) parts.push(`The policy is of version ${policy.version}. ${policy.isRecorded ? named : unnamed}`);
  if (policies) parts.push(...textsOfPolicies(policies));
  if ((policy ?? policies) && isComplete === false)
    parts.push('Whether others were in force, before or after, is not shown.');
  if (signature !== undefined && signature !== 'invalid') parts.push(signatures[signature]);
  if (tenants) parts.push(unsignedHere);
  return parts.join(' ');
}

const unproven =
  'each agreeing with itself alone. Nothing ties them to the checkpoint: anyone could have written them. Ask for a bundle (`--format bundle`), which proves them.';

/** Whoever kept an earlier checkpoint can end an export there: how fresh it is, a person has to see. */
function endOfEvidence({ covered, lastAt }: Verification): string[] {
  if (covered === undefined) return [];
  const last = lastAt === undefined ? '' : `, and the last one here was recorded at ${lastAt}`;
  return [`The checkpoint covers ${counted(covered, 'entry', 'entries')}${last}: nothing is known about later ones.`];
}

const named =
  "It is the text that the ledger names, signed by a key that came with it: compare that key with the company's.";
const unnamed =
  "The ledger does not name its text, and it is signed by a key that came with it: anyone could have written it unless that key is the company's.";

/** Which of the policies that were in force can be read here. Of a single one that can there is nothing to add. */
function textsOfPolicies({ inForce, withText }: NonNullable<Verification['policies']>): string[] {
  const here = 'here in the text that the ledger names';
  if (withText === inForce) return inForce > 1 ? [`All ${inForce} policies that were in force are ${here}.`] : [];
  const were = `${counted(inForce, 'policy', 'policies')} that ${inForce > 1 ? 'were' : 'was'} in force`;
  return [`Of ${were} ${withText === 0 ? 'none' : withText} ${withText > 1 ? 'are' : 'is'} ${here}.`];
}

const signatures = {
  valid: 'The checkpoint is signed by the key you gave.',
  enclosed: 'The checkpoint is signed by the key in the bundle: compare that key with the one the company gives you.',
  unchecked: 'The signature of the checkpoint was not checked: give the key of the device with --key.',
  none: 'The checkpoint is not signed.',
};

/** Of a home whose app is not running: the broker alone knows the device's key. */
const unsignedHere =
  'Bulkhead is not running, so the signatures of its checkpoints were not checked: whoever can write this folder could have written it anew. Start Bulkhead and verify again, or verify an export with --key.';

function showKey(world: World, options: Common): Promise<Outcome> {
  return withApp(world, options, async ({ api, within }) => {
    const key = deviceKeyText(await api.deviceKey(undefined, within()), nativeSha256);
    return { json: { key }, text: plain(key) };
  });
}

async function exportTo(world: World, options: ExportOptions): Promise<Outcome> {
  const { out, format, bodies = false } = options;
  if (bodies && format !== 'bundle')
    throw new Fault(
      'USAGE',
      '--bodies is for --format bundle: only there can they be checked.',
      'Add --format bundle.',
    );
  return withApp(world, options, async (app) => {
    if (bodies) await proveOperator(world, app);
    const wanted = { format, filter: filterOf(options), bodies, now: world.now() };
    const done = await exportLedger(app.api, wanted, { out, interrupted: world.interrupted });
    const what = [
      counted(done.entries, 'entry', 'entries'),
      ...(done.bodies === undefined ? [] : [counted(done.bodies, 'body', 'bodies')]),
      ...(format === 'csv' ? [] : [`${done.isSigned ? 'a signed' : 'an unsigned'} checkpoint of ${done.checkpoint}`]),
    ];
    const purpose = format === 'csv' ? ', for reading: a table is no evidence' : '';
    const hint = done.entries === 0 ? ' No entry is what you asked for: look at the options again.' : '';
    return { json: done, text: plain(`${list.format(what)} are in ${done.out}${purpose}.${hint}`) };
  });
}

const list = new Intl.ListFormat('en');

function filterOf({ from, to, customer, cross, technician, tool, client, denied }: ExportOptions): LedgerFilter {
  const given = { from, to, customer, cross, technician, tool, client, denied };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

function entryCount(text: string): number {
  if (!/^\d{1,6}$/.test(text) || Number(text) < 1) throw new InvalidArgumentError('It must be 1 to 999999.');
  return Number(text);
}
