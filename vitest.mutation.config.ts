// The tests that mutation testing runs for every changed line: those of the modules that decide, by example. The property
// tests and the decision table (test/gateway) judge the same lines and take too long to be run a thousand times.

import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: [
      'test/gateway/{admit,pipeline,quota,call-counts,call-tool,call-with-approval,cross-call,tenant-session}.test.ts',
      'test/gateway/policy*.test.ts',
      'test/gateway/gates/*.test.ts',
      'test/gateway/approvals/*.test.ts',
      'test/pins/gates.test.ts',
    ],
    exclude: ['test/gateway/approvals/property.test.ts', 'test/gateway/policy-{properties,scopes}.test.ts'],
    testTimeout: 20_000,
  },
});
