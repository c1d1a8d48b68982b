import { z } from 'zod';

/**
 * What crosses a port. Requests and cancels travel to the serving side; replies, faults and events to the calling side.
 * One port may carry a contract each way. Anything else is a fault of the peer and closes the port.
 */
export const ToServer = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('request'), id: z.int(), name: z.string(), input: z.unknown().optional() }),
  z.strictObject({ type: z.literal('cancel'), id: z.int() }),
]);

export const ToClient = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('reply'), id: z.int(), value: z.unknown().optional() }),
  z.strictObject({
    type: z.literal('fault'),
    id: z.int(),
    code: z.string().max(60),
    message: z.string().max(500),
    remedy: z.string().max(500).optional(),
  }),
  z.strictObject({ type: z.literal('event'), name: z.string(), value: z.unknown().optional() }),
]);

/** Which side a message is for; undefined for what no peer of ours would send. */
export function side(raw: unknown): 'server' | 'client' | undefined {
  const type = typeof raw === 'object' && raw !== null && 'type' in raw ? raw.type : undefined;
  if (type === 'request' || type === 'cancel') return 'server';
  if (type === 'reply' || type === 'fault' || type === 'event') return 'client';
  return undefined;
}
