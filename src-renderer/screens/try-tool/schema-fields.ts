/** A tool's JSON Schema as form fields, and what was typed as arguments. The schema comes from a connector of this build. */

type Schema = Readonly<Record<string, unknown>>;

export interface SchemaField {
  readonly name: string;
  readonly kind:
    | 'text'
    | 'long'
    | 'secret'
    | 'date'
    | 'time'
    | 'integer'
    | 'number'
    | 'choice'
    | 'flag'
    | 'lines'
    | 'group'
    | 'json';
  readonly isRequired: boolean;
  readonly help: string;
  readonly choices: readonly string[];
  /** Whether the choices, or each of the lines, are numbers. */
  readonly isNumeric: boolean;
  /** Least and most: of a number its value, of a text its length, of lines and groups how many. Infinite where open. */
  readonly least: number;
  readonly most: number;
  /** The fields of one member of a group. */
  readonly members: readonly SchemaField[];
}

/** What was typed, by field: a text, or the members of a group. */
export interface Typed {
  readonly [name: string]: string | readonly Typed[] | undefined;
}

export interface Misfit {
  /** The path of the first field that does not fit: `note`, `lines.0.quantity`. */
  readonly field: string;
  readonly why: 'needed' | 'kind' | 'least' | 'most';
}

type Read<T> = { readonly ok: true; readonly value: T } | ({ readonly ok: false } & Misfit);

/** The arguments a person fills in. `customer` is not among them: the form's own customer is sent. */
export function schemaFields(schema: Schema): readonly SchemaField[] {
  const required = Array.isArray(schema['required']) ? schema['required'] : [];
  return Object.entries(asObject(schema['properties']))
    .filter(([name]) => name !== 'customer')
    .map(([name, raw]) => fieldOf(name, asObject(raw), required.includes(name)))
    .sort((one, other) => Number(other.isRequired) - Number(one.isRequired));
}

/** What was typed as arguments: empty optional fields left out. Names the first field that does not fit instead. */
export function toArguments(fields: readonly SchemaField[], typed: Typed): Read<Record<string, unknown>> {
  const value: Record<string, unknown> = {};
  for (const field of fields) {
    const read = readField(field, typed[field.name]);
    if (!read.ok) return { ...read, field: read.field === '' ? field.name : `${field.name}.${read.field}` };
    if (read.value !== undefined) value[field.name] = read.value;
  }
  return { ok: true, value };
}

/** Without what must not stay in the window once it is sent. */
export function withoutSecrets(fields: readonly SchemaField[], typed: Typed): Typed {
  const kept = fields
    .filter(({ kind }) => kind !== 'secret')
    .map(({ name, members }) => {
      const value = typed[name];
      const isGroup = value !== undefined && typeof value !== 'string';
      return [name, isGroup ? value.map((member) => withoutSecrets(members, member)) : value] as const;
    });
  return Object.fromEntries(kept);
}

function fieldOf(name: string, raw: Schema, isRequired: boolean): SchemaField {
  const schema = withoutNull(raw);
  const items = asObject(schema['items']);
  const choices = choicesOf(schema);
  const members = schema['type'] === 'array' && items['type'] === 'object' ? schemaFields(items) : [];
  const kind = kindOf(schema, { choices, items, members });
  const help = raw['description'] ?? schema['description'];
  const numeric = kind === 'lines' ? items['type'] : schema['type'];
  return {
    name,
    kind,
    isRequired,
    help: typeof help === 'string' ? help : '',
    choices,
    isNumeric: numeric === 'integer' || numeric === 'number',
    least: limit(schema, ['minimum', 'minItems', 'minLength']) ?? Number.NEGATIVE_INFINITY,
    most: limit(schema, ['maximum', 'maxItems', 'maxLength']) ?? Number.POSITIVE_INFINITY,
    members,
  };
}

interface Parts {
  readonly choices: readonly string[];
  readonly items: Schema;
  readonly members: readonly SchemaField[];
}

