/**
 * A JSON Schema as lines a person can read and compare. Nothing is left out: every keyword that the first line of an
 * argument does not say has a line of its own, so that two schemas with the same lines are the same schema.
 */
import { t } from '../../words.ts';

type Schema = Readonly<Record<string, unknown>>;

/** `ticketId: integer, needed`, then `ticketId, description: …`, for each argument in the order of its name. */
export function schemaLines(schema: Schema, path = ''): readonly string[] {
  const { type, properties, required, ...rest } = schema;
  const members = asObject(properties);
  const needed = Array.isArray(required) ? required : [];
  const own = Object.entries({
    ...(type === 'object' ? {} : { type: type ?? t('policy.reviews.anything') }),
    ...(isPlainObject(properties) ? {} : { properties }),
    ...(needed.every((name) => typeof name === 'string' && name in members) && Array.isArray(required)
      ? {}
      : { required }),
    ...rest,
  });
  return [
    ...Object.keys(members)
      .toSorted()
      .flatMap((name) => memberLines(members[name], `${path}${plain(name)}`, needed.includes(name))),
    ...own.flatMap(([keyword, value]) => keywordLines(path, keyword, value)),
  ];
}

function memberLines(raw: unknown, path: string, isNeeded: boolean): readonly string[] {
  if (!isPlainObject(raw)) return [`${path}: ${JSON.stringify(raw)}`];
  const { type, ...rest } = raw;
  const kind = typeof type === 'string' ? type : t('policy.reviews.anything');
  const head = `${path}: ${kind}, ${t(isNeeded ? 'policy.reviews.needed' : 'policy.reviews.optional')}`;
  const unsaid = typeof type === 'string' || type === undefined ? [] : [`${path}, type: ${JSON.stringify(type)}`];
  if (isPlainObject(rest['properties']))
    return [head, ...unsaid, ...schemaLines({ ...rest, type: 'object' }, `${path}.`)];
  return [
    head,
    ...unsaid,
    ...Object.entries(rest).flatMap(([keyword, value]) => keywordLines(`${path}.`, keyword, value)),
  ];
}

function keywordLines(path: string, keyword: string, value: unknown): readonly string[] {
  if (value === undefined) return [];
  if (keyword === 'items' && isPlainObject(value)) return memberLines(value, `${path}each`, true);
  const isProse = typeof value === 'string' && keyword === 'description' && !/[\n\r]/.test(value);
  const text = isProse ? value : JSON.stringify(value);
  const name = path === '' ? plain(keyword) : `${path.slice(0, -1)}, ${plain(keyword)}`;
  return [`${name}: ${text}`];
}

/** A name as it is, or quoted where it could pass for more than a name. */
const plain = (name: string): string => (/^[\w$-]+$/.test(name) ? name : JSON.stringify(name));

const isPlainObject = (value: unknown): value is Schema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const asObject = (value: unknown): Schema => (isPlainObject(value) ? value : {});
