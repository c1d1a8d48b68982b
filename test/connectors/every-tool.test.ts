// What must be true of every tool of this build, whoever adds the next one.
import { describe, expect, it } from 'vitest';
import { connectors } from '../../src-connectors/connectors.ts';
import { ToolName } from '../../src-shared/model/ids.ts';
import { needsPerson } from '../../src-shared/model/risk.ts';
import { northway } from '../demo/northway.ts';
import type { Example } from './example.ts';
import { haloExamples } from './halopsa/examples.ts';
import { huduExamples } from './hudu/examples.ts';
import { pax8Examples } from './pax8/examples.ts';

const tools = connectors.flatMap((connector) => connector.tools.map((tool) => ({ connector, tool })));
const examples = new Map<string, Example>();
const { halopsa, hudu, pax8 } = northway.vendors;
const [one, other] = northway.customers.filter(({ vendors }) => Object.keys(vendors).length === 3);
const idOf = (who: typeof one, vendor: string): string => String(who?.vendors[vendor]);
if (halopsa && hudu && pax8) {
  for (const example of [
    ...haloExamples(halopsa, idOf(one, 'halopsa'), idOf(other, 'halopsa')),
    ...huduExamples(hudu, idOf(one, 'hudu'), idOf(other, 'hudu')),
    ...pax8Examples(pax8, idOf(one, 'pax8'), idOf(other, 'pax8')),
  ])
    examples.set(example.tool, example);
}

interface Schema {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: unknown;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly maxLength?: number;
  readonly maxItems?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly pattern?: string;
  readonly format?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly description?: string;
}

/** The places of a schema that let anything in or out without bound. */
function unbounded(schema: Schema, path: string): string[] {
  if (schema.enum !== undefined || schema.const !== undefined) return [];
  const inside = [
    ...Object.entries(schema.properties ?? {}).flatMap(([name, inner]) => unbounded(inner, `${path}.${name}`)),
    ...(schema.items === undefined ? [] : unbounded(schema.items, `${path}[]`)),
    ...(schema.anyOf ?? []).flatMap((inner) => unbounded(inner, path)),
  ];
  if (schema.type === 'object' && schema.additionalProperties !== false) inside.push(`${path} takes any member`);
  if (schema.type === 'array' && schema.maxItems === undefined) inside.push(`${path} has any length`);
  const isBoundText = schema.maxLength !== undefined || schema.pattern !== undefined || schema.format !== undefined;
  if (schema.type === 'string' && !isBoundText) inside.push(`${path} is any text`);
  if (schema.type === undefined && schema.anyOf === undefined) inside.push(`${path} is anything`);
  return inside;
}

describe('every tool of this build', () => {
  it('has a name of its own, over all connectors', () => {
    const names = tools.map(({ tool }) => tool.name);
    expect(names.toSorted()).toEqual([...new Set(names)].toSorted());
    expect(names.filter((name) => !ToolName.safeParse(name).success)).toEqual([]);
  });

  describe.each(tools.map(({ connector, tool }) => [tool.name, connector, tool] as const))(
    '%s',
    (name, connector, tool) => {
      const definition = tool.definition();

      it('belongs to its connector, and says what it does, of what risk and within what limits', () => {
        expect(definition).toMatchObject({ name, connector: connector.name });
        expect(definition.description.length).toBeGreaterThan(60);
        expect(definition.limits.deadlineMs).toBeLessThanOrEqual(120_000);
        expect(definition.limits.maxBytes).toBeLessThanOrEqual(8_000_000);
      });

      it('proves whose its records are, by ids of its vendor’s kind', () => {
        const { owner } = tool;
        expect(owner.ids ?? 'number').toBe(connector.owner.ids);
        if ('catalogue' in owner) expect(owner.catalogue.mustLack.length).toBeGreaterThan(0);
        else if ('sharedWith' in owner) expect(owner.sharedWith.list).not.toBe('');
        else expect(owner.owner).not.toBe('');
        expect(definition.records).toBe('catalogue' in owner ? 'catalogue' : 'customer');
      });

      it('takes few, typed and bounded arguments, each explained', () => {
        const schema = definition.inputSchema as Schema;
        expect(unbounded(schema, 'arguments')).toEqual([]);
        const { properties = {} } = schema;
        expect(Object.entries(properties).filter(([, { description = '' }]) => description === '')).toEqual([]);
        expect(Object.keys(properties).length).toBeLessThanOrEqual(14);
        expect(Object.keys(properties).filter((member) => widening.test(member))).toEqual([]);
      });

      it('returns a bounded record and nothing undeclared', () => {
        expect(unbounded(definition.recordSchema as Schema, 'record')).toEqual([]);
      });

      it('names no secret and no link among what it returns, unless revealing one is what it is for', () => {
        const names = Object.keys((definition.recordSchema as Schema).properties ?? {});
        const secret =
          definition.risk === 'credential'
            ? /otpSecret|seed|shareUrl/i
            : /^password$|secret|otp|shareUrl|partnerCost|margin/i;
        expect(names.filter((member) => secret.test(member))).toEqual([]);
      });

      it('is a read that changes nothing, or a write of a class that says so', () => {
        const isWrite = tool.kind === 'change' || tool.kind === 'set';
        const isWriteRisk = ['write', 'external', 'spend', 'destructive'].includes(definition.risk);
        expect(isWriteRisk).toBe(isWrite);
        if (definition.risk === 'credential') expect(definition.returns).toBe('one');
        if (['spend', 'destructive', 'external', 'credential'].includes(definition.risk))
          expect(needsPerson(definition.risk)).toBe(true);
      });

      it('has an example that fits its schema, with a foreign and a missing record where it names one', () => {
        const example = examples.get(name);
        if (example === undefined) throw new Error(`${name} has no example, so no vector`);
        const namesRecord = Object.keys((definition.inputSchema as Schema).properties ?? {}).some((member) =>
          /^(?:id|[a-z]+Id)$/.test(member),
        );
        for (const given of [example.own, example.foreign, example.missing]) {
          if (given !== undefined) expect(tool.input.safeParse({ customer: 'X-1', ...given }).error).toBeUndefined();
        }
        if (namesRecord && definition.records === 'customer') {
          expect(example.foreign, 'an example that names another customer’s record').toBeDefined();
          expect(example.missing, 'an example that names no record').toBeDefined();
        }
      });
    },
  );
});

/** Arguments that would let a model choose what is asked of a vendor (tools.md §4). */
const widening = /filter|conditions|advanced|url|link|query|fields|include|sql|path|owner|company|client|tenant/i;
