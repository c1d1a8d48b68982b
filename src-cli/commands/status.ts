import type { Command } from 'commander';
import { spanWords } from '../../src-shared/span-words.ts';
import { command } from '../command.ts';
import { withAppIfAny } from '../running-app.ts';
import type { Common, Outcome, Shell } from '../shell.ts';
import { table } from '../text.ts';
import type { World } from '../world.ts';

/** Whether Bulkhead runs, and for which customer. */
export function addStatus(program: Command, { world, answer }: Shell): void {
  command(program, 'status', 'whether Bulkhead runs, and for which customer').action((options: Common) =>
    answer(options, status(world, options)),
  );
}

const notRunning = {
  running: false,
  host: null,
  mcpUrl: null,
  customer: null,
  policyVersion: null,
  ledger: null,
  backlog: null,
};

function status(world: World, options: Common): Promise<Outcome> {
  return withAppIfAny(world, options, async (app) => {
    if (!app) return { json: notRunning, text: 'Bulkhead is not running.' };
    const state = await app.api.state(undefined, app.within());
    const { host, mcpUrl, binding, stopped, policy, ledger, backlog, tenant, version, isDemo, problems } = state;
    const { entries, checkpoint } = ledger;
    const { windowUrl, pid } = app.file;
    const json = {
      running: true,
      host,
      mcpUrl,
      customer: binding?.customer.code ?? null,
      policyVersion: policy?.version ?? null,
      ledger: { entries, checkpoint },
      backlog,
      policyIssuedAt: policy?.issuedAt ?? null,
      windowUrl,
      pid,
      version,
      isDemo,
      aiStopped: stopped,
      problems,
    };
    const customer = binding ? `${binding.customer.code}  ${binding.customer.name}` : 'none: every tool is blocked';
    const rows = [
      ['running', `${host}, version ${version}${isDemo ? ', demo' : ''}, process ${pid}`],
      ['company', tenant?.name ?? 'not enrolled'],
      ['customer', customer],
      ...(stopped ? [['AI work', `stopped since ${stopped.since} by ${stopped.by}`]] : []),
      ['policy', policy ? `version ${policy.version}, ${age(world.now() - Date.parse(policy.issuedAt))} old` : 'none'],
      ['MCP', mcpUrl ?? 'not listening'],
      ['window', windowUrl],
      ['ledger', `${entries} entries, checkpoint ${checkpoint === null ? 'not made yet' : `at ${checkpoint}`}`],
      ['backlog', `${backlog} entries`],
      ...problems.map(({ text, remedy }) => ['problem', `${text} ${remedy}`]),
    ];
    return { json, text: table(rows) };
  });
}

const age = (milliseconds: number): string => spanWords(Math.max(0, milliseconds / 1000));
