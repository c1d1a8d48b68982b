// The house's walls: who may import what. `npm run check` runs it; test/pins/boundaries.test.ts plants a violation of
// each rule and shows that it is caught.

const entries = 'src-(main/(index|headless)|gateway/gateway|broker/broker|ledger/ledger|connectors/worker)\\.ts$';

/** Only the listed Node builtins may be imported from `from`; entry files may import any. */
const builtins = (name, from, allowed) => ({
  name: `builtins-of-${name}`,
  severity: 'error',
  comment: `${name} may name ${allowed.length > 0 ? allowed.join(', ') : 'no Node builtin'}; the rest comes in as a power`,
  from: { path: from, pathNot: [`^${entries}`, '^src-connectors/egress', '^src-shared/node/'] },
  to: {
    dependencyTypes: ['core'],
    ...(allowed.length > 0 && { pathNot: `^(node:)?(${allowed.join('|')})(/promises)?$` }),
  },
});

/** Only `from` may import the packages; tests and benchmarks may too. */
const onlyIn = (name, from, packages) => ({
  name: `only-${name}`,
  severity: 'error',
  comment: `only ${name} touches ${packages}`,
  from: { path: '^src-', pathNot: from },
  to: { path: [`(^|/)node_modules/${packages}/`, `^${packages}(/|$)`] },
});

module.exports = {
  forbidden: [
    {
      name: 'one-folder-one-process',
      severity: 'error',
      comment: 'a src- folder imports itself, src-shared and packages, nothing else of ours',
      from: { path: '^(src-[^/]+)/' },
      to: {
        path: '^(src-|test/|bench/|scripts/|bin/|demo/)',
        pathNot: '^($1|src-shared)/',
      },
    },
    {
      name: 'shared-packages',
      severity: 'error',
      comment: 'src-shared imports no package but zod, canonicalize, jose and @noble/hashes',
      from: { path: '^src-shared/' },
      to: {
        path: '(^|/)node_modules/',
        pathNot: '(^|/)node_modules/(zod|canonicalize|jose|@noble/hashes|@types/node)/',
      },
    },
    {
      name: 'shared-node-corner',
      severity: 'error',
      comment: 'what runs everywhere does not import the one corner that needs Node',
      from: { path: '^(src-shared/(?!node/)|src-renderer/|src-preload/|src-main/app/)' },
      to: { path: '^src-shared/node/' },
    },
    {
      name: 'gates-stand-alone',
      severity: 'error',
      comment: 'a gate knows the evidence (pipeline, powers, proofs) and src-shared, never another gate',
      from: { path: '^src-gateway/gates/' },
      to: { pathNot: '^(src-shared/|src-gateway/(pipeline|powers|proofs)\\.ts$)' },
    },
    {
      name: 'verifier-stands-alone',
      severity: 'error',
      comment: 'the verifier shares no line with the writer, and knows files and hashes, no network and no package',
      from: { path: '^src-cli/verifier/' },
      to: { pathNot: '^src-cli/verifier/|^(node:)?(crypto|fs/promises)$' },
    },
    {
      name: 'app-knows-no-host',
      severity: 'error',
      comment: 'src-main/app knows the shape of a host (host.ts); it imports neither host folder nor an entry',
      from: { path: '^src-main/app/' },
      to: { path: '^src-main/(?!app/|host\\.ts$)' },
    },
    builtins('shared', '^src-shared/', []),
    builtins('gateway', '^src-gateway/', ['http', 'crypto', 'net', 'stream']),
    builtins('broker', '^src-broker/', ['crypto', 'fs', 'path', 'os']),
    builtins('ledger', '^src-ledger/', ['crypto', 'fs', 'path']),
    builtins('connectors', '^src-connectors/', ['http', 'https', 'net', 'tls', 'dns', 'crypto']),
    builtins('main', '^src-main/(?!electron/|node/)', []),
    builtins('preload', '^src-preload/', []),
    builtins('renderer', '^src-renderer/', []),
    onlyIn('electron hosts', '^(src-main/(electron/|index\\.ts$)|src-preload/)', 'electron'),
    onlyIn('src-gateway/mcp', '^src-gateway/mcp[^/]*\\.ts$', '@modelcontextprotocol/[^/]+'),
    onlyIn('src-gateway', '^src-gateway/', '@cedar-policy/cedar-wasm'),
    onlyIn('src-broker', '^src-broker/', '@napi-rs/keyring'),
    onlyIn('src-ledger', '^(src-ledger|src-connectors)/', 'better-sqlite3'),
    {
      name: 'no-cycle',
      severity: 'error',
      comment: 'two files that need each other are one file or three',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'resolvable',
      severity: 'error',
      comment: 'an import nobody can resolve hides what it would reach',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    // Types are walls too: an `import type` from another process is already a dependency on it.
    tsPreCompilationDeps: true,
    moduleSystems: ['es6', 'cjs'],
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node', 'default', 'require'],
      mainFields: ['module', 'main', 'types'],
    },
  },
};
