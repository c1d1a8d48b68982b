import type { Command } from 'commander';
import type { OfferedTool } from '../../src-shared/contract/gateway.ts';
import type { ToolReview } from '../../src-shared/contract/ui.ts';
import { Fault } from '../../src-shared/fault.ts';
import { command } from '../command.ts';
import { changedMembers, lines } from '../compare-tools.ts';
import { proveOperator } from '../prove-operator.ts';
import { type App, withApp } from '../running-app.ts';
import type { Common, Outcome, Shell } from '../shell.ts';
import { plain, table } from '../text.ts';
import type { World } from '../world.ts';

interface AcceptOptions extends Common {
  readonly hash?: string;
}

/** Tools, and the review of those that an update of Bulkhead brought or changed. */
export function addTool(program: Command, { world, answer }: Shell): void {
  const tools = program.command('tool').description('what can be called, and what was changed and must be reviewed');
  command(tools, 'list', 'all tools, and which of them wait for a review').action((options: Common) =>
    answer(options, list(world, options)),
  );
  command(tools, 'diff', 'what changed in a tool since it was accepted')
    .argument('<name>')
    .action((name: string, options: Common) => answer(options, diff(world, options, name)));
  command(tools, 'accept', 'let it be called as it is now (operator)')
    .argument('<name>')
    .option('--hash <hash>', 'only if it is still the definition with this hash, as `tool diff` shows it')
    .action((name: string, options: AcceptOptions) => answer(options, accept(world, options, name)));
}

function list(world: World, options: Common): Promise<Outcome> {
  return withApp(world, options, async ({ api, within }) => {
    const [offered, reviews] = await Promise.all([
      api.tools(undefined, within()),
      api.toolReviews(undefined, within()),
    ]);
    const json = offered.map((tool) => listed(tool, reviews));
    const rows = json.map(({ name, connector, risk, review, allowed, reason }) => [
      name,
      connector,
      risk,
      review,
      allowed ? 'may be called now' : (reason ?? 'may not be called now'),
    ]);
    return {
      json,
      text:
        rows.length === 0 ? 'There are no tools.' : table([['NAME', 'CONNECTOR', 'RISK', 'REVIEW', 'NOW'], ...rows]),
    };
  });
}

function listed({ definition, risk, isAllowed, reason }: OfferedTool, reviews: readonly ToolReview[]) {
  const { name, connector } = definition;
  const review = reviews.find((each) => each.name === name);
  return {
    name,
    connector,
    risk,
    review: review ? (review.before ? 'changed' : 'new') : 'accepted',
    allowed: isAllowed,
    ...(reason === undefined ? {} : { reason }),
  } as const;
}

function diff(world: World, options: Common, name: string): Promise<Outcome> {
  return withApp(world, options, async (app) => {
    const review = await reviewOf(app, name);
    if (!review)
      return { json: { name, review: 'accepted', changes: [] }, text: plain(`${name} is accepted as it is.`) };
    const changes = changedMembers(review.before, review.now);
    const state = review.before ? 'changed' : 'new';
    return {
      json: { name, review: state, hash: review.hash, changes, before: review.before, now: review.now },
      text: [`${plain(name)} is ${state}. Its hash is ${review.hash}.`, ...lines(changes)].join('\n'),
    };
  });
}

/** Without a hash it is the definition there is now. One that changes before the app has heard is refused by the app. */
function accept(world: World, options: AcceptOptions, name: string): Promise<Outcome> {
  return withApp(world, options, async (app) => {
    await proveOperator(world, app);
    const review = await reviewOf(app, name);
    const hash = options.hash ?? review?.hash;
    if (hash === undefined) return { json: { name, hash: null }, text: plain(`${name} is accepted already.`) };
    await app.api.acceptTool({ name, hash }, app.within());
    return { json: { name, hash }, text: plain(`${name} is accepted as it is now.`) };
  });
}

async function reviewOf({ api, within }: App, name: string): Promise<ToolReview | undefined> {
  const [offered, reviews] = await Promise.all([api.tools(undefined, within()), api.toolReviews(undefined, within())]);
  const review = reviews.find((each) => each.name === name);
  if (review || offered.some(({ definition }) => definition.name === name)) return review;
  throw new Fault('UNKNOWN_TOOL', 'There is no tool of this name.', 'See `bulkhead tool list`.');
}
