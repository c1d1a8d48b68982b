import { createHash } from 'node:crypto';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { canonical } from '../src-shared/canonical.ts';
import { Fault } from '../src-shared/fault.ts';
import { isRead } from '../src-shared/model/risk.ts';
import type { ToolDefinition } from '../src-shared/model/tool.ts';
import { toolHash } from '../src-shared/tool-hash.ts';
import { mark } from './screen/records.ts';

/** A tool as the gates need it: its definition, and how arguments are judged. */
export interface KnownTool {
  readonly definition: ToolDefinition;
  /** Whether a person accepted exactly this definition. One that is not accepted is never offered and never called. */
  readonly review: 'accepted' | 'new' | 'changed';
  /** Why the arguments do not fit, in words safe to return, or undefined when they do. */
  readonly misfit: (args: Readonly<Record<string, unknown>>) => string | undefined;
  /** The arguments that are secrets, declared by JSON Schema's `writeOnly`: never written down. */
  readonly secrets: ReadonlySet<string>;
}

/**
 * `pins`: name to hash of what a person accepted. A definition without its pin, or with another, is known and not reviewed.
 * @throws Fault TOOLS_INVALID
 */
export function knownTools(
  definitions: readonly ToolDefinition[],
  pins: Readonly<Record<string, string>>,
): ReadonlyMap<string, KnownTool> {
  // `1e999` is JSON and reads as Infinity, which no ledger can hold and no worker can be sent: strictNumbers refuses it.
  const ajv = new Ajv2020({
    strict: false,
    strictNumbers: true,
    allErrors: false,
    coerceTypes: false,
    useDefaults: false,
  });
  const known = new Map<string, KnownTool>();
  for (const definition of definitions) {
    if (known.has(definition.name)) {
      throw new Fault('TOOLS_INVALID', 'Two connectors declare a tool of the same name.');
    }
    const review = reviewOf(definition, pins);
    // A schema that nobody accepted is not even compiled: it could keep every other tool from working.
    const validate = review === 'accepted' ? ajv.compile(definition.inputSchema) : undefined;
    known.set(definition.name, {
      definition,
      review,
      misfit: (args) =>
        validate
          ? (misfit(validate, args) ?? unwritable(args) ?? (isRead(definition.risk) ? undefined : marked(args)))
          : 'nobody has reviewed what they should be',
      secrets: secretsOf(definition),
    });
  }
  return known;
}

function reviewOf(definition: ToolDefinition, pins: Readonly<Record<string, string>>): KnownTool['review'] {
  const pin = Object.hasOwn(pins, definition.name) ? pins[definition.name] : undefined;
  if (pin === undefined) return 'new';
  return pin === toolHash(definition, sha256Hex) ? 'accepted' : 'changed';
}

const sha256Hex = (text: string): string => createHash('sha256').update(text).digest('hex');

/** What an AI was not shown it cannot write back: the mark would take the place of the name for good. */
function marked(value: unknown): string | undefined {
  if (typeof value === 'string')
    return value.includes(mark)
      ? `a text in them holds "${mark}", which stands for words that were not shown`
      : undefined;
  if (typeof value !== 'object' || value === null) return undefined;
  for (const inner of Object.values(value)) {
    const found = marked(inner);
    if (found !== undefined) return found;
  }
  return undefined;
}

function secretsOf({ inputSchema }: ToolDefinition): ReadonlySet<string> {
  const { properties = {} } = inputSchema as { properties?: Readonly<Record<string, { writeOnly?: unknown }>> };
  return new Set(Object.keys(properties).filter((name) => properties[name]?.writeOnly === true));
}

/**
 * The most a call may be asked with, as bytes of canonical text. The ledger keeps as much of a call that runs whole, and a little
 * more (src-ledger/limited.ts): what an AI does can be read there, and people are asked about nothing that cannot.
 */
const mostBytes = 64 * 1024;

/** Half a surrogate pair fits every schema and has no UTF-8 form: no grant could be signed for it, no vendor be sent it. */
function unwritable(args: Readonly<Record<string, unknown>>): string | undefined {
  try {
    const isLonger = Buffer.byteLength(canonical(args)) > mostBytes;
    return isLonger
      ? 'they are longer than 64 KiB, the most that is kept on record of a call; make several'
      : undefined;
  } catch {
    return 'a text in them is not Unicode';
  }
}

function misfit(validate: ValidateFunction, args: Readonly<Record<string, unknown>>): string | undefined {
  if (validate(args)) return undefined;
  const [first] = validate.errors ?? [];
  if (!first) return 'they are not valid';
  const extra: unknown = first.params['additionalProperty'];
  if (typeof extra === 'string') return `there is no argument "${extra.slice(0, 40)}"`;
  const missing: unknown = first.params['missingProperty'];
  if (typeof missing === 'string') return `"${missing.slice(0, 40)}" is missing`;
  const place = first.instancePath.slice(1) || 'they';
  // A pattern means nothing to whoever must mend it; the schema describes the argument.
  const fault =
    first.keyword === 'pattern' ? 'does not have the form it is described with' : (first.message ?? 'not valid');
  return `${place} ${fault}`.slice(0, 200);
}
