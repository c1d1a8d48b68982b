import type { Command } from 'commander';
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
    const { host, mcpUrl, binding, stopped, policy, ledger, backlog, tenant, version, isDemo } = await app.api.state(
      undefined,
      app.within(),
    );
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
    ];
    return { json, text: table(rows) };
  });
}

function age(milliseconds: number): string {
  const minutes = Math.max(0, Math.floor(milliseconds / 60_000));
  if (minutes < 120) return `${minutes} minutes`;
  return minutes < 2880 ? `${Math.floor(minutes / 60)} hours` : `${Math.floor(minutes / 1440)} days`;
}
