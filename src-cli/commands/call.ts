import type { Command } from 'commander';
import { z } from 'zod';
import type { Trial } from '../../src-shared/contract/gateway.ts';
import { Fault } from '../../src-shared/fault.ts';
import { type AllowedAnswer, isDenied } from '../../src-shared/model/tool-answer.ts';
import { command } from '../command.ts';
import { proveOperator } from '../prove-operator.ts';
import { withApp } from '../running-app.ts';
import type { Common, Outcome, Shell } from '../shell.ts';
import { counted, plain } from '../text.ts';
import type { World } from '../world.ts';

/** Milliseconds. A vendor may be slow; every tool has its own deadline far below this. */
const callWithin = 180_000;

interface CallOptions extends Common {
  readonly dryRun?: boolean;
  readonly asClient?: string;
}

/** One tool through all gates, as the operator; or only what it would meet there. */
export function addCall(program: Command, { world, answer }: Shell): void {
  command(program, 'call', 'call one tool through all gates, for the customer bound now (operator)')
    .argument('<tool>')
    .argument('[json]', 'its arguments as a JSON object', '{}')
    .option('--dry-run', 'only tell what the gates would say; nothing runs and nobody is asked')
    .option('--as-client <name>', 'with --dry-run: as this client app, not as yourself')
    .action((tool: string, text: string, options: CallOptions) =>
      answer(options, callTool(world, options, { tool, text })),
    );
}

async function callTool(
  world: World,
  options: CallOptions,
  { tool, text }: { tool: string; text: string },
): Promise<Outcome> {
  const given = z.record(z.string(), z.unknown()).safeParse(parse(text));
  if (!given.success) throw new Fault('USAGE', 'The arguments are not a JSON object.', 'See `bulkhead call --help`.');
  const { dryRun = false, asClient = null } = options;
  if (asClient !== null && !dryRun)
    throw new Fault('USAGE', '--as-client needs --dry-run.', 'See `bulkhead call --help`.');
  return withApp(world, options, async (app) => {
    await proveOperator(world, app);
    if (dryRun) {
      const asked = { tool, arguments: given.data, client: asClient };
      const trial = await app.api.tryCall(asked, app.within());
      return { json: trial, text: readableTrial(trial) };
    }
    const result = await app.api.callTool({ tool, arguments: given.data }, app.within(callWithin));
    if (!isDenied(result)) return { json: result, text: readable(result) };
    return { json: result, text: '', failure: `${result.reason} ${result.remedy} (${result.code})` };
  });
}

const verdicts: Readonly<Record<Trial['verdict'], string>> = {
  runs: 'It would run.',
  asks: 'It would wait for a person to approve it.',
  'asks-two': 'It would wait for two persons to approve it.',
  denied: 'It would be denied.',
};

function readableTrial({ verdict, gates, because, denial }: Trial): string {
  const words = [verdicts[verdict], ...(denial ? [`${denial.reason} ${denial.remedy} (${denial.code})`] : [])];
  const passed = gates.map(({ gate, ok, code }) => `${gate}: ${ok ? 'passes' : (code ?? 'denies')}`);
  const rules = because.map(({ id, says }) => (says === '' ? id : `${says} (${id})`));
  return [words.join(' '), '', ...passed, ...(rules.length > 0 ? ['', 'Because:', ...rules] : [])]
    .map(plain)
    .join('\n');
}

function readable({ customer, records, page, dropped, redacted, auditRef }: AllowedAnswer): string {
  const counts = [
    counted(records.length, 'record'),
    ...(dropped > 0 ? [`${dropped} dropped`] : []),
    ...(redacted > 0 ? [`${redacted} redacted`] : []),
    `ledger entry ${auditRef}`,
  ];
  const more = page ? [`There is more: "page": ${JSON.stringify(page.next)}`] : [];
  return [plain(`${customer}: ${counts.join(', ')}`), ...records.map(readableRecord), ...more.map(plain)].join('\n\n');
}

function readableRecord(record: Readonly<Record<string, unknown>>): string {
  const width = Math.max(0, ...Object.keys(record).map((name) => name.length));
  return Object.entries(record)
    .filter(([, value]) => value !== null && value !== undefined && value !== '')
    .map(([name, value]) => `${plain(name).padEnd(width)}  ${lines(value).join(`\n${' '.repeat(width + 2)}`)}`)
    .join('\n');
}

/** A vendor's text may have several lines; each is made plain. */
function lines(value: unknown): string[] {
  return (typeof value === 'string' ? value : JSON.stringify(value)).split(/\r?\n/).map(plain);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
