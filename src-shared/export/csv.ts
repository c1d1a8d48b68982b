import type { Entry } from '../model/entry.ts';
import { pages, type Source } from './source.ts';

type Cell = string | number | null | undefined;

/** The columns of an entry, in order. A denied call says at which gate and why. */
const columns: Readonly<Record<string, (entry: Entry) => Cell>> = {
  seq: ({ seq }) => seq,
  at: ({ at }) => at,
  kind: ({ kind }) => kind,
  customer: ({ customer }) => customer,
  technician: ({ principal }) => principal.name,
  technicianId: ({ principal }) => principal.id,
  principalKind: ({ principal }) => principal.kind,
  client: ({ principal }) => principal.client,
  tool: ({ tool }) => tool,
  connector: ({ connector }) => connector,
  risk: ({ risk }) => risk,
  status: ({ result }) => result?.status,
  deniedAt: (entry) => denied(entry)?.gate,
  deniedCode: (entry) => denied(entry)?.code,
  records: ({ result }) => result?.records,
  dropped: ({ result }) => result?.dropped,
  redacted: ({ result }) => result?.redacted,
  flagged: ({ result }) => result?.flagged,
  bytes: ({ result }) => result?.bytes,
  ms: ({ result }) => result?.ms,
  policyVersion: ({ policyVersion }) => policyVersion,
  ref: ({ ref }) => ref,
  params: ({ params }) => params && JSON.stringify(params),
  decision: ({ decision }) => decision && JSON.stringify(decision),
  tenant: ({ tenant }) => tenant,
  device: ({ device }) => device,
  prev: ({ prev }) => prev,
  leaf: ({ leaf }) => leaf,
  clock: ({ clock }) => clock,
};

/**
 * RFC 4180, for a spreadsheet: for reading, not evidence, because it holds no checkpoint and not every member. Starts with
 * the byte order mark that Excel needs to see UTF-8.
 */
export async function* csv(source: Source): AsyncGenerator<string> {
  yield `\uFEFF${row(Object.keys(columns))}`;
  for await (const entries of pages(source))
    yield entries.map((entry) => row(Object.values(columns).map((value) => value(entry)))).join('');
}

function denied({ gates }: Entry): { readonly gate: string; readonly code?: string | undefined } | undefined {
  return gates?.find(({ ok }) => !ok);
}

const row = (cells: readonly Cell[]): string => `${cells.map(cell).join(',')}\r\n`;

/**
 * A cell that no spreadsheet takes for a formula: names and arguments were chosen by whoever called. What begins like one gets an
 * apostrophe in front, also behind spaces or quotes or in a full-width form, and also behind a `;` or `,` in the middle: a
 * spreadsheet may part cells by another of these than this file does, and then every quote in it is as good as any other.
 * Line breaks, tabs and other control characters become spaces.
 */
function cell(value: Cell): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'number') return String(value);
  const text = value.toWellFormed().replaceAll(unprintable, ' ').replaceAll(beforeFormula, "$&'");
  return `"${text.replaceAll('"', '""')}"`;
}

const beforeFormula = /(?:^|[;,])(?=["\s]*[=+\-@|%＝＋－＠])/g;
// oxlint-disable-next-line no-control-regex
const unprintable = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g;
