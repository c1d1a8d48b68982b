// The answers of a scope's members as one: each record with the customer it is of, and whose part is missing with the reason.
import { deny } from '../src-shared/model/denial.ts';
import { type AllowedAnswer, isDenied, type ToolAnswer, type Withheld } from '../src-shared/model/tool-answer.ts';

/** Bytes of records that one answer may hold, whoever they are of. */
const mostBytes = 4_000_000;

/** Takes the parts as they come, and holds on to no more of them than the whole may hold. */
export class CrossAnswer {
  readonly #parts = new Map<string, AllowedAnswer>();
  readonly #withheld = new Map<string, Withheld>();
  #bytes = 0;

  /** `customer` is the code of the member whose own call was answered so. */
  take(customer: string, answer: ToolAnswer): void {
    if (isDenied(answer)) return this.#withhold(customer, answer);
    const records = answer.records.map((record) => ({ customer, record }));
    const bytes = Buffer.byteLength(JSON.stringify(records));
    if (this.#bytes + bytes > mostBytes) return this.#withhold(customer, tooMuch);
    this.#bytes += bytes;
    this.#parts.set(customer, { ...answer, records });
  }

  /** All that came, in the order of `customers`. Who did not answer in time, or was not asked any more, is named. */
  whole(cross: string, customers: readonly string[], connector: string) {
    for (const customer of customers) {
      if (!this.#parts.has(customer) && !this.#withheld.has(customer)) this.#withhold(customer, tooLate);
    }
    const parts = customers.flatMap((customer) => this.#parts.get(customer) ?? []);
    const sum = (count: 'dropped' | 'redacted' | 'flagged'): number =>
      parts.reduce((total, part) => total + (part[count] ?? 0), 0);
    const flagged = sum('flagged');
    const counts = { dropped: sum('dropped'), redacted: sum('redacted'), ...(flagged === 0 ? {} : { flagged }) };
    const answer: Omit<AllowedAnswer, 'auditRef'> = {
      customer: cross,
      records: parts.flatMap(({ records }) => records),
      withheld: customers.flatMap((customer) => this.#withheld.get(customer) ?? []),
      more: parts.flatMap(({ customer, page }) => (page ? [customer] : [])),
      ...counts,
      provenance: { connector, trust: 'untrusted' },
    };
    return { answer, result: { records: answer.records.length, ...counts, bytes: this.#bytes } };
  }

  #withhold(customer: string, { code, reason }: Omit<Withheld, 'customer'>): void {
    this.#withheld.set(customer, { customer, code, reason });
  }
}

const tooMuch = deny('VENDOR_ERROR', {
  reason: 'With these records the answer would be larger than it may be. Ask for less at once.',
});

const tooLate = deny('TIMED_OUT', { reason: 'The call took too long, so this part was left out.' });
