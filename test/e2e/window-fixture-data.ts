/** The made-up MSP of the window fixture: customers, tools, connectors and the calls that stream in. */
import type { OfferedTool } from '../../src-shared/contract/gateway.ts';
import type { CustomerView } from '../../src-shared/contract/ui.ts';
import { CustomerId } from '../../src-shared/model/ids.ts';
import type { Risk } from '../../src-shared/model/risk.ts';
import { judged } from './window-fixture-rules.ts';

const firstWords = [
  'Alder',
  'Birch',
  'Cobalt',
  'Denholm',
  'Ember',
  'Fern',
  'Granite',
  'Harbor',
  'Iris',
  'Juniper',
  'Kestrel',
  'Lark',
  'Moss',
  'Nørd',
  'Ochre',
  'Pine',
  'Quill',
  'Rowan',
  'Saffron',
  'Tern',
];
const trades = [
  'Dental',
  'Legal',
  'Logistics',
  'Farm',
  'Construction',
  'Optics',
  'Bakery',
  'Clinic',
  'Café',
  'Academy',
];
const forms = [
  'Group',
  'Partners',
  'Works',
  'Company',
  'Associates',
  'Holdings',
  'Trust',
  'Studio',
  'Union',
  'Services',
];

const known = [
  ['meridian-dental', 'Meridian Dental Group', 'MERI-7', 'meridiandental.example', ['MDG']],
  ['fern-legal', 'Fern Legal', 'FERN-2', 'fernlegal.example', []],
  ['denholm-construction', 'Denholm Construction', 'DENH-4', 'denholm.example', []],
  ['alder-dentistry', 'Alder Dentistry', 'ALDE-9', 'alderdentistry.example', ['Alder Smiles']],
  ['cafe-zurich', 'Café Zürich', 'CAFE-3', 'cafezurich.example', []],
] as const;

export function fixtureCustomers(count: number): CustomerView[] {
  const named = known.map(([id, name, code, domain, aliases], place) => ({
    id: CustomerId.parse(id),
    code,
    name,
    domain,
    aliases: [...aliases],
    vendors: { HaloPSA: String(200 + place) },
    mayBind: true,
    mayCross: true,
  }));
  const made = Array.from({ length: Math.max(0, count - named.length) }, (_, place) => {
    const name = `${firstWords[place % 20]} ${trades[Math.floor(place / 20) % 10]} ${forms[Math.floor(place / 200) % 10]}`;
    const plain = name
      .normalize('NFKD')
      .replace(/[^A-Za-z]/g, '')
      .toLowerCase();
    return {
      id: CustomerId.parse(`made-${place}`),
      code: `${plain.slice(0, 4).toUpperCase()}-${1000 + place}`,
      name,
      domain: `${plain}.example`,
      aliases: [],
      vendors: { HaloPSA: String(1000 + place) },
      mayBind: true,
      mayCross: true,
    };
  });
  return [...named, ...made].slice(0, count);
}

const customer = { type: 'string', description: 'The code from bulkhead_context.' };
const id = { type: 'integer', description: 'The id the list tool gives.' };
const text = (description: string) => ({ type: 'string', description });

