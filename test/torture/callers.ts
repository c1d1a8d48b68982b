// Who calls: two client apps with several calls at once, one of them for what a person must approve, and the technician.
import { haloExamples } from '../connectors/halopsa/examples.ts';
import type { App } from './app.ts';
import type { TorturedHome } from './home.ts';
import { type Ask, type Caller, kinds, note, overMcp, reply } from './traffic.ts';

/** Whom the client apps are pinned to, and whom the technician selects. */
export const customers = ['MERI-7', 'FERN-2'] as const;

const deadlineMs = 5000;

/** Adds the client apps. Their tokens outlive every kill. */
export async function addCallers(app: App, place: TorturedHome): Promise<Caller[]> {
  const add = async (name: string, customer: string): Promise<Pick<Caller, 'name' | 'customer' | 'ask'>> => {
    const { token } = await app.operator.addClient({ name, pin: customer });
    return { name, customer, ask: overMcp(app.mcpUrl, token) };
  };
  const [first, second] = [await add('first', customers[0]), await add('second', customers[1])];
  const { ticketId, to } = ownArguments(place, customers[0], 'ticket_reply');
  const other = ownArguments(place, customers[1], 'ticket_note_add')['ticketId'];
  const { search, missing, otherCustomer, article, product } = kinds;
  return [
    { ...first, kinds: [search, missing, note(Number(ticketId))], thinks: 40 },
    { ...first, kinds: [search, otherCustomer], thinks: 40 },
    { ...first, kinds: [reply(Number(ticketId), String(to))], thinks: 400, approve: (id) => approve(app, id) },
    { ...second, kinds: [search, missing, note(Number(other))], thinks: 40 },
    { ...second, kinds: [search, missing, article, product], thinks: 200 },
    { name: 'operator', customer: '', ask: asOperator(app), kinds: [search, missing], thinks: 400 },
  ];
}

/** Arguments that succeed for a customer. */
function ownArguments({ data }: TorturedHome, code: string, tool: string): Readonly<Record<string, unknown>> {
  const { halopsa } = data.vendors;
  const owner = String(data.customers.find((one) => one.code === code)?.vendors['halopsa']);
  const own = halopsa && haloExamples(halopsa, owner, owner).find((one) => one.tool === tool)?.own;
  if (!own) throw new Error(`the demo data has no example of ${tool}`);
  return own;
}

async function approve({ operator }: App, approval: string): Promise<void> {
  const { approvals } = await operator.approvals(undefined, { deadlineMs });
  const asked = approvals.find(({ id, state }) => id === approval && state === 'pending');
  if (!asked) return; // Its gateway is gone: the next call asks anew.
  const { id, fingerprint } = asked;
  await operator.approve({ id, fingerprint, identity: null, standing: null }, { deadlineMs });
}

const asOperator =
  (app: App): Ask =>
  async (tool, given, signal) => {
    const { customer: _, ...args } = given; // The desk's own call is for whoever is bound.
    const content: Record<string, unknown> = await app.operator.callTool({ tool, arguments: args }, { signal });
    return { isError: content['denied'] === true, content };
  };
