// Vitest's global set-up: tests that start processes start the ones built from these sources.

export { ensureBuilt as setup } from './build.ts';
