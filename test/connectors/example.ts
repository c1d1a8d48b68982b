// How each tool is called, for the suites that call every tool there is: one example a tool and customer, from the
// vendor's raw demo data. A tool without one fails test/connectors/every-tool.test.ts.

export interface Example {
  readonly tool: string;
  /** Arguments, without `customer`, that succeed for the bound customer. */
  readonly own: Readonly<Record<string, unknown>>;
  /** The same, naming records of another customer. Absent where no argument names a record. */
  readonly foreign?: Readonly<Record<string, unknown>>;
  /** The same, naming records that do not exist. */
  readonly missing?: Readonly<Record<string, unknown>>;
}

/** `owner` and `other` are the vendor's ids of two customers, as a mapping holds them. */
export type ExamplesOf<Data> = (data: Data, owner: string, other: string) => readonly Example[];
