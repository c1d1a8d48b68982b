import type { EventEmitter } from 'node:events';

/** An event that a listener may prevent. */
export function preventable<T extends object>(fields: T): T & { defaultPrevented: boolean; preventDefault(): void } {
  const event = {
    ...fields,
    defaultPrevented: false,
    preventDefault: () => {
      event.defaultPrevented = true;
    },
  };
  return event;
}

/** Emits it first and says whether someone prevented it. */
export function isPrevented(emitter: EventEmitter, name: string, fields: object, ...more: unknown[]): boolean {
  const event = preventable(fields);
  emitter.emit(name, event, ...more);
  return event.defaultPrevented;
}
