// The customers of the MSP (pax8.md §4.1): no search by name, no filter by id, so every list is everyone's.
// Bodies are untrusted.
import { randomUUID } from 'node:crypto';
import { jsonAnswer } from '../vendor/answer.ts';
import { isRecord } from '../vendor/json.ts';
import type { Draft } from './body.ts';
import { draftOf, textOf } from './body.ts';
import { timeText } from './dates.ts';
import { listAnswer, matching } from './list.ts';
import type { Pax8Company } from './records.ts';
import { contactDraft } from './records.ts';
import { invalid, notFound } from './refusal.ts';
import type { Handler, World } from './world.ts';

const needed = [
  'name',
  'address',
  'phone',
  'website',
  'billOnBehalfOfEnabled',
  'selfServiceAllowed',
  'orderApprovalRequired',
] as const;
const writable = [...needed, 'externalId', 'status'] as const;
const places = ['city', 'country', 'stateOrProvince', 'postalCode'] as const;
const members = ['selfServiceAllowed', 'billOnBehalfOfEnabled', 'orderApprovalRequired', 'status'] as const;

export const listCompanies: Handler = (world, call) => {
  const { companies } = world.store;
  const rows = matching(companies.values(), call.query, members).filter((company) =>
    places.every((place) => !call.query.has(place) || company.address?.[place] === call.query.text(place)),
  );
  return listAnswer(world, call, {
    rows,
    view: (company) => company,
    owner: null,
    asked: '',
    everyone: companies.values(),
    size: 'size',
  });
};

export const readCompany: Handler = ({ store }, call) => {
  const company = store.companies.get(call.ids[0] ?? '');
  return company === undefined ? notFound(call.path, 'Company') : jsonAnswer(200, JSON.stringify(company));
};

export const createCompany: Handler = (world, call) => {
  const body = draftOf(call);
  if ('refused' in body) return body.refused;
  const { draft } = body;
  const problems = [...needed.filter((name) => draft[name] === undefined).map(isRequired), ...wrongTypes(draft)];
  const contacts = contactDraft.array().safeParse(draft['contacts'] ?? []);
  if (!contacts.success) problems.push('contacts are not valid');
  if (problems.length > 0) return invalid(call.path, problems);
  const company = {
    ...chosen(draft),
    id: randomUUID(),
    name: textOf(draft, 'name'),
    status: 'Inactive' as const,
    updatedDate: timeText(world.now()),
  };
  world.store.companies.set(company.id, company);
  for (const contact of contacts.data ?? []) {
    const id = randomUUID();
    world.store.contacts.set(id, { ...contact, id, companyId: company.id });
  }
  activate(world, company.id);
  return jsonAnswer(200, JSON.stringify(world.store.companies.get(company.id)));
};

export const changeCompany: Handler = (world, call) => {
  const before = world.store.companies.get(call.ids[0] ?? '');
  if (before === undefined) return notFound(call.path, 'Company');
  const body = draftOf(call);
  if ('refused' in body) return body.refused;
  const problems = wrongTypes(body.draft);
  if (problems.length > 0) return invalid(call.path, problems);
  const after: Pax8Company = { ...before, ...chosen(body.draft), updatedDate: timeText(world.now()) };
  world.store.companies.set(after.id, after);
  return jsonAnswer(200, JSON.stringify(after));
};

/** A company becomes orderable once it has primary contacts of all three kinds (§4.1). */
export function activate(world: World, companyId: string): void {
  const company = world.store.companies.get(companyId);
  if (company?.status !== 'Inactive') return;
  const types = [...world.store.contacts.values()]
    .filter((contact) => contact.companyId === companyId)
    .flatMap((contact) => contact.types ?? []);
  const isComplete = ['Admin', 'Billing', 'Technical'].every((kind) =>
    types.some(({ type, primary }) => type === kind && primary),
  );
  if (isComplete) world.store.companies.set(companyId, { ...company, status: 'Active' });
}

function isRequired(name: string): string {
  return `${name} is required`;
}

function wrongTypes(draft: Draft): string[] {
  const texts = ['name', 'phone', 'website', 'externalId'].filter((name) => !isEither(draft[name], 'string'));
  const flags = members.slice(0, 3).filter((name) => !isEither(draft[name], 'boolean'));
  const address = draft['address'] === undefined || isRecord(draft['address']) ? [] : ['address'];
  const status = [undefined, 'Active', 'Inactive', 'Deleted'].includes(draft['status'] as string | undefined);
  return [...texts, ...flags, ...address, ...(status ? [] : ['status'])].map((name) => `${name} is not valid`);
}

function isEither(value: unknown, type: 'string' | 'boolean'): boolean {
  return value === undefined || typeof value === type;
}

function chosen(draft: Draft): Partial<Pax8Company> {
  return Object.fromEntries(writable.filter((name) => draft[name] !== undefined).map((name) => [name, draft[name]]));
}
