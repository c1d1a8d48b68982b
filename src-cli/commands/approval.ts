import type { Command } from 'commander';
import { readFileSync } from 'node:fs';
import { Fault } from '../../src-shared/fault.ts';
import { type Approval, ApprovalId, StandingId, StandingTerms } from '../../src-shared/model/approval.ts';
import { command } from '../command.ts';
import { proveOperator } from '../prove-operator.ts';
import { type App, withApp } from '../running-app.ts';
import { shownApproval, shownStanding } from '../shown-approval.ts';
import type { Common, Outcome, Shell } from '../shell.ts';
import { plain } from '../text.ts';
import type { World } from '../world.ts';

interface AsOptions extends Common {
  readonly as?: string;
}

interface ApproveOptions extends AsOptions {
  readonly for?: string;
  readonly uses?: string;
  readonly fix?: string;
}

interface DenyOptions extends AsOptions {
  readonly reason?: string;
}

const asFile = ['--as <file>', 'decide as the person whose signed identity is in this file'] as const;

/** Calls that wait for a person, and what people approved for a while. */
export function addApproval(program: Command, { world, answer }: Shell): void {
  const approvals = program.command('approval').description('calls that wait for a person');
  command(approvals, 'list', 'the calls that wait, and what exactly they would do').action((options: Common) =>
    answer(options, list(world, options)),
  );
  command(approvals, 'approve', 'show one call again and let it run, once (operator)')
    .argument('<id>')
    .option(...asFile)
    .option('--for <minutes>', 'also let calls like it run for 15, 30 or 60 minutes')
    .option('--uses <n>', 'with --for: at most so many of them, 1 to 50', '10')
    .option('--fix <names>', 'with --for: arguments that must stay the same, split by commas (default: all of them)')
    .action((id: string, options: ApproveOptions) => answer(options, approve(world, options, id)));
  command(approvals, 'deny', 'show one call again and refuse it (operator)')
    .argument('<id>')
    .option('--reason <text>', 'why, for the ledger and for people; the AI is not told')
    .option(...asFile)
    .action((id: string, options: DenyOptions) => answer(options, deny(world, options, id)));
  command(approvals, 'extend', 'give one call its whole waiting time once more (operator)')
    .argument('<id>')
    .action((id: string, options: Common) => answer(options, extend(world, options, id)));
  command(approvals, 'standing', 'what people approved for a while').action((options: Common) =>
    answer(options, standing(world, options)),
  );
  command(approvals, 'withdraw', 'end a standing approval')
    .argument('<id>')
    .action((id: string, options: Common) => answer(options, withdraw(world, options, id)));
}

function list(world: World, options: Common): Promise<Outcome> {
  return withApp(world, options, async (app) => {
    const waiting = (await app.api.approvals(undefined, app.within())).approvals.filter(isPending);
    return {
      json: waiting.map(scripted),
      text: waiting.length === 0 ? 'No call waits for a person.' : waiting.map(shownApproval).join('\n\n'),
    };
  });
}

function approve(world: World, options: ApproveOptions, id: string): Promise<Outcome> {
  const wanted = approvalId(id);
  const identity = identityIn(options.as);
  const terms = termsOf(options);
  return withApp(world, options, async (app) => {
    const { fingerprint, arguments: args } = await shown({ world, app, options }, wanted);
    const standing = terms && { ...terms, fixed: options.fix === undefined ? Object.keys(args) : terms.fixed };
    await confirm(world, options, standing ? 'Approve it, and calls like it for a while?' : 'Approve it, once?');
    await proveOperator(world, app);
    const approval = await app.api.approve({ id: wanted, fingerprint, identity, standing }, app.within());
    const missing = approval.needed - approval.approvedBy.length;
    const text =
      approval.state === 'approved'
        ? `${id} is approved. It runs when the AI calls again.`
        : `${id} is approved by one. ${missing} more must approve it.`;
    return { json: scripted(approval), text: plain(text) };
  });
}

