import { readFileSync, writeFileSync } from 'node:fs';
import { connectParent } from '../../src-shared/node/parent-port.ts';
import { client } from '../../src-shared/wire/client.ts';
import type { Client } from '../../src-shared/wire/contract.ts';
import { serve } from '../../src-shared/wire/serve.ts';
import { stubChild, stubLink } from './stub-contract.ts';

/** A child that tells what it can do. Runs as any of ours, in either host. */
const parent = connectParent();
const links = new Map<string, Client<typeof stubLink>>();

// Late on purpose: what a peer sent before anyone listened must not be lost.
setTimeout(() => {
  parent.onLink((name, port) => {
    serve(stubLink, { echo: (text) => `${process.pid}:${text}` }, port);
    links.set(name, client(stubLink, port));
    port.onClose(() => links.delete(name));
  });
}, 20);

const attempt = async (work: () => unknown): Promise<string> => {
  try {
    return `ok ${String(await work())}`;
  } catch (error) {
    return String((error as NodeJS.ErrnoException).code ?? error);
  }
};

serve(
  stubChild,
  {
    env: () => ({ ...process.env }) as Record<string, string>,
    argv: () => process.execArgv,
    read: (path) => attempt(() => readFileSync(path, 'utf8')),
    write: (path) => attempt(() => writeFileSync(path, 'x')),
    spawn: () => attempt(async () => (await import('node:child_process')).execFileSync('true')),
    sqlite: () => attempt(async () => typeof (await import('node:sqlite')).DatabaseSync),
    overLink: async ({ name, text }) => {
      const until = Date.now() + 2000;
      while (!links.has(name) && Date.now() < until) await new Promise((resolve) => setTimeout(resolve, 5));
      return (await links.get(name)?.echo(text)) ?? 'no link';
    },
    links: () => [...links.keys()].sort(),
    hang: async ({ port }) => void (await fetch(`http://127.0.0.1:${port}/`)),
    spin: () => {
      for (;;);
    },
    exit: (code) => process.exit(code),
    crash: (words) => {
      setTimeout(() => {
        throw new Error(words);
      });
    },
  },
  parent.control,
);
