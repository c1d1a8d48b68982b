import type { Child, StartApp } from '../../src-main/host.ts';
import { client } from '../../src-shared/wire/client.ts';
import { serve } from '../../src-shared/wire/serve.ts';
import { stub, stubChild, stubWindow } from './stub-contract.ts';

/** A child's calls by name, as the test gives them. */
type Calls = Readonly<Record<string, (input: unknown) => Promise<unknown>>>;

const operatorToken = 'the-operator-token-of-the-stub';

/** Stands where src-main/app stands: an application that does with its host what a test asks over the control socket. */
export const startApp: StartApp = async (host, options) => {
  const children = new Map<number, Child>();
  const clients = new Map<number, Calls>();
  const lines: string[] = [];
  let windows = 0;
  const child = (id: number): Child => {
    const found = children.get(id);
    if (found === undefined) throw new Error('no such child');
    return found;
  };

  const window = await host.serveWindow({
    onWindow: (port) => {
      windows++;
      serve(stubWindow, { echo: (text) => text }, port);
      port.onClose(() => windows--);
    },
    isOperator: (token) => token === operatorToken,
    failedLogIn: () => false,
    log: (text) => lines.push(text),
  });

  const control = await host.serveControl((port) => {
    serve(
      stub,
      {
        spawn: async (wanted) => {
          const made = await host.spawn({ name: 'worker', memoryMb: 128, stdin: 'none', ...wanted });
          children.set(children.size, made);
          return { child: children.size - 1, pid: made.pid ?? 0 };
        },
        spawnMissing: async () => {
          const made = await host.spawn({
            name: 'demo',
            memoryMb: 128,
            stdin: 'none',
            env: {},
            read: [],
            write: [],
            mayLoadAddons: false,
            isConfined: true,
          });
          children.set(children.size, made);
          return { child: children.size - 1 };
        },
        link: ({ first, second, names }) =>
          host.link({ child: child(first), name: names[0] }, { child: child(second), name: names[1] }),
        ask: async ({ child: id, name, input }) => {
          const calls = clients.get(id) ?? (client(stubChild, child(id).port) as unknown as Calls);
          clients.set(id, calls);
          return calls[name]?.(input) ?? null;
        },
        kill: ({ child: id }) => child(id).kill(),
        exited: ({ child: id }) => child(id).exited,
        surface: () => ({ windowUrl: window.windowUrl, url: window.mintUrl(), windows }),
        tell: (state) => host.tell(state),
        file: ({ path }) => {
          host.files.write(path, `${options.version} ${options.isDemo}`);
          return { text: host.files.read(path) ?? null };
        },
        log: () => lines,
        quit: () => host.quit(),
      },
      port,
    );
  });
  host.files.write('run/app.json', JSON.stringify({ control: control.path }));

  return {
    ready: { mcpUrl: 'http://127.0.0.1:0/mcp', windowUrl: window.windowUrl, pid: host.pid, host: host.kind },
    operatorToken,
    notes: [],
    window,
    stop: async () => {
      await new Promise((resolve) => setTimeout(resolve, 100)); // As a ledger takes its time.
      host.files.write('stopped', 'in order');
      await control.close();
      await window.close();
    },
  };
};