function deny(world: World, options: DenyOptions, id: string): Promise<Outcome> {
  const wanted = approvalId(id);
  const identity = identityIn(options.as);
  const reason = options.reason ?? '';
  if (reason.length > 500) throw new Fault('USAGE', 'A reason has at most 500 characters.', 'Make it shorter.');
  return withApp(world, options, async (app) => {
    const { fingerprint } = await shown({ world, app, options }, wanted);
    await proveOperator(world, app);
    const approval = await app.api.deny({ id: wanted, fingerprint, identity, reason }, app.within());
    return { json: scripted(approval), text: plain(`${id} is denied.`) };
  });
}

function extend(world: World, options: Common, id: string): Promise<Outcome> {
  const wanted = approvalId(id);
  return withApp(world, options, async (app) => {
    await proveOperator(world, app);
    const approval = await app.api.extendApproval({ id: wanted }, app.within());
    return { json: scripted(approval), text: plain(`${id} waits until ${approval.expiresAt}.`) };
  });
}

function standing(world: World, options: Common): Promise<Outcome> {
  return withApp(world, options, async (app) => {
    const { standing: all } = await app.api.approvals(undefined, app.within());
    const json = all.map(({ customer, ...each }) => ({ ...each, customer: customer.code }));
    return { json, text: all.length === 0 ? 'Nothing is approved for a while.' : all.map(shownStanding).join('\n\n') };
  });
}

function withdraw(world: World, options: Common, id: string): Promise<Outcome> {
  const parsed = StandingId.safeParse(id);
  if (!parsed.success)
    throw new Fault('USAGE', 'This is no id of a standing approval.', 'See `bulkhead approval standing`.');
  return withApp(world, options, async (app) => {
    await app.api.withdrawStanding({ id: parsed.data }, app.within());
    return { json: { id, state: 'withdrawn' }, text: plain(`${id} is withdrawn.`) };
  });
}

/**
 * The call as it is now, shown before anything is decided: the decision names the fingerprint of what was shown, so it
 * counts for this call or for none.
 */
async function shown(
  { world, app, options }: { world: World; app: App; options: Common },
  wanted: ApprovalId,
): Promise<Approval> {
  const { approvals } = await app.api.approvals(undefined, app.within());
  const found = approvals.find((each) => each.id === wanted);
  if (!found) throw new Fault('APPROVAL_UNKNOWN', 'There is no such call any more.', 'See `bulkhead approval list`.');
  if (!options.json) world.print(shownApproval(found));
  return found;
}

/** A person at the terminal says yes to what they see; a script has said so by running. */
async function confirm(world: World, options: Common, question: string): Promise<void> {
  if (options.json || !world.input.isTerminal) return;
  const answer = await world.input.askHidden(`${question} Type yes: `);
  if (answer.trim().toLowerCase() !== 'yes') throw new Fault('NOT_CONFIRMED', 'Nothing was decided. It still waits.');
}

function termsOf({ for: minutes, uses, fix = '' }: ApproveOptions): StandingTerms | null {
  if (minutes === undefined) {
    if (fix !== '') throw new Fault('USAGE', '--fix goes with --for.', 'See `bulkhead approval approve --help`.');
    return null;
  }
  const fixed = fix.split(',').filter((name) => name !== '');
  const terms = StandingTerms.safeParse({ minutes: Number(minutes), uses: Number(uses), fixed });
  if (terms.success) return terms.data;
  throw new Fault(
    'USAGE',
    'For a while is 15, 30 or 60 minutes and 1 to 50 uses.',
    'See `bulkhead approval approve --help`.',
  );
}

/** A person's signed identity, as their company gave it to them. */
function identityIn(file: string | undefined): string | null {
  if (file === undefined) return null;
  const text = readText(file).trim();
  if (text.length > 0 && text.length <= 8192) return text;
  throw new Fault('USAGE', 'This file holds no signed identity.', 'Name the file that the company gave the person.');
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new Fault('USAGE', 'The file of the identity cannot be read.', 'Check its name and who may read it.');
  }
}

function approvalId(id: string): ApprovalId {
  const parsed = ApprovalId.safeParse(id);
  if (parsed.success) return parsed.data;
  throw new Fault('USAGE', 'This is no id of a waiting call.', 'See `bulkhead approval list`.');
}

const isPending = ({ state }: Approval): boolean => state === 'pending';

/** As scripts read it: the customer by its code. */
const scripted = ({ customer, ...approval }: Approval) => ({ ...approval, customer: customer.code });
