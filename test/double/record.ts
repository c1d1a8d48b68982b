/** What the application asked of Electron, in order, for the test that started it. */
export interface Recorded {
  readonly what: string;
  readonly detail?: unknown;
}

const records: Recorded[] = [];

export function record(what: string, detail?: unknown): void {
  records.push(detail === undefined ? { what } : { what, detail });
}

export const recorded = (): readonly Recorded[] => records;
