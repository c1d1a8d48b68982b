import {
  type PolicyJson,
  policyToJson,
  preparsePolicySet,
  preparseSchema,
  validate,
} from '@cedar-policy/cedar-wasm/nodejs';
import { createHash } from 'node:crypto';
import { canonical } from '../../src-shared/canonical.ts';
import type { Rule } from '../../src-shared/model/approval.ts';
import type { Bundle } from '../../src-shared/model/bundle.ts';
import { Risk } from '../../src-shared/model/risk.ts';
import { invalid } from './invalid.ts';
import { Remembered } from './remembered.ts';
import { policySchema } from './schema.ts';
import { hasTooManyBrackets, hasTooManyLevels } from './too-deep.ts';

/** A tenant's policies, parsed and kept by Cedar. */
export interface Rules {
  readonly schema: string;
  /**
   * The policies that a question about this action and a person of these roles can match. Cedar looks at every policy it is
   * given, and of a large company's most are about something else.
   */
  readonly setFor: (action: string, roles: readonly string[]) => Slice;
  /** What each policy says in plain words, by id: its annotation `@says`, or nothing. */
  readonly byId: ReadonlyMap<string, Rule>;
  /** The customers that a policy names. */
  readonly named: ReadonlySet<string>;
}

export interface Slice {
  /** Under which Cedar keeps it. */
  readonly name: string;
  /** Whether an answer may depend on this member of the context. */
  readonly reads: (member: string) => boolean;
}

const schemaName = 'bulkhead';
const customerType = 'Bulkhead::Customer';
const roleType = 'Bulkhead::Role';
const mostWords = 300;

/**
 * Parses and validates a bundle's policies, strictly. A policy that names a group or a customer the bundle does not have
 * is refused as well: a misspelt one in a `forbid` would forbid nothing, silently.
 * @throws Fault POLICY_INVALID
 */
export function loadRules({ tenant, customers, policy: { policies, groups } }: Bundle): Rules {
  const names = new Map([
    ['Bulkhead::Tenant', new Set<string>([tenant.id])],
    [customerType, new Set<string>(customers.map(({ id }) => id))],
    ['Bulkhead::Group', new Set(groups.map(({ id }) => id))],
  ]);
  const parsed = Object.entries(policies).map(([id, text]) => parse(id, text, names));
  const byId = new Map(parsed.map(({ rule }) => [rule.id, rule]));
  const named = new Set(
    parsed.flatMap(({ entities }) => entities.filter(({ type }) => type === customerType).map(({ id }) => id)),
  );
  const policySet = { staticPolicies: { ...policies } };
  const validation = validate({ schema: policySchema, policies: policySet, validationSettings: { mode: 'strict' } });
  mustBeRead(validation);
  const [wrong] = validation.validationErrors;
  if (wrong)
    throw invalid(`the rule "${wrong.policyId}" does not fit this version of Bulkhead: ${wrong.error.message}.`);
  mustBeRead(preparseSchema(schemaName, policySchema));
  return { schema: schemaName, setFor: slices(parsed), byId, named };
}

/** What was read one by one is read together as well. Were it not, nothing of it could be trusted. */
function mustBeRead<T extends { readonly type: string }>(
  answer: T,
): asserts answer is Extract<T, { readonly type: 'success' }> {
  if (answer.type !== 'success') throw invalid('its rules cannot be read.');
}

/** Slices kept by what they are for. People of one device have few combinations of roles. */
const mostSlices = 2000;

function slices(parsed: readonly Parsed[]): Rules['setFor'] {
  const known = new Remembered<Slice>(mostSlices);
  return (action, roles) =>
    known.of([action, roles], () =>
      sliceOf(parsed.filter(({ scope }) => isIn(scope.action, action) && isOf(scope.principal, roles))),
    );
}

function sliceOf(parts: readonly Parsed[]): Slice {
  const read = new Set(parts.flatMap(({ reads }) => reads));
  return { name: keep(parts), reads: (member) => read.has(member) || read.has(whole) };
}

