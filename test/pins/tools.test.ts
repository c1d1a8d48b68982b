// What an AI can call. A new name, or another risk, is a decision; a client that learned a name keeps it.
import { describe, expect, it } from 'vitest';
import { builtInTools, isBuiltIn } from '../../src-gateway/built-in-tools.ts';
import { connectors } from '../../src-connectors/connectors.ts';

describe('the tools', () => {
  it('of every connector are these, of these risks', () => {
    const definitions = connectors.flatMap(({ tools }) => tools.map((tool) => tool.definition()));
    expect(
      definitions.map(({ name, connector, risk, returns }) => `${name} ${connector} ${risk} ${returns}`).sort(),
    ).toEqual([
      'asset_get halopsa read one',
      'asset_list halopsa read list',
      'contact_search halopsa read list',
      'customer_get halopsa read one',
      'ticket_get halopsa read one',
      'ticket_list halopsa read list',
      'ticket_note_add halopsa write one',
      'ticket_search halopsa read list',
    ]);
  });

  it('all take the customer, and nothing that is not declared', () => {
    for (const { tools } of connectors) {
      for (const tool of tools) {
        const { inputSchema, name } = tool.definition();
        expect([inputSchema['type'], inputSchema['additionalProperties']], name).toEqual(['object', false]);
        expect(inputSchema['required'], name).toContain('customer');
      }
    }
  });

  it('that are always there are these', () => {
    expect(builtInTools.map(({ name }) => name)).toEqual(['bulkhead_context', 'bulkhead_whoami']);
    expect(['ticket_list', 'bulkhead_', ''].filter(isBuiltIn)).toEqual([]);
  });
});
