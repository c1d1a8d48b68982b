// Three projects: unit (one module at a time, needs no build), flows (over processes, on the build) and e2e (the window,
// one after another). No retries: a test that fails now and then is a finding.

import { defineConfig } from 'vitest/config';

const onTheBuild = [
  'test/flows/**/*.test.ts',
  'test/vectors/**/*.test.ts',
  'test/pins/{bundles,ready}.test.ts',
  'test/electron/{built,desktop}.test.ts',
];

/** On however slow a machine: what is asked again may take this long to come true, and a test that long to end. */
const patient = { expect: { poll: { timeout: 15_000 } }, testTimeout: 90_000, hookTimeout: 90_000 };

export default defineConfig({
  test: {
    passWithNoTests: false,
    retry: 0,
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: [...onTheBuild, 'test/e2e/**'],
          ...patient,
          testTimeout: 60_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: 'flows',
          include: onTheBuild,
          globalSetup: ['scripts/built.ts'],
          ...patient,
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          globalSetup: ['scripts/built.ts'],
          ...patient,
          fileParallelism: false,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
