// Is package-lock.json complete, and does every address in it lead to npm's own registry? `--write` completes it.
//
// `npm install` leaves a tool's build for another platform out of the lock file when it cannot find that build, and `npm ci`
// then refuses the lock file everywhere ("Missing: …"). An entry with the exact version and the platform is all npm needs:
// it fetches a build only on the platform it is for. Such an entry has no integrity until `npm install` finds the package.

import { readFileSync, writeFileSync } from 'node:fs';

type Package = {
  version?: string;
  resolved?: string;
  dev?: boolean;
  optional?: boolean;
  os?: string[];
  cpu?: string[];
  libc?: string[];
  optionalDependencies?: Record<string, string>;
};
type Packages = Record<string, Package>;
type Missing = { at: string; name: string; version: string; parent: Package };

const registry = 'https://registry.npmjs.org/';
const operatingSystems = ['android', 'darwin', 'freebsd', 'linux', 'openharmony', 'win32'];
const processors = ['arm64', 'arm', 'ia32', 'ppc64', 'riscv64', 's390x', 'wasm32', 'x64'];

/** What is wrong with the lock file, one plain sentence each; empty when nothing is. */
export function lockfileProblems(text: string): string[] {
  const packages = (JSON.parse(text) as { packages: Packages }).packages;
  const problems = missingBuilds(packages).map(
    ({ name, version }) => `${name}@${version} is not in package-lock.json: run node scripts/lockfile.ts --write`,
  );
  for (const [at, { resolved }] of Object.entries(packages)) {
    if (resolved?.startsWith('http') && !resolved.startsWith(registry)) problems.push(`${at} names another registry`);
  }
  return problems;
}

/** The lock file with an entry for every optional build it lacks. */
export function completeLockfile(text: string): string {
  const lock = JSON.parse(text) as { packages: Packages };
  for (const { at, name, version, parent } of missingBuilds(lock.packages)) {
    lock.packages[at] = { version, ...(parent.dev && { dev: true }), optional: true, ...platformOf(name) };
  }
  const sorted = Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1));
  return `${JSON.stringify({ ...lock, packages: Object.fromEntries(sorted) }, null, 2)}\n`;
}

function missingBuilds(packages: Packages): Missing[] {
  return Object.entries(packages).flatMap(([from, parent]) =>
    Object.entries(parent.optionalDependencies ?? {})
      .filter(([name, version]) => /^\d/.test(version) && !isFound(packages, from, name))
      .map(([name, version]) => ({ at: `node_modules/${name}`, name, version, parent })),
  );
}

/** Node's own lookup: this package's node_modules, then each folder above it. */
function isFound(packages: Packages, from: string, name: string): boolean {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('node_modules/') - 1))) {
    if (packages[`${folder && `${folder}/`}node_modules/${name}`]) return true;
    if (folder === '') return false;
  }
}

/** The platform that a build's name states, as in `cli-linux-x64-musl`. */
function platformOf(name: string): Package {
  const words = name.split(/[/-]/);
  const os = operatingSystems.find((word) => words.includes(word));
  const cpu = processors.find((word) => words.includes(word));
  const libc = words.some((word) => word.startsWith('musl')) ? 'musl' : words.includes('gnu') ? 'glibc' : undefined;
  return {
    ...(os && { os: [os] }),
    ...(cpu && { cpu: [cpu] }),
    ...(libc && { libc: [libc] }),
  };
}

if (import.meta.main) {
  const file = new URL('../package-lock.json', import.meta.url);
  if (process.argv.includes('--write')) writeFileSync(file, completeLockfile(readFileSync(file, 'utf8')));
  const problems = lockfileProblems(readFileSync(file, 'utf8'));
  for (const problem of problems) console.error(problem);
  process.exitCode = problems.length > 0 ? 1 : 0;
}
