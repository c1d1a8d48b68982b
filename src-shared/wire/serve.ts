import { asFault, Fault } from '../fault.ts';
import type { Contract, Emit, Handlers } from './contract.ts';
import { side, ToServer } from './message.ts';
import type { Port } from './port.ts';

/**
 * Serves a contract over a port. Names, inputs and outputs are checked here and nowhere else.
 * A fault crosses as its code, message and remedy; anything else thrown crosses as INTERNAL, because it may quote a secret,
 * and is told to `onUnexpected` on this side.
 */
export function serve<C extends Contract>(
  contract: C,
  handlers: Handlers<C>,
  port: Port,
  onUnexpected: (thrown: unknown) => void = () => {},
): { emit: Emit<C> } {
  const running = new Map<number, AbortController>();

  port.onMessage((raw) => {
    const to = side(raw);
    if (to === 'client') return;
    const message = to === 'server' ? ToServer.safeParse(raw) : undefined;
    if (!message?.success) return port.close();
    if (message.data.type === 'cancel') running.get(message.data.id)?.abort();
    else void answer(message.data.id, message.data.name, message.data.input);
  });
  port.onClose(() => {
    for (const controller of running.values()) controller.abort();
    running.clear();
  });

  async function answer(id: number, name: string, input: unknown): Promise<void> {
    const fault = (code: string, message: string): void => port.post({ type: 'fault', id, code, message });
    const member = Object.hasOwn(contract, name) ? contract[name] : undefined;
    if (member?.kind !== 'call') return fault('UNKNOWN_CALL', 'The other side does not offer this.');
    const parsed = member.input.safeParse(input);
    if (!parsed.success) return fault('BAD_INPUT', 'The other side refused the shape of this request.');

    const controller = new AbortController();
    running.set(id, controller);
    try {
      const handler = handlers[name as keyof Handlers<C>] as (input: unknown, signal: AbortSignal) => unknown;
      const value = member.output.parse(await handler(parsed.data, controller.signal));
      port.post({ type: 'reply', id, value });
    } catch (thrown) {
      if (!(thrown instanceof Fault)) onUnexpected(thrown);
      const { code, message, remedy } = asFault(thrown);
      port.post({
        type: 'fault',
        id,
        code,
        message: short(message),
        ...(remedy === undefined ? {} : { remedy: short(remedy) }),
      });
    } finally {
      running.delete(id);
    }
  }

  return { emit: (name, value) => port.post({ type: 'event', name: String(name), value }) };
}

/** A message may hold a path of any length; what message.ts would refuse is cut, so that the caller still hears of it. */
const short = (text: string): string => text.slice(0, 500);
