import { Fault } from '../fault.ts';
import type { CallOptions, Client, Contract } from './contract.ts';
import { side, ToClient } from './message.ts';
import type { Port } from './port.ts';

interface Pending {
  resolve(value: unknown): void;
  reject(error: Error): void;
}

/**
 * The calling side of a contract: a plain object whose calls are promises.
 * A call rejects with the peer's Fault, with PORT_CLOSED when the port ends first, with CANCELLED when its signal aborts,
 * or with DEADLINE when its time is up.
 */
export function client<C extends Contract>(contract: C, port: Port): Client<C> {
  const pending = new Map<number, Pending>();
  const listeners = new Map<string, Set<(value: unknown) => void>>();
  let lastId = 0;
  let isClosed = false;

  port.onMessage((raw) => {
    const to = side(raw);
    if (to === 'server') return;
    const parsed = to === 'client' ? ToClient.safeParse(raw) : undefined;
    if (!parsed?.success) return port.close();
    const message = parsed.data;
    if (message.type === 'event') return hear(message.name, message.value);
    const waiting = pending.get(message.id);
    pending.delete(message.id);
    if (message.type === 'fault') waiting?.reject(new Fault(message.code, message.message, message.remedy));
    else waiting?.resolve(message.value);
  });
  port.onClose(() => {
    isClosed = true;
    for (const waiting of pending.values()) waiting.reject(portClosed());
    pending.clear();
  });

  function hear(name: string, raw: unknown): void {
    const member = Object.hasOwn(contract, name) ? contract[name] : undefined;
    if (member?.kind !== 'event') return;
    const parsed = member.value.safeParse(raw);
    if (!parsed.success) return port.close(); // Thrown from here it would end the process that listens.
    for (const listener of listeners.get(name) ?? []) listener(parsed.data);
  }

  async function send(name: string, input: unknown, { signal, deadlineMs }: CallOptions): Promise<unknown> {
    if (isClosed) throw portClosed();
    if (signal?.aborted) throw cancelled();
    const id = ++lastId;
    const giveUp = (why: Fault): void => {
      port.post({ type: 'cancel', id });
      pending.get(id)?.reject(why);
      pending.delete(id);
    };
    const cancel = (): void => giveUp(cancelled());
    signal?.addEventListener('abort', cancel, { once: true });
    const timer = deadlineMs === undefined ? undefined : setTimeout(() => giveUp(tooLate()), deadlineMs);
    try {
      return await new Promise((resolve, reject) => {
        pending.set(id, { resolve, reject });
        port.post({ type: 'request', id, name, input });
      });
    } finally {
      signal?.removeEventListener('abort', cancel);
      clearTimeout(timer);
    }
  }

  const calls = Object.entries(contract).flatMap(([name, member]) => {
    if (member.kind !== 'call') return [];
    return [
      [
        name,
        async (input: unknown, options: CallOptions = {}) => member.output.parse(await send(name, input, options)),
      ],
    ];
  });
  const on = (name: string, listener: (value: unknown) => void): (() => void) => {
    const heard = listeners.get(name) ?? new Set();
    listeners.set(name, heard.add(listener));
    return () => heard.delete(listener);
  };
  return { ...Object.fromEntries(calls), on } as Client<C>;
}

const portClosed = (): Fault => new Fault('PORT_CLOSED', 'The other process ended before it answered.');
const cancelled = (): Fault => new Fault('CANCELLED', 'The call was cancelled.');
const tooLate = (): Fault =>
  new Fault('DEADLINE', 'A part of Bulkhead took too long.', 'Try again: the machine may be busy just now.');
