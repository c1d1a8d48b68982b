// Starts our programs on Node 24, from whatever Node (18 or later) or npm the machine has. Plain JavaScript, no packages:
// this must run, and explain itself, where nothing is installed yet.
//
// As a program: node bin/node24.mjs FILE [ARGUMENT …] runs FILE, a path from the checkout's root, on Node 24.

import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Runs out/main/NAME.js in this process, or this same command line again on Node 24. */
export async function startBuilt(name) {
  if (!isNode24()) return again(process.argv.slice(1));
  const program = join(root, 'out/main', `${name}.js`);
  const builder = join(root, 'scripts/build.ts');
  try {
    if (existsSync(builder)) await (await import(pathToFileURL(builder).href)).ensureBuilt();
  } catch (error) {
    fail(error.code === 'ERR_MODULE_NOT_FOUND' ? notInstalled() : error.message);
  }
  if (!existsSync(program)) fail(`Bulkhead is not built: ${program} is missing. Run: npm run build`);
  await import(pathToFileURL(program).href);
}

function startSource(file) {
  if (file === undefined) fail('usage: node bin/node24.mjs FILE [ARGUMENT …]', 2);
  if (!existsSync(join(root, 'node_modules'))) fail(notInstalled());
  again([join(root, file), ...process.argv.slice(3)]);
}

function isNode24() {
  return Number(process.versions.node.split('.')[0]) >= 24;
}

function again(args) {
  const node = isNode24() ? process.execPath : node24();
  if (node === undefined) fail(notInstalled());
  const child = spawn(node, args, { stdio: 'inherit' });
  // A terminal sends Ctrl-C to the child itself; everyone else signals only this process.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => (signal === 'SIGINT' && process.stdin.isTTY ? undefined : child.kill(signal)));
  }
  child.on('error', (error) => fail(`Node 24 does not start (${node}): ${error.message}`));
  child.on('exit', (code, signal) => process.exit(signal ? 128 + constants.signals[signal] : code));
}

/** The Node 24 that npm installed: the package for this machine, or that of the package called node. */
function node24() {
  const os = process.platform === 'win32' ? 'win' : process.platform;
  const names = [`node-${os}-${process.arch}`, `node-bin-${os}-${process.arch}`, 'node'];
  const file = process.platform === 'win32' ? 'bin/node.exe' : 'bin/node';
  return names.map((name) => join(root, 'node_modules', name, file)).find((path) => existsSync(path));
}

function notInstalled() {
  return existsSync(join(root, 'node_modules'))
    ? `Bulkhead needs Node 24 (this is ${process.version}) and node_modules has none for this machine. Run npm ci without --omit=optional, or put Node 24 first in PATH.`
    : `Bulkhead is not installed: ${join(root, 'node_modules')} is missing. Run: npm ci`;
}

function fail(message, code = 1) {
  process.stderr.write(`${message}\n`);
  process.exit(code);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) startSource(process.argv[2]);