export const fixtureTools: OfferedTool[] = [
  tool('ticket_list', 'List tickets', 'halopsa', 'read', {
    status: { type: 'string', enum: ['open', 'closed', 'all'], description: 'Which tickets. Open ones when not set.' },
    search: text('Words in the summary.'),
    limit: { type: 'integer', description: 'At most this many, 1 to 100.' },
  }),
  tool('ticket_get', 'Read a ticket', 'halopsa', 'read', { ticket_id: id }, ['ticket_id']),
  tool('asset_list', 'List assets', 'halopsa', 'read', {}),
  tool('contact_list', 'List contacts', 'halopsa', 'sensitive', { search: text('Part of a name.') }),
  tool('invoice_list', 'List invoices', 'halopsa', 'sensitive', {}),
  tool(
    'ticket_note_add',
    'Add a note to a ticket',
    'halopsa',
    'write',
    {
      ticket_id: id,
      note: { ...text('The note, plain text.'), maxLength: 4000 },
      hidden: { type: 'boolean', description: 'Hide it from the customer.' },
    },
    ['ticket_id', 'note'],
  ),
  tool(
    'ticket_reply_send',
    'Send a reply to the contact',
    'halopsa',
    'external',
    { ticket_id: id, text: text('The reply.') },
    ['ticket_id', 'text'],
  ),
  tool(
    'article_search',
    'Search articles',
    'hudu',
    'read',
    { search: text('Words to find.') },
    ['search'],
    'Hudu is not healthy.',
  ),
  tool(
    'password_reveal',
    'Reveal a password',
    'hudu',
    'credential',
    { password_id: id },
    ['password_id'],
    'The policy does not give credentials to an AI.',
  ),
  tool('password_get', 'Read a password', 'hudu', 'credential', { password_id: id }, ['password_id']),
  tool(
    'password_store',
    'Store a password',
    'hudu',
    'credential',
    {
      name: { ...text('What it is for.'), maxLength: 120 },
      password: { ...text('The password itself.'), writeOnly: true, maxLength: 200 },
      expires: { type: 'string', format: 'date', description: 'When it must be changed.' },
    },
    ['name', 'password'],
  ),
  tool(
    'order_create',
    'Order licences',
    'pax8',
    'spend',
    {
      lines: {
        type: 'array',
        minItems: 1,
        maxItems: 3,
        description: 'What to order.',
        items: {
          type: 'object',
          required: ['product', 'quantity'],
          properties: {
            product: text('The id from product_search.'),
            quantity: { type: 'integer', minimum: 1, maximum: 300, description: 'How many.' },
            term: { type: 'string', enum: ['monthly', 'annual'], description: 'The billing term.' },
          },
        },
      },
      dry_run: { type: 'boolean', description: 'Only price it.' },
    },
    ['lines'],
  ),
  tool('subscription_list', 'List subscriptions', 'pax8', 'read', {}, [], 'Pax8 has no credential.'),
  tool(
    'subscription_change',
    'Change the seats of a subscription',
    'pax8',
    'spend',
    {
      subscription_id: text('The id of the subscription.'),
      quantity: { type: 'integer', description: 'Seats from now on.' },
    },
    ['subscription_id', 'quantity'],
    'Pax8 has no credential.',
  ),
  tool(
    'subscription_cancel',
    'Cancel a subscription',
    'pax8',
    'destructive',
    { subscription_id: text('The id of the subscription.') },
    ['subscription_id'],
    'Pax8 has no credential.',
  ),
];

function tool(
  name: string,
  title: string,
  connector: string,
  risk: Risk,
  properties: Record<string, unknown>,
  required: string[] = [],
  reason?: string,
): OfferedTool {
  return {
    definition: {
      name,
      title,
      description: `${title} of the bound customer. What is not provably of this customer is removed.`,
      connector,
      risk,
      returns: name.endsWith('_list') || name.endsWith('_search') ? 'list' : 'one',
      records: 'customer',
      isIdempotent: risk === 'read' || risk === 'sensitive',
      inputSchema: {
        type: 'object',
        properties: { customer, ...properties },
        required: ['customer', ...required],
        additionalProperties: false,
      },
      recordSchema: { type: 'object' },
      limits: { deadlineMs: 20_000, maxBytes: 1_000_000 },
    },
    ...ofOperator(judged(risk, reason === undefined)),
    ...(reason === undefined ? {} : { reason }),
  };
}

/** Whoever calls in person is one of those a call needs. */
function ofOperator(judgement: ReturnType<typeof judged>): ReturnType<typeof judged> {
  return { ...judgement, asks: Math.max(0, judgement.asks - 1) };
}
