// The account that is drawn up after every start, while nobody calls: by then the ledger must explain everything.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { App } from './app.ts';
import { Book } from './book.ts';
import { verifyExport, verifyLedger } from './evidence.ts';
import type { TorturedHome } from './home.ts';
import { judge } from './judge.ts';
import { bloated, Complaints, oversized, strangeFiles } from './surroundings.ts';
import type { Call } from './traffic.ts';
import type { Asked } from './vendor-side.ts';

/** Milliseconds after a start within which every call that was cut short has its outcome. */
const explainsWithin = 10_000;

export class Balance {
  readonly book = new Book();
  readonly #place: TorturedHome;
  readonly #app: App;
  readonly #complaints: Complaints;
  #clockOffset = clockOffset();
  #exports = 0;
  #lastExport: string | null = null;

  constructor(place: TorturedHome, app: App) {
    this.#place = place;
    this.#app = app;
    this.#complaints = new Complaints(place.home, app.words);
  }

  /** Answers what is wrong. `asked` and `calls` are what happened since the last time. */
  async draw(asked: readonly Asked[], calls: readonly Call[]): Promise<string[]> {
    const { operator } = this.#app;
    const { book } = this;
    const unsaid = await this.#readToTheEnd();
    const verdict = await operator.verifyLedger(undefined);
    const { home, tenantFolder } = this.#place;
    return [
      ...unsaid,
      ...(await this.#judgeTold()),
      ...judge({ book, asked, calls, clockSlack: this.#clockSlack() }),
      ...book.flaws.splice(0),
      ...(verdict.ok ? [] : [`the ledger does not verify: ${JSON.stringify(verdict)}`]),
      ...strangeFiles(home),
      ...oversized(tenantFolder, book.lines.length),
      ...bloated(this.#app.children()),
      ...this.#complaints.since(),
    ];
  }

  /** By the product's own command, which reads the files alone when the app does not run. */
  verify(): Promise<string[]> {
    return verifyLedger(this.#place.home);
  }

  /** An export, by the separate verifier, against the export before. */
  async verifyExport(): Promise<string[]> {
    this.#exports += 1;
    const out = join(this.#place.folder, `export-${this.#exports}.jsonl`);
    const { operatorToken } = this.#app;
    const wrong = await verifyExport({ home: this.#place.home, operatorToken }, out, this.#lastExport);
    if (existsSync(out)) this.#lastExport = out;
    return wrong;
  }

  /** Every call that was cut short gets an outcome that says so, soon after the start. */
  async #readToTheEnd(): Promise<string[]> {
    const deadline = Date.now() + explainsWithin;
    await this.book.readOn(this.#app.operator);
    while (this.book.open.length > 0 && Date.now() < deadline) {
      await pause(50);
      await this.book.readOn(this.#app.operator);
    }
    return this.book.open.map((seq) => `the intent ${seq} has no outcome, and the app does not say what became of it`);
  }

  /** And the technician is told how many there were. */
  async #judgeTold(): Promise<string[]> {
    const { problems } = await this.#app.operator.state(undefined);
    const told = Number(/^(\d+)/.exec(problems.find(({ id }) => id === 'interrupted')?.text ?? '0')?.[1]);
    const { startedAt } = this.#app;
    const recorded = this.book.lines.filter(({ status, at }) => status === 'interrupted' && at >= startedAt);
    if (recorded.length <= told) return [];
    return [`${recorded.length} calls are recorded as cut short and the app says ${told}`];
  }

  /** Milliseconds by which the clock was set meanwhile: entries and requests are compared by it. */
  #clockSlack(): number {
    const [last, now] = [this.#clockOffset, clockOffset()];
    this.#clockOffset = now;
    return Math.ceil(Math.abs(now - last)) + 1;
  }
}

/** Constant while nobody sets the clock. */
const clockOffset = (): number => Date.now() - performance.now();
