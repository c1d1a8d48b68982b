import { z } from 'zod';
import { call } from '../../src-shared/wire/contract.ts';

/** What the stub application lets a test do with the host it runs on, over the host's own control socket. */
export const stub = {
  spawn: call(
    z.strictObject({
      env: z.record(z.string(), z.string()),
      read: z.array(z.string()),
      write: z.array(z.string()),
      mayLoadAddons: z.boolean(),
      isConfined: z.boolean(),
    }),
    z.strictObject({ child: z.int(), pid: z.int() }),
  ),
  spawnMissing: call(z.void(), z.strictObject({ child: z.int() })),
  link: call(z.strictObject({ first: z.int(), second: z.int(), names: z.tuple([z.string(), z.string()]) }), z.void()),
  ask: call(z.strictObject({ child: z.int(), name: z.string(), input: z.unknown().optional() }), z.unknown()),
  kill: call(z.strictObject({ child: z.int() }), z.void()),
  exited: call(
    z.strictObject({ child: z.int() }),
    z.strictObject({ code: z.int().nullable(), signal: z.string().nullable(), lastWords: z.string() }),
  ),
  surface: call(z.void(), z.strictObject({ windowUrl: z.string(), url: z.string().nullable(), windows: z.int() })),
  tell: call(
    z.strictObject({
      customer: z.string().nullable(),
      hue: z.int(),
      isProblem: z.boolean(),
      pendingApprovals: z.int(),
      lastAsked: z.strictObject({ id: z.string(), title: z.string(), customer: z.string() }).optional(),
    }),
    z.void(),
  ),
  file: call(z.strictObject({ path: z.string() }), z.strictObject({ text: z.string().nullable() })),
  log: call(z.void(), z.array(z.string())),
  quit: call(z.void(), z.void()),
};

/** What a stub child does when it is told to. */
export const stubChild = {
  env: call(z.void(), z.record(z.string(), z.string())),
  argv: call(z.void(), z.array(z.string())),
  read: call(z.string(), z.string()),
  write: call(z.string(), z.string()),
  spawn: call(z.void(), z.string()),
  sqlite: call(z.void(), z.string()),
  /** Sends text over a link and answers with what came back. */
  overLink: call(z.strictObject({ name: z.string(), text: z.string() }), z.string()),
  links: call(z.void(), z.array(z.string())),
  /** Asks a vendor that never answers. */
  hang: call(z.strictObject({ port: z.int() }), z.void()),
  /** Never gives the loop back. */
  spin: call(z.void(), z.void()),
  exit: call(z.int(), z.void()),
  crash: call(z.string(), z.void()),
};

/** What stub children ask each other over a link. */
export const stubLink = { echo: call(z.string(), z.string()) };

/** What the stub application serves its windows. */
export const stubWindow = { echo: call(z.string(), z.string()) };