function kindOf(schema: Schema, { choices, items, members }: Parts): SchemaField['kind'] {
  const { type, format } = schema as { readonly type?: unknown; readonly format?: unknown };
  if (choices.length > 0) return 'choice';
  if (type === 'string') {
    if (schema['writeOnly'] === true) return 'secret';
    if (format === 'date') return 'date';
    if (format === 'date-time') return 'time';
    return (limit(schema, ['maxLength']) ?? 0) > 300 ? 'long' : 'text';
  }
  if (type === 'integer' || type === 'number') return type;
  if (type === 'boolean') return 'flag';
  if (type !== 'array') return 'json';
  const isPlain = ['string', 'integer', 'number'].includes(String(items['type']));
  if (isPlain) return 'lines';
  const isSimple = members.length > 0 && members.every((each) => each.kind !== 'group' && each.kind !== 'json');
  return isSimple ? 'group' : 'json';
}

function readField(field: SchemaField, typed: Typed[string]): Read<unknown> {
  if (field.kind === 'group') return readGroup(field, typed !== undefined && typeof typed !== 'string' ? typed : []);
  const raw = typeof typed === 'string' ? typed : '';
  const text = field.kind === 'secret' ? raw : raw.trim();
  if (text === '') return field.isRequired ? misfit('needed') : { ok: true, value: undefined };
  const value = readValue(field, text);
  if (value === undefined) return misfit('kind');
  const size =
    typeof value === 'number' ? value : typeof value === 'string' || Array.isArray(value) ? value.length : null;
  if (field.kind !== 'choice' && size !== null && size < field.least) return misfit('least');
  return field.kind !== 'choice' && size !== null && size > field.most ? misfit('most') : { ok: true, value };
}

function readGroup({ members, isRequired, least, most }: SchemaField, typed: readonly Typed[]): Read<unknown> {
  if (typed.length === 0) return isRequired ? misfit('needed') : { ok: true, value: undefined };
  if (typed.length < least) return misfit('least');
  if (typed.length > most) return misfit('most');
  const values: unknown[] = [];
  for (const [place, member] of typed.entries()) {
    const read = toArguments(members, member);
    if (!read.ok) return { ...read, field: `${place}.${read.field}` };
    values.push(read.value);
  }
  return { ok: true, value: values };
}

function readValue({ kind, choices, isNumeric }: SchemaField, text: string): unknown {
  switch (kind) {
    case 'integer':
      return wholeNumber(text);
    case 'number':
      return Number.isFinite(Number(text)) ? Number(text) : undefined;
    case 'flag':
      return text === 'true';
    case 'choice':
      return choices.includes(text) ? (isNumeric ? Number(text) : text) : undefined;
    case 'date':
      return /^\d{4}-\d\d-\d\d$/.test(text) ? text : undefined;
    case 'time':
      return Number.isNaN(Date.parse(text)) ? undefined : new Date(text).toISOString();
    case 'lines': {
      const lines = text.split('\n').map((line) => line.trim());
      const values = lines.filter((line) => line !== '').map((line) => (isNumeric ? wholeNumber(line) : line));
      return values.includes(undefined) ? undefined : values;
    }
    case 'json':
      try {
        return JSON.parse(text) as unknown;
      } catch {
        return undefined; // Not JSON: the form says so at the field.
      }
    case 'text':
    case 'long':
    case 'secret':
    case 'group':
      return text;
  }
}

const wholeNumber = (text: string): number | undefined => (/^-?\d{1,15}$/.test(text) ? Number(text) : undefined);
const misfit = (why: Misfit['why']): Read<never> => ({ ok: false, field: '', why });

function choicesOf(schema: Schema): readonly string[] {
  const { type, const: only, enum: several } = schema as { type?: unknown; const?: unknown; enum?: unknown };
  const values = Array.isArray(several) ? (several as unknown[]) : only === undefined ? [] : [only];
  const isPlain = values.every((value) => typeof value === 'string' || typeof value === 'number');
  return isPlain && type !== 'array' ? values.map(String) : [];
}

/** The one thing a nullable schema otherwise is. Leaving the field empty says the same as null. */
function withoutNull(schema: Schema): Schema {
  const either = schema['anyOf'] ?? schema['oneOf'];
  if (!Array.isArray(either)) return schema;
  const rest = either.map(asObject).filter(({ type }) => type !== 'null');
  return rest.length === 1 && rest[0] !== undefined ? rest[0] : schema;
}

function limit(schema: Schema, names: readonly string[]): number | undefined {
  return names.map((name) => schema[name]).find((value) => typeof value === 'number');
}

const asObject = (value: unknown): Schema =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
