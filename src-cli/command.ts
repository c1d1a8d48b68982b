import type { Command } from 'commander';

/** A command with the options they all take. */
export function command(parent: Command, usage: string, summary: string): Command {
  return parent
    .command(usage)
    .description(summary)
    .option('--json', 'one JSON document on stdout, nothing else')
    .option('--home <dir>', 'the home folder (default: BULKHEAD_HOME, else your data folder)');
}
