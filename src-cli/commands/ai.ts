import type { Command } from 'commander';
import { command } from '../command.ts';
import { proveOperator } from '../prove-operator.ts';
import { withApp } from '../running-app.ts';
import type { Common, Outcome, Shell } from '../shell.ts';
import type { World } from '../world.ts';

/** Milliseconds: every running call ends before the answer. */
const within = 30_000;

/** The switch for all AI work. Anyone may stop it. */
export function addAi(program: Command, { world, answer }: Shell): void {
  const ai = program.command('ai').description('whether LLM tools may call at all');
  command(ai, 'stop', 'end every AI call at once and let none begin').action((options: Common) =>
    answer(options, stop(world, options)),
  );
  command(ai, 'resume', 'let LLM tools call again (operator)').action((options: Common) =>
    answer(options, resume(world, options)),
  );
}

function stop(world: World, options: Common): Promise<Outcome> {
  return withApp(world, options, async (app) => {
    await app.api.stopAi(undefined, app.within(within));
    return { json: { stopped: true }, text: 'All AI work is stopped. `bulkhead ai resume` lets it go on.' };
  });
}

function resume(world: World, options: Common): Promise<Outcome> {
  return withApp(world, options, async (app) => {
    await proveOperator(world, app);
    await app.api.resumeAi(undefined, app.within(within));
    return { json: { stopped: false }, text: 'LLM tools may call again.' };
  });
}