/** The sets that Cedar keeps, by their names. It keeps them for good, whoever asked. */
const kept = new Remembered<string>(mostSlices);

/** Named by their text, two sets can never be taken for one another. */
function keep(slice: readonly Parsed[]): string {
  const staticPolicies = Object.fromEntries(slice.map(({ rule, text }) => [rule.id, text]));
  const name = createHash('sha256').update(canonical(staticPolicies)).digest('hex');
  return kept.of(name, () => {
    mustBeRead(preparsePolicySet(name, { staticPolicies }));
    return name;
  });
}

interface Parsed {
  readonly rule: Rule;
  readonly text: string;
  readonly scope: Pick<PolicyJson, 'principal' | 'action'>;
  readonly entities: readonly Named[];
  readonly reads: readonly string[];
}

function parse(id: string, text: string, names: ReadonlyMap<string, ReadonlySet<string>>): Parsed {
  if (hasTooManyBrackets(text)) throw tooDeep(id);
  const parsed = policyToJson(text);
  if (parsed.type !== 'success') throw invalid(`the rule "${id}" is not one Cedar policy.`);
  const { annotations, ...body } = parsed.json;
  if (hasTooManyLevels(body)) throw tooDeep(id);
  const entities = entitiesIn(body);
  for (const entity of entities) {
    if (names.get(entity.type)?.has(entity.id) === false) {
      throw invalid(`the rule "${id}" names ${entity.type}::"${entity.id.slice(0, 80)}", which does not exist.`);
    }
  }
  const says = annotations?.['says'] ?? '';
  if (says.length > mostWords) throw invalid(`what the rule "${id}" says is longer than ${mostWords} characters.`);
  return { rule: { id, says }, text, scope: body, entities, reads: contextIn(body.conditions) };
}

const tooDeep = (id: string): Error => invalid(`the rule "${id}" is nested too deeply, or has too many conditions.`);

/** Whether a policy's scope takes in an action: names it, names its group, or leaves it open. */
function isIn(scope: PolicyJson['action'], action: string): boolean {
  if (scope.op === 'All') return true;
  const group = Risk.safeParse(action).success ? 'call' : action;
  return entitiesIn(scope).some(({ id }) => id === action || id === group);
}

/** Whether a policy's scope takes in a person of these roles. Nothing else that a scope can say is decided here. */
const isOf = (scope: PolicyJson['principal'], roles: readonly string[]): boolean =>
  entitiesIn(scope).every(({ type, id }) => type !== roleType || roles.includes(id));

interface Named {
  readonly type: string;
  readonly id: string;
}

/** Every entity a policy names, wherever in its structure (Cedar's JSON policy format) it does. */
const entitiesIn = (part: unknown): Named[] =>
  isNamed(part) ? [part] : Object.values(membersOf(part)).flatMap(entitiesIn);

/** Stands for every member: the policy uses the context otherwise than by its members. */
const whole = '*';

/** The members of the context that a part of a policy looks at (in Cedar's JSON format, `context.x` and `context has x`). */
function contextIn(part: unknown): string[] {
  if (isContext(part)) return [whole];
  return Object.values(membersOf(part)).flatMap((each) => (isOfContext(each) ? [each.attr] : contextIn(each)));
}

const isNamed = (part: unknown): part is Named => typeof membersOf(part)['id'] === 'string';
const isContext = (part: unknown): boolean => membersOf(part)['Var'] === 'context';
/** In a policy's own records every value is an expression, so none can be taken for the name of a member. */
const isOfContext = (part: unknown): part is { readonly attr: string } =>
  isContext(membersOf(part)['left']) && typeof membersOf(part)['attr'] === 'string';

/** Of what is no object there are none. */
const membersOf = (part: unknown): Readonly<Record<string, unknown>> => (typeof part === 'object' ? { ...part } : {});
