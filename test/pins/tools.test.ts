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
      'appointment_list halopsa read list',
      'asset_get halopsa read one',
      'asset_list halopsa read list',
      'asset_update halopsa write one',
      'attachment_add halopsa write one',
      'attachment_get halopsa sensitive one',
      'attachment_list halopsa sensitive list',
      'billable_time_add halopsa spend one',
      'contact_create halopsa write one',
      'contact_search halopsa read list',
      'contact_update halopsa write one',
      'contract_list halopsa read list',
      'credential_create hudu write one',
      'credential_find hudu sensitive list',
      'credential_reveal hudu credential one',
      'credential_update hudu destructive one',
      'customer_get halopsa read one',
      'expiration_list hudu read list',
      'halo_kb_get halopsa read one',
      'halo_kb_search halopsa read list',
      'hudu_asset_get hudu read one',
      'hudu_asset_list hudu read list',
      'hudu_asset_update hudu write one',
      'hudu_customer_get hudu read one',
      'invoice_draft_list pax8 sensitive list',
      'invoice_get halopsa sensitive one',
      'invoice_item_list pax8 sensitive scan',
      'invoice_list halopsa sensitive list',
      'ip_address_list hudu read list',
      'kb_create hudu write one',
      'kb_get hudu read one',
      'kb_search hudu read list',
      'kb_update hudu write one',
      'network_list hudu read list',
      'order_create pax8 spend one',
      'order_get pax8 read one',
      'order_list pax8 read list',
      'order_preview pax8 sensitive one',
      'pax8_customer_get pax8 read one',
      'pax8_invoice_list pax8 sensitive list',
      'procedure_get hudu read one',
      'procedure_list hudu read list',
      'procedure_start hudu write one',
      'product_get pax8 read one',
      'product_search pax8 read list',
      'quote_list pax8 sensitive scan',
      'relation_list hudu sensitive scan',
      'site_list halopsa read list',
      'subscription_cancel pax8 destructive one',
      'subscription_get pax8 sensitive one',
      'subscription_history_list pax8 sensitive list',
      'subscription_list pax8 read list',
      'subscription_quantity_preview pax8 sensitive one',
      'subscription_quantity_set pax8 spend one',
      'ticket_assign halopsa write one',
      'ticket_breach_list halopsa read scan',
      'ticket_close halopsa external one',
      'ticket_create halopsa write one',
      'ticket_get halopsa read one',
      'ticket_list halopsa read list',
      'ticket_note_add halopsa write one',
      'ticket_option_list halopsa read list',
      'ticket_reply halopsa external one',
      'ticket_search halopsa read list',
      'ticket_update halopsa write one',
      'time_add halopsa write one',
      'upload_list hudu sensitive scan',
      'usage_line_list pax8 sensitive list',
      'usage_list pax8 sensitive list',
      'website_list hudu read scan',
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
