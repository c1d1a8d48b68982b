import type { Command } from 'commander';
import type { AppState, Check } from '../../src-shared/contract/ui.ts';
import { asFault } from '../../src-shared/fault.ts';
import { check } from '../checks/check.ts';
import { checkClock } from '../checks/clock.ts';
import { checkHome } from '../checks/home.ts';
import { checkKeychain } from '../checks/keychain.ts';
import { checkLastStart } from '../checks/last-start.ts';
import { checkLedgers } from '../checks/ledger.ts';
import { checkIpv6, checkPort } from '../checks/ports.ts';
import { checkTenantFiles } from '../checks/tenant-files.ts';
import { command } from '../command.ts';
import { findElectron } from '../find-electron.ts';
import { homeFolder } from '../home.ts';
import { type App, withAppIfAny } from '../running-app.ts';
import type { Common, Outcome, Shell } from '../shell.ts';
import { plain } from '../text.ts';
import type { World } from '../world.ts';

/** What is wrong and what to do: what can be seen from outside, and what a running app says of itself. */
export function addDoctor(program: Command, { world, answer }: Shell): void {
  command(program, 'doctor', 'what is wrong, and what to do').action((options: Common) =>
    answer(options, doctor(world, options)),
  );
}

function doctor(world: World, options: Common): Promise<Outcome> {
  return withAppIfAny(world, options, async (app) => {
    const home = homeFolder(world, options.home);
    const checks = [
      checkNode(),
      checkHome(home),
      ...checkTenantFiles(home),
      check('app', app ? `running (${app.file.host}, process ${app.file.pid})` : 'not running'),
      await checkPort(app?.file.mcpUrl),
      await checkIpv6(),
      await checkClock(world, app),
      checkKeychain(world, await keystoreOf(app)),
      checkDisplay(world),
      check('central', 'not set up on this device'),
      ...(await (app ? ownChecks(app) : checksOfNone(world, home))),
    ];
    const wrong = checks.filter(({ ok }) => !ok);
    const failure = `${wrong.length} of ${checks.length} checks found something wrong: ${wrong.map((each) => each.check).join(', ')}.`;
    return { json: checks, text: readable(checks), ...(wrong.length === 0 ? {} : { failure }) };
  });
}

/** Where no app runs, perhaps because what is wrong keeps it from starting. */
async function checksOfNone(world: World, home: string): Promise<Check[]> {
  return [checkLastStart(home), ...(await checkLedgers(world, home))];
}

async function keystoreOf(app: App | undefined): Promise<AppState['keystore'] | undefined> {
  try {
    return (await app?.api.state(undefined, app.within()))?.keystore;
  } catch {
    return undefined; // The checks of the app itself say that it does not answer.
  }
}

async function ownChecks(app: App): Promise<Check[]> {
  try {
    return await app.api.doctor(undefined, app.within(30_000));
  } catch (thrown) {
    const { code } = asFault(thrown);
    return [
      check('self-check', {
        wrong: `the running app did not answer (${code})`,
        remedy: 'Stop Bulkhead and start it again.',
      }),
    ];
  }
}

function checkNode(): Check {
  const { version, versions } = process;
  if (Number(versions.node.split('.')[0]) >= 24) return check('node', version);
  return check('node', {
    wrong: `${version} is too old`,
    remedy: 'Start the commands with `npx bulkhead`, or install Node 24.',
  });
}

function checkDisplay(world: World): Check {
  const electron = findElectron(world);
  if ('file' in electron) return check('display', 'the desktop application opens here');
  return check('display', `the headless application opens here, its window in a browser: ${electron.missing}`);
}

function readable(checks: readonly Check[]): string {
  const width = Math.max(...checks.map(({ check: name }) => name.length));
  return checks
    .flatMap(({ check: name, ok, detail, remedy }) => {
      const line = plain(`${ok ? 'ok    ' : 'WRONG '} ${name.padEnd(width)}  ${detail}`);
      return ok ? [line] : [line, plain(`${' '.repeat(width + 9)}${remedy}`)];
    })
    .join('\n');
}
