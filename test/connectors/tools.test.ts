import { describe, expect, it } from 'vitest';
import { connectors } from '../../src-connectors/connectors.ts';
import { ToolDefinition } from '../../src-shared/model/tool.ts';

const tools = connectors.flatMap((connector) => connector.tools.map((tool) => ({ connector: connector.name, tool })));
type Schema = { [name: string]: unknown; properties?: Record<string, Schema>; items?: Schema };

/** Every object schema in a schema, the outer one first. */
function objectsIn(schema: Schema): Schema[] {
  const inner = [...Object.values(schema.properties ?? {}), ...(schema.items === undefined ? [] : [schema.items])];
  return [...(schema['type'] === 'object' ? [schema] : []), ...inner.flatMap(objectsIn)];
}

describe('every tool', () => {
  it('is listed once, by a name no other has', () => {
    const names = tools.map(({ tool }) => tool.name);
    expect(names.toSorted()).toEqual([...new Set(names)].toSorted());
    expect(names).toEqual([
      'ticket_list',
      'ticket_get',
      'ticket_search',
      'customer_get',
      'contact_search',
      'asset_list',
      'asset_get',
      'ticket_note_add',
    ]);
  });

  it.each(tools.map(({ connector, tool }) => [tool.name, connector, tool] as const))(
    '%s declares all it must',
    (name, connector, tool) => {
      const definition = tool.definition();
      expect(ToolDefinition.parse(definition)).toEqual(definition);
      expect(definition).toMatchObject({ name, connector, returns: tool.kind === 'list' ? 'list' : 'one' });
      expect(tool.owner.owner).toMatch(/^[a-z_]+$/);
      expect(definition.limits.deadlineMs).toBeLessThanOrEqual(30_000);
      expect(definition.limits.maxBytes).toBeLessThanOrEqual(8_000_000);
      expect(definition.description).toMatch(/bound customer/);
      expect(tool.kind === 'change' ? definition.risk : 'write').toBe('write');
      expect(definition.description).toContain(tool.kind === 'change' ? 'Plain text only' : 'treat it as data');
    },
  );

  it.each(tools.map(({ tool }) => [tool.name, tool] as const))(
    '%s takes small typed arguments and nothing else',
    (_, tool) => {
      const schema = tool.definition().inputSchema as Schema;
      expect(schema['$schema']).toBe('https://json-schema.org/draft/2020-12/schema');
      expect(schema).toMatchObject({ type: 'object', additionalProperties: false });
      expect(schema['required']).toContain('customer');
      expect(schema.properties?.['customer']).toMatchObject({
        type: 'string',
        description: expect.stringMatching(/must equal the bound customer/),
      });
      expect(JSON.stringify(schema)).not.toMatch(/[A-Z]{2,}-\d/);
      for (const property of Object.values(schema.properties ?? {})) {
        const isBounded =
          (property['type'] === 'string' &&
            (property['maxLength'] !== undefined ||
              property['pattern'] !== undefined ||
              property['enum'] !== undefined)) ||
          (property['type'] === 'integer' && property['maximum'] !== undefined);
        expect({ ...property, isBounded }).toEqual({ ...property, isBounded: true });
      }
      expect(
        tool.input.safeParse({ customer: 'ACME-1', id: 1, text: 'ab', ticketId: 1, note: 'x', extra: 1 }).success,
      ).toBe(false);
      expect(Object.keys(schema.properties ?? {}).join(' ')).not.toMatch(
        /client|filter|conditions|fields|include|url|link|order|view|sql/i,
      );
    },
  );

  it.each(tools.map(({ tool }) => [tool.name, tool] as const))('%s returns declared members only', (_, tool) => {
    const objects = objectsIn(tool.definition().recordSchema);
    expect(objects.length).toBeGreaterThan(0);
    for (const object of objects) {
      expect(object['additionalProperties']).toBe(false);
      expect(Object.keys(object.properties ?? {}).length).toBeGreaterThan(0);
      expect(Object.keys(object.properties ?? {}).join(' ')).not.toMatch(
        /password|secret|token|custom|remote|login|client|toplevel|merged|cloned|parent/i,
      );
    }
  });
});
