import type { Command } from 'commander';
import { z } from 'zod';
import { Fault } from '../../src-shared/fault.ts';
import { type AllowedAnswer, isDenied } from '../../src-shared/model/tool-answer.ts';
import { command } from '../command.ts';
import { proveOperator } from '../prove-operator.ts';
import { withApp } from '../running-app.ts';
import type { Common, Outcome, Shell } from '../shell.ts';
import { plain } from '../text.ts';
import type { World } from '../world.ts';

/** Milliseconds. A vendor may be slow; every tool has its own deadline far below this. */
const callWithin = 180_000;

/** One tool through all gates, as the operator. */
export function addCall(program: Command, { world, answer }: Shell): void {
  command(program, 'call', 'call one tool through all gates, for the customer bound now (operator)')
    .argument('<tool>')
    .argument('[json]', 'its arguments as a JSON object', '{}')
    .action((tool: string, text: string, options: Common) => answer(options, callTool(world, options, { tool, text })));
}

async function callTool(
  world: World,
  options: Common,
  { tool, text }: { tool: string; text: string },
): Promise<Outcome> {
  const given = z.record(z.string(), z.unknown()).safeParse(parse(text));
  if (!given.success) throw new Fault('USAGE', 'The arguments are not a JSON object.', 'See `bulkhead call --help`.');
  return withApp(world, options, async (app) => {
    await proveOperator(world, app);
    const result = await app.api.callTool({ tool, arguments: given.data }, app.within(callWithin));
    if (!isDenied(result)) return { json: result, text: readable(result) };
    return { json: result, text: '', failure: `${result.reason} ${result.remedy} (${result.code})` };
  });
}

function readable({ customer, records, page, dropped, redacted, auditRef }: AllowedAnswer): string {
  const counts = [
    `${records.length} ${records.length === 1 ? 'record' : 'records'}`,
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
