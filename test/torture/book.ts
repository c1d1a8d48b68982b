// The ledger as it is read while it grows: what each entry says that others are matched with, and the chain from one to the next.
import type { ui } from '../../src-shared/contract/ui.ts';
import type { Entry } from '../../src-shared/model/entry.ts';
import { lookUpTool } from '../../src-shared/model/subject.ts';
import type { Client } from '../../src-shared/wire/contract.ts';
import { markRecorded } from './marks.ts';

export interface Line {
  readonly seq: number;
  readonly kind: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly client: string;
  readonly tool: string;
  readonly connector: string;
  readonly status: string;
  readonly ref: number;
  mark: number | null;
}

type Operator = Pick<Client<typeof ui>, 'entries' | 'bodiesOf'>;

const pageSize = 500;
const bodiesAtOnce = 250;

export class Book {
  readonly #lines: Line[] = [];
  readonly #intents = new Map<number, Line[]>();
  readonly #outcomes = new Map<number, Line[]>();
  /** Intents without an outcome. */
  readonly #open = new Set<number>();
  #leaf = '0'.repeat(64);
  /** What is wrong with the ledger as a chain of entries. */
  readonly flaws: string[] = [];

  get lines(): readonly Line[] {
    return this.#lines;
  }

  line(seq: number): Line | undefined {
    return this.#lines[seq - 1];
  }

  /** Those of the call itself: what it acts on is looked up as a call of its own, which lets nothing be changed. */
  intentsOf(mark: number): readonly Line[] {
    return this.#intents.get(mark) ?? [];
  }

  outcomesOf(intent: number): readonly Line[] {
    return this.#outcomes.get(intent) ?? [];
  }

  get open(): readonly number[] {
    return [...this.#open];
  }

  /** Reads on from where it was. Nobody may be appending. */
  async readOn(operator: Operator): Promise<void> {
    for (let isEnd = false; !isEnd; ) {
      const page = await operator.entries({ after: this.#lines.length, limit: pageSize, filter: {} });
      isEnd = page.isEnd || page.entries.length === 0;
      await this.add(page.entries, operator);
    }
  }

  /** Exported for tests: `readOn` is this for each page. */
  async add(entries: readonly Entry[], operator: Pick<Operator, 'bodiesOf'>): Promise<void> {
    const sealed: Line[] = [];
    for (const entry of entries) {
      const line = lineOf(entry);
      if (entry.seq !== this.#lines.length + 1 || entry.prev !== this.#leaf)
        this.flaws.push(`entry ${entry.seq} does not follow entry ${this.#lines.length}`);
      this.#leaf = entry.leaf;
      this.#lines.push(line);
      if (entry.body !== undefined && entry.kind === 'call.intent') sealed.push(line);
      if (line.kind === 'call.intent') this.#open.add(line.seq);
      if (line.kind !== 'call.outcome') continue;
      this.#open.delete(line.ref);
      this.#outcomes.set(line.ref, [...this.outcomesOf(line.ref), line]);
    }
    for (let at = 0; at < sealed.length; at += bodiesAtOnce)
      await this.#openBodies(sealed.slice(at, at + bodiesAtOnce), operator);
    for (const line of this.#lines.slice(this.#lines.length - entries.length)) {
      if (line.kind !== 'call.intent') continue;
      if (line.mark === null) this.flaws.push(`the intent ${line.seq} does not say what was asked`);
      else if (line.tool !== lookUpTool) this.#intents.set(line.mark, [...this.intentsOf(line.mark), line]);
    }
  }

  async #openBodies(lines: readonly Line[], operator: Pick<Operator, 'bodiesOf'>): Promise<void> {
    for (const { seq, body, why } of await operator.bodiesOf({ seqs: lines.map(({ seq }) => seq) })) {
      const line = this.line(seq);
      if (body === null) this.flaws.push(`the body of entry ${seq} cannot be had: ${why}`);
      else if (line) line.mark = markRecorded(body['params']);
    }
  }
}

function lineOf({ seq, kind, at, principal, tool, connector, result, ref, params }: Entry): Line {
  return {
    seq,
    kind,
    at: Date.parse(at),
    client: principal.client,
    tool: tool ?? '',
    connector: connector ?? '',
    status: result?.status ?? '',
    ref: ref ?? 0,
    mark: kind === 'call.intent' ? markRecorded(params) : null,
  };
}
