// `npm run mutation`: changes the gates, the policy, the approvals and the quota line by line, and counts the changes that no
// test of theirs notices (vitest.mutation.config.ts). Prints the score; fails below the one in stryker.config.json. What is computed
// once when a module is loaded, and sentences for people, are left alone. Takes many minutes, so CI does not run it.

import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { root } from './run.ts';

const stryker = spawn(
  process.execPath,
  [join(root, 'node_modules/@stryker-mutator/core/bin/stryker.js'), 'run', ...process.argv.slice(2)],
  { cwd: root, stdio: 'inherit' },
);
stryker.on('exit', (code) => (process.exitCode = code ?? 1));
