/** Under two seconds: what is not stopped by then is killed with the process, and nothing durable depends on it. */
const deadline = 1800;

/** What has to happen before the process ends, once. */
export class Quit {
  #handlers: (() => Promise<void>)[] = [];
  #running: Promise<void> | undefined;

  get isRunning(): boolean {
    return this.#running !== undefined;
  }

  add(handler: () => Promise<void>): void {
    this.#handlers.push(handler);
  }

  /** Resolves when every handler ended, failed or is late. A failed one does not keep the others from running. */
  run(): Promise<void> {
    this.#running ??= Promise.race([this.#runAll(), new Promise<void>((resolve) => setTimeout(resolve, deadline))]);
    return this.#running;
  }

  async #runAll(): Promise<void> {
    for (const handler of this.#handlers.toReversed()) {
      try {
        await handler();
      } catch {
        // The process is ending: the next handler still has something to close.
      }
    }
  }
}
