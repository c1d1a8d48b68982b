/** A tool's JSON Schema as form fields, and what was typed as arguments. The schema comes from a connector of this build. */

export interface SchemaField {
  readonly name: string;
  readonly kind: 'text' | 'integer' | 'number' | 'choice' | 'flag' | 'json';
  readonly isRequired: boolean;
  readonly help: string;
  readonly choices: readonly string[];
}

/** The arguments a person fills in. `customer` is not among them: the form's own customer is sent. */
export function schemaFields(schema: Readonly<Record<string, unknown>>): readonly SchemaField[] {
  const required = Array.isArray(schema['required']) ? schema['required'] : [];
  return Object.entries(asObject(schema['properties']))
    .filter(([name]) => name !== 'customer')
    .map(([name, raw]) => {
      const property = asObject(raw);
      const choices = Array.isArray(property['enum']) ? property['enum'].map(String) : [];
      return {
        name,
        kind: kindOf(property, choices),
        isRequired: required.includes(name),
        help: typeof property['description'] === 'string' ? property['description'] : '',
        choices,
      };
    })
    .sort((one, other) => Number(other.isRequired) - Number(one.isRequired));
}

export type Typed = Readonly<Record<string, string>>;

/** What was typed as arguments: empty optional fields left out. Names the first field that does not fit instead. */
export function toArguments(
  fields: readonly SchemaField[],
  typed: Typed,
): { readonly ok: true; readonly value: Record<string, unknown> } | { readonly ok: false; readonly field: string } {
  const value: Record<string, unknown> = {};
  for (const { name, kind, isRequired } of fields) {
    const text = (typed[name] ?? '').trim();
    if (text === '') {
      if (isRequired) return { ok: false, field: name };
      continue;
    }
    const read = readValue(kind, text);
    if (read === undefined) return { ok: false, field: name };
    value[name] = read;
  }
  return { ok: true, value };
}

function readValue(kind: SchemaField['kind'], text: string): unknown {
  if (kind === 'integer') return /^-?\d{1,15}$/.test(text) ? Number(text) : undefined;
  if (kind === 'number') return Number.isFinite(Number(text)) ? Number(text) : undefined;
  if (kind === 'flag') return text === 'true';
  if (kind !== 'json') return text;
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // Not JSON: the form says so at the field.
  }
}

function kindOf(property: Readonly<Record<string, unknown>>, choices: readonly string[]): SchemaField['kind'] {
  const type = property['type'];
  if (choices.length > 0 && (type === 'string' || type === undefined)) return 'choice';
  if (type === 'string') return 'text';
  if (type === 'integer' || type === 'number') return type;
  return type === 'boolean' ? 'flag' : 'json';
}

const asObject = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
