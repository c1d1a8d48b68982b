import type { Command } from 'commander';
import { Fault } from '../../src-shared/fault.ts';
import { command } from '../command.ts';
import { proveOperator } from '../prove-operator.ts';
import { withApp } from '../running-app.ts';
import type { Common, Outcome, Shell } from '../shell.ts';
import { plain, table } from '../text.ts';
import type { World } from '../world.ts';

interface OpenOptions extends Common {
  readonly reason: string;
  readonly minutes: string;
}

/** Milliseconds: an entry for each customer is written first, and running calls end. */
const within = 30_000;

/** Client apps that work on several customers at once. */
export function addCross(program: Command, { world, answer }: Shell): void {
  const cross = program.command('cross').description('LLM tools that may work on several customers at once');
  command(cross, 'open', 'let one work on these customers together, for a while (operator)')
    .argument('<client>')
    .argument('<customer...>', 'ids or codes, 2 to 25')
    .requiredOption('--reason <text>', 'why, 10 to 300 characters; it is recorded for each customer')
    .requiredOption('--minutes <number>', 'for how long, 5 to 480')
    .action((client: string, customers: string[], options: OpenOptions) =>
      answer(options, open(world, options, { client, customers })),
    );
  command(cross, 'list', 'who may now, on which customers and until when').action((options: Common) =>
    answer(options, list(world, options)),
  );
  command(cross, 'close', 'end it now; the LLM tool is suspended')
    .argument('<code>')
    .action((code: string, options: Common) => answer(options, close(world, options, code)));
}

function open(
  world: World,
  options: OpenOptions,
  { client, customers }: { client: string; customers: string[] },
): Promise<Outcome> {
  const minutes = Number(options.minutes);
  const isRight = Number.isInteger(minutes) && minutes >= 5 && minutes <= 480;
  const { length } = options.reason.trim();
  if (!isRight || length < 10 || length > 300 || customers.length < 2 || customers.length > 25) {
    throw new Fault(
      'USAGE',
      'It takes 2 to 25 customers, a reason of 10 to 300 characters, and 5 to 480 minutes.',
      'See `bulkhead cross open --help`.',
    );
  }
  return withApp(world, options, async (app) => {
    await proveOperator(world, app);
    const { reason } = options;
    const opened = await app.api.openCross({ client, customers, reason, minutes }, app.within(within));
    return {
      json: opened,
      text: plain(`${client} may work on ${customers.length} customers as ${opened.code} until ${opened.until}.`),
    };
  });
}

function list(world: World, options: Common): Promise<Outcome> {
  return withApp(world, options, async ({ api, within: soon }) => {
    const { crosses } = await api.state(undefined, soon());
    const rows = crosses.map(({ code, client, customers, until, openedBy, reason }) => [
      ...[code, client, customers.map((customer) => customer.code).join(' '), until, openedBy, reason],
    ]);
    const head = ['CODE', 'CLIENT', 'CUSTOMERS', 'UNTIL', 'OPENED BY', 'REASON'];
    return {
      json: crosses,
      text: rows.length === 0 ? 'No LLM tool works on several customers.' : table([head, ...rows]),
    };
  });
}

function close(world: World, options: Common, code: string): Promise<Outcome> {
  return withApp(world, options, async ({ api, within: soon }) => {
    await api.closeCross({ code }, soon(within));
    return { json: { code, state: 'closed' }, text: plain(`${code} is closed. Its LLM tool is suspended.`) };
  });
}
