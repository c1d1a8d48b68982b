// How raw records look when they are served: vendor defaults for members the file leaves out, names joined from other
// records, and nothing of the emulator's own (halopsa.md §4.5, §5, §9). Trusts the store.
import type { View } from '../vendor/rows.ts';
import type {
  HaloAction,
  HaloArticle,
  HaloAsset,
  HaloAttachment,
  HaloClient,
  HaloInvoice,
  HaloSite,
  HaloUser,
} from './records.ts';
import type { HaloStore } from './store.ts';

/** The vendor's null date (§4.5). */
export const noDate = '1900-01-01T00:00:00';

const unassigned = 'Unassigned';

export function clientView(client: HaloClient): View {
  return {
    toplevel_id: 0,
    toplevel_name: '',
    inactive: false,
    main_site_id: 0,
    main_site_name: '',
    ref: '',
    colour: '',
    customertype: 0,
    pritech: 0,
    sectech: 0,
    accountmanagertech: 0,
    notes: '',
    ...client,
  };
}

export function clientDetail(store: HaloStore, client: HaloClient): View {
  const open = store.tickets.of('client', client.id).filter((ticket) => ticket.status_id !== 9).length;
  return { open_ticket_count: open, customfields: [], site_fields: [], attachments: [], ...clientView(client) };
}

export function siteView(store: HaloStore, site: HaloSite): View {
  const client = store.clients.get(site.client_id ?? 0);
  return {
    inactive: false,
    phonenumber: '',
    notes: '',
    stocklocation: false,
    client_name: client?.name ?? '',
    ...site,
  };
}

/** `site_id` is a double, `site_id_int` the same number as one can use it. */
export function userView(store: HaloStore, user: HaloUser): View {
  const site = store.sites.get(user.site_id ?? 0);
  const clientId = user.client_id ?? site?.client_id;
  const [firstname, ...rest] = user.name.split(' ');
  return {
    firstname,
    surname: rest.join(' '),
    emailaddress: '',
    phonenumber: '',
    mobilenumber: '',
    login: '',
    inactive: false,
    isimportantcontact: false,
    site_id_int: user.site_id ?? 0,
    site_name: site?.name ?? '',
    client_name: store.clients.get(clientId ?? 0)?.name ?? '',
    ...(clientId === undefined ? {} : { client_id: clientId }),
    ...user,
  };
}

export function userDetail(store: HaloStore, user: HaloUser): View {
  const more = { linked_agent_id: 0, azure_id: '', user_relationships: [], customfields: [], attachments: [] };
  return { ...more, web_access_level: 0, allowviewclientdocs: false, linked_sites: [], ...userView(store, user) };
}

export function assetView(store: HaloStore, asset: HaloAsset): View {
  return {
    inventory_number: '',
    key_field: '',
    key_field2: '',
    key_field3: '',
    client_name: store.clients.get(asset.client_id ?? 0)?.name ?? '',
    site_name: store.sites.get(asset.site_id ?? 0)?.name ?? '',
    assettype_id: 0,
    assettype_name: '',
    status_id: 1,
    inactive: false,
    username: '',
    supplier_name: '',
    warranty_end: noDate,
    contract_ref: '',
    parent_id: 0,
    child_id: 0,
    business_owner_client: '',
    technical_owner: '',
    ...asset,
  };
}

/** Hierarchy nodes may belong to other customers (§5.7): the emulator follows parents without looking at owners. */
export function assetDetail(store: HaloStore, asset: HaloAsset): View {
  const parent = store.assets.get(asset.parent_id ?? 0);
  const children = store.assets.of('parent', asset.id).map((child) => assetView(store, child));
  const users = store.users.of('client', asset.client_id ?? 0).filter((user) => user.name === asset.username);
  return {
    fields: [],
    customfields: [],
    users: users.map((user) => userView(store, user)),
    children,
    child_assets: children,
    parent_assets: parent === undefined ? [] : [assetView(store, parent)],
    ascendant_assets: [],
    descendant_assets: [],
    ...assetView(store, asset),
  };
}

/** No owner: only `ticket_id` leads to one (§5.5). */
export function actionView(store: HaloStore, action: HaloAction): View {
  const agent = store.agents.get(action.who_agentid ?? 0);
  const outcome = store.reference.outcomes.find((one) => one.id === action.outcome_id);
  return {
    outcome: outcome?.outcome ?? '',
    outcome_id: 0,
    who: agent?.name ?? '',
    who_type: agent === undefined ? 0 : 1,
    who_agentid: 0,
    datetime: noDate,
    note: '',
    note_html: `<p>${action.note ?? ''}</p>`,
    emailfrom: '',
    emailto: '',
    emailcc: '',
    emailsubject: '',
    hiddenfromuser: false,
    important: false,
    timetaken: 0,
    actionchargehours: action.timetaken ?? 0,
    attachment_count: store.attachments.of('ticket', action.ticket_id).filter((one) => one.action_id === action.id)
      .length,
    old_status: 0,
    new_status: 0,
    ...action,
  };
}

export function attachmentView(file: HaloAttachment): View {
  const { content, ...members } = file;
  return {
    filesize: Buffer.byteLength(content ?? ''),
    datecreated: noDate,
    type: 0,
    unique_id: file.ticket_id ?? 0,
    action_id: 0,
    user_id: 0,
    agent_id: 0,
    isimage: /\.(png|jpe?g|gif)$/i.test(file.filename),
    note: '',
    showforusers: false,
    ...members,
  };
}

/** The list has no owner member at all (§5.8). */
export function articleView(article: HaloArticle): View {
  const { view_count = 0, date_created = noDate, date_edited = noDate, tag_string = '', type = 0 } = article;
  const { id, name, description = '', inactive = false } = article;
  return { id, name, description, view_count, date_created, date_edited, tag_string, inactive, type };
}

export function articleDetail(article: HaloArticle): View {
  const html = `<p>${article.description ?? ''}</p>`;
  const lists = { attachments: [], devices: [], related_articles: [], other_versions: [], faqlists: [], teams: [] };
  const access = { showforall: false, kbentryclientaccess: [], kbentrytoplevelaccess: [] };
  const memo = { internalmemoagent: '', internalmemoagenthtml: '', ticket_id: 0, creator_name: unassigned };
  return {
    ...articleView(article),
    description_html: html,
    resolution_html: '',
    ...lists,
    ...access,
    ...memo,
    ...article,
  };
}

/** Billing may name up to three owners (§5.9). */
export function invoiceView(store: HaloStore, invoice: HaloInvoice): View {
  const client = store.clients.get(invoice.client_id ?? 0)?.name ?? '';
  const other = {
    original_client_id: invoice.client_id ?? 0,
    original_client_name: client,
    client_to_invoice_to_id: 0,
  };
  return {
    client_name: client,
    site_id: 0,
    invoice_date: noDate,
    total: 0,
    revenue: 0,
    lines: [],
    ...other,
    ...invoice,
  };
}
