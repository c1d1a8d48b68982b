import { EventEmitter } from 'node:events';

type Request = (contents: unknown, permission: string, answer: (isGranted: boolean) => void, details: object) => void;
type Check = (contents: unknown, permission: string, origin: string, details: object) => boolean;
type Device = (details: object) => boolean;

/** Holds the handlers. As in Electron, a permission without a handler is granted. */
class Session extends EventEmitter {
  #request: Request = (_contents, _permission, answer) => answer(true);
  #check: Check = () => true;
  #device: Device = () => true;

  setPermissionRequestHandler(handler: Request): void {
    this.#request = handler;
  }

  setPermissionCheckHandler(handler: Check): void {
    this.#check = handler;
  }

  setDevicePermissionHandler(handler: Device): void {
    this.#device = handler;
  }

  /** What each of the three would say. */
  async ask(permission: string, from: string): Promise<{ request: boolean; check: boolean; device: boolean }> {
    const request = await new Promise<boolean>((resolve) =>
      this.#request(undefined, permission, resolve, { requestingUrl: `${from}/` }),
    );
    const check = this.#check(undefined, permission, from, {});
    return { request, check, device: this.#device({ deviceType: permission }) };
  }
}

export const session = { defaultSession: new Session() };
