import { Command, CommanderError } from 'commander';
import { asFault, Fault } from '../src-shared/fault.ts';
import { addAi } from './commands/ai.ts';
import { addApproval } from './commands/approval.ts';
import { addAudit } from './commands/audit.ts';
import { addCall } from './commands/call.ts';
import { addClient } from './commands/client.ts';
import { addConnector } from './commands/connector/connector.ts';
import { addCross } from './commands/cross.ts';
import { addCustomer } from './commands/customer.ts';
import { addDemo } from './commands/demo.ts';
import { addDoctor } from './commands/doctor.ts';
import { addStart } from './commands/start.ts';
import { addStatus } from './commands/status.ts';
import { addTool } from './commands/tool.ts';
import type { Shell } from './shell.ts';
import { json, plain } from './text.ts';
import type { World } from './world.ts';

/**
 * Runs one command line and answers its exit code: 0 done, 1 a clear failure, 2 wrong usage. A failure is one plain line
 * on stderr, and with --json also a document on stdout, so that stdout is JSON whatever happens.
 */
export async function run(argv: readonly string[], world: World): Promise<number> {
  let code = 0;
  const shell: Shell = {
    world,
    answer: async (options, work) => {
      const outcome = await work;
      if (options.json) world.print(json(outcome.json));
      else if (outcome.text !== '') world.print(outcome.text);
      if (outcome.failure === undefined) return;
      world.tell(plain(outcome.failure));
      code = 1;
    },
    exit: async (work) => {
      code = await work;
    },
  };
  try {
    await commandLine(shell).parseAsync([...argv], { from: 'user' });
    return code;
  } catch (thrown) {
    if (thrown instanceof CommanderError && thrown.exitCode === 0) return 0; // It printed the help or the version.
    const fault = thrown instanceof CommanderError ? usageFault(thrown) : asFault(thrown);
    world.tell(line(fault));
    const { message, remedy } = fault;
    if (argv.includes('--json')) world.print(json({ error: { code: fault.code, message, remedy: remedy ?? '' } }));
    if (fault.code === 'INTERRUPTED') return 130;
    return fault.code === 'USAGE' ? 2 : 1;
  }
}

function commandLine(shell: Shell): Command {
  const { world } = shell;
  const program = new Command('bulkhead')
    .description('Lets technicians use AI on their customers’ systems without ever crossing customers.')
    .version(world.program.version)
    .exitOverride()
    .configureOutput({ writeOut: (text) => world.print(text.trimEnd()), writeErr: () => {}, outputError: () => {} });
  const add = [
    addStart,
    addStatus,
    addCustomer,
    addClient,
    addCross,
    addAi,
    addApproval,
    addCall,
    addConnector,
    addTool,
    addAudit,
    addDemo,
    addDoctor,
  ];
  for (const each of add) each(program, shell);
  return program;
}

/** Commander's words as one line. It would quote every argument, and someone may have typed a secret where none belongs. */
function usageFault({ code, message }: CommanderError): Fault {
  const remedy = 'See `bulkhead --help`.';
  if (code === 'commander.help') return new Fault('USAGE', 'No command was given.', remedy);
  if (code === 'commander.excessArguments') return new Fault('USAGE', 'There are too many arguments.', remedy);
  const words = message
    .replace(/^error: /, '')
    .replaceAll(/\s*\n\s*/g, ' ')
    .replace(/(unknown option '[^'=]*)=[^']*'/, "$1'");
  return new Fault(
    'USAGE',
    `${words.charAt(0).toUpperCase()}${words.slice(1)}${/[.)]$/.test(words) ? '' : '.'}`,
    remedy,
  );
}

function line({ code, message, remedy }: Fault): string {
  return plain(`${message}${remedy === undefined ? '' : ` ${remedy}`} (${code})`);
}
