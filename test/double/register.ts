import { registerHooks } from 'node:module';

/** `node --import test/double/register.ts out/main/index.js` runs the built desktop application on the double. */
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron'
      ? { url: new URL('./electron.ts', import.meta.url).href, shortCircuit: true }
      : next(specifier, context),
});
