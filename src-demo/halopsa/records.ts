// The raw HaloPSA records of a demo data file, in the vendor's own member names (halopsa.md §5, §9).
// Trusts nobody: the file may be hand-written. Only the members the emulator joins or filters on are typed; every other
// member passes through as it is. A member left out gets the vendor's default when it is served.
import { z } from 'zod';

const id = z.number().int().nonnegative();
/** Sites and contacts carry ids as JSON doubles (`95.0`, §4.5); the file may write them either way. */
const reference = id.optional();
/** Local time without a zone, as the vendor writes it. */
const time = z
  .string()
  .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?$/, 'is not a time such as 2026-11-20T16:00:00')
  .optional();
const text = z.string().optional();
const hours = z.number().nonnegative().optional();

const client = z.looseObject({
  id,
  name: z.string(),
  toplevel_id: reference,
  toplevel_name: text,
  inactive: z.boolean().optional(),
});
const site = z.looseObject({ id, name: z.string(), client_id: reference, inactive: z.boolean().optional() });
const user = z.looseObject({
  id,
  name: z.string(),
  site_id: reference,
  client_id: reference,
  emailaddress: text,
  phonenumber: text,
  inactive: z.boolean().optional(),
});
const agent = z.looseObject({ id, name: z.string(), email: text });
const ticket = z.looseObject({
  id,
  summary: text,
  details: text,
  /** The owner. Left out, it stays out of the answer: a row nobody can prove. */
  client_id: reference,
  site_id: reference,
  user_id: reference,
  status_id: reference,
  tickettype_id: reference,
  priority_id: reference,
  agent_id: reference,
  team: text,
  category_1: text,
  parent_id: reference,
  merged_into_id: reference,
  dateoccurred: time,
  dateclosed: time,
  lastactiondate: time,
  last_update: time,
  timetaken: hours,
  /** Ids in the file; whole records in the ticket's detail. */
  related_tickets: z.array(id).optional(),
  assets: z.array(id).optional(),
});
/** `id` counts within its ticket (§5.5); the key is (ticket_id, id). */
const action = z.looseObject({
  id,
  ticket_id: id,
  note: text,
  who: text,
  who_type: reference,
  who_agentid: reference,
  datetime: time,
  outcome_id: reference,
  hiddenfromuser: z.boolean().optional(),
  important: z.boolean().optional(),
  timetaken: hours,
  emailfrom: text,
});
const asset = z.looseObject({
  id,
  inventory_number: text,
  key_field: text,
  key_field2: text,
  key_field3: text,
  client_id: reference,
  site_id: reference,
  assettype_id: reference,
  assettype_name: text,
  username: text,
  inactive: z.boolean().optional(),
  parent_id: reference,
});
/** `content` is the file's text; the emulator serves it as bytes and never lists it. */
const attachment = z.looseObject({
  id,
  ticket_id: reference,
  action_id: reference,
  filename: z.string(),
  content: text,
  datecreated: time,
});
const article = z.looseObject({
  id,
  name: z.string(),
  description: text,
  inactive: z.boolean().optional(),
  showforall: z.boolean().optional(),
  kbentryclientaccess: z.array(z.looseObject({ client_id: id })).optional(),
});
const invoice = z.looseObject({ id, client_id: reference, site_id: reference });
const contract = z.looseObject({
  id,
  client_id: reference,
  site_id: reference,
  ref: text,
  start_date: time,
  end_date: time,
});
/** Internal ones have no `client_id`, or 0. */
const appointment = z.looseObject({
  id,
  subject: text,
  client_id: reference,
  site_id: reference,
  ticket_id: reference,
  agent_id: reference,
  start_date: time,
  end_date: time,
});
const named = z.looseObject({ id, name: z.string() });
/** A priority's `id` is a GUID; tickets refer to `priorityid` (§4.5). */
const priority = z.looseObject({ id: z.string(), priorityid: id, name: z.string() });
const outcome = z.looseObject({ id, outcome: z.string() });

/** Everything one Halo tenant holds. */
export const haloRecords = {
  clients: z.array(client),
  sites: z.array(site).default([]),
  users: z.array(user).default([]),
  agents: z.array(agent).default([]),
  tickets: z.array(ticket).default([]),
  actions: z.array(action).default([]),
  assets: z.array(asset).default([]),
  attachments: z.array(attachment).default([]),
  articles: z.array(article).default([]),
  invoices: z.array(invoice).default([]),
  contracts: z.array(contract).default([]),
  appointments: z.array(appointment).default([]),
  statuses: z.array(named).default([]),
  priorities: z.array(priority).default([]),
  ticketTypes: z.array(named).default([]),
  teams: z.array(named).default([]),
  outcomes: z.array(outcome).default([]),
};

export type HaloClient = z.infer<typeof client>;
export type HaloSite = z.infer<typeof site>;
export type HaloUser = z.infer<typeof user>;
export type HaloAgent = z.infer<typeof agent>;
export type HaloTicket = z.infer<typeof ticket>;
export type HaloAction = z.infer<typeof action>;
export type HaloAsset = z.infer<typeof asset>;
export type HaloAttachment = z.infer<typeof attachment>;
export type HaloArticle = z.infer<typeof article>;
export type HaloInvoice = z.infer<typeof invoice>;
export type HaloContract = z.infer<typeof contract>;
export type HaloAppointment = z.infer<typeof appointment>;
/** What an admin patch of a ticket may contain (`null` removes a member). */
export const ticketPatch = ticket.partial();
