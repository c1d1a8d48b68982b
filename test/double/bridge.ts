/**
 * The two scripts that stand in for Electron's preload: one runs the built preload in an isolated world, where the page
 * cannot reach, the other gives the page what the preload exposed. They meet at DOM events, which cross worlds in order
 * and at once, with text only.
 */
export const preloadWorld = 'preload';
export const toMainBinding = '__toMain';

/** For the isolated world. `source` is the built preload: CommonJS that may require Electron alone. */
export const isolatedScript = (source: string): string => `(() => {
  if (window.top !== window) return; // Preloads do not run in frames.
  const listeners = new Map();
  const exposed = {};
  globalThis.__fromMain = (channel, args) => {
    for (const listener of listeners.get(channel) ?? []) listener({}, ...args);
  };
  const ipcRenderer = {
    send: (channel, ...args) => ${toMainBinding}(JSON.stringify({ channel, args: structuredClone(args) })),
    on: (channel, listener) => listeners.set(channel, [...(listeners.get(channel) ?? []), listener]),
  };
  const contextBridge = { exposeInMainWorld: (name, value) => { exposed[name] = value; } };
  const require = (name) => {
    if (name !== 'electron') throw new Error('module not found: ' + name);
    return { contextBridge, ipcRenderer };
  };
  (function (module, exports) { ${source}\n })({ exports: {} }, {});
  const say = (name, detail) => dispatchEvent(new CustomEvent(name, { detail: JSON.stringify(detail) }));
  addEventListener('__shape?', () => say('__shape', Object.fromEntries(
    Object.entries(exposed).map(([name, api]) => [name, Object.keys(api)]),
  )));
  addEventListener('__call', ({ detail }) => {
    const { name, member, args } = JSON.parse(detail);
    const real = args.map((arg) => arg.listener ? (...values) => say('__heard', { listener: arg.listener, values }) : arg.value);
    try {
      say('__returned', { value: exposed[name][member](...real) });
    } catch (error) {
      say('__returned', { error: error.message });
    }
  });
})()`;

/** For the page's own world, before any script of the page. */
export const pageScript = `(() => {
  if (window.top !== window) return;
  let shape = {};
  addEventListener('__shape', ({ detail }) => { shape = JSON.parse(detail); }, { once: true });
  dispatchEvent(new Event('__shape?'));
  const listeners = [];
  addEventListener('__heard', ({ detail }) => {
    const { listener, values } = JSON.parse(detail);
    listeners[listener - 1](...values);
  });
  const cross = (arg) => {
    if (typeof arg === 'symbol') throw new Error('An object could not be cloned.');
    return typeof arg === 'function' ? { listener: listeners.push(arg) } : { value: arg };
  };
  for (const [name, members] of Object.entries(shape)) {
    const call = (member) => (...args) => {
      let returned = {};
      addEventListener('__returned', ({ detail }) => { returned = JSON.parse(detail); }, { once: true });
      dispatchEvent(new CustomEvent('__call', { detail: JSON.stringify({ name, member, args: args.map(cross) }) }));
      if (returned.error !== undefined) throw new Error(returned.error);
      return returned.value;
    };
    const value = Object.freeze(Object.fromEntries(members.map((member) => [member, call(member)])));
    Object.defineProperty(window, name, { value, writable: false, configurable: false });
  }
})()`;
