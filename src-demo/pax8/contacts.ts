// Contacts (pax8.md §4.2): whose a contact is stands in the path and nowhere else, so nothing in a row can be checked.
import { randomUUID } from 'node:crypto';
import type { Answer } from '../vendor/answer.ts';
import { emptyAnswer, jsonAnswer } from '../vendor/answer.ts';
import { issuesOf } from '../vendor/admin.ts';
import { draftOf } from './body.ts';
import { activate } from './companies.ts';
import { dayText } from './dates.ts';
import { listAnswer } from './list.ts';
import type { Pax8Contact } from './records.ts';
import { contactDraft } from './records.ts';
import { invalid, notFound } from './refusal.ts';
import type { Call, Handler, World } from './world.ts';

export const listContacts: Handler = (world, call) => {
  const { contacts, companies } = world.store;
  const [companyId = ''] = call.ids;
  if (!companies.has(companyId)) return notFound(call.path, 'Company');
  return listAnswer(world, call, {
    rows: [...contacts.values()].filter((contact) => contact.companyId === companyId),
    view: shown,
    owner: null,
    asked: '',
    everyone: [],
    size: 'size',
  });
};

export const readContact: Handler = (world, call) =>
  withContact(world, call, (contact) => jsonAnswer(200, JSON.stringify(shown(contact))));

export const createContact: Handler = (world, call) => {
  const [companyId = ''] = call.ids;
  if (!world.store.companies.has(companyId)) return notFound(call.path, 'Company');
  return save(world, call, { id: randomUUID(), companyId, createdDate: dayText(world.now()) });
};

/** Replaces the whole contact. */
export const replaceContact: Handler = (world, call) =>
  withContact(world, call, ({ id, companyId, createdDate }) => save(world, call, { id, companyId, createdDate }));

export const deleteContact: Handler = (world, call) =>
  withContact(world, call, (contact) => {
    world.store.contacts.delete(contact.id);
    return emptyAnswer(204);
  });

/** The contact of the path's company; with the fault `foreignContact`, anyone's. */
function withContact({ store, faults }: World, call: Call, act: (contact: Pax8Contact) => Answer): Answer {
  const [companyId = '', id = ''] = call.ids;
  const contact = store.contacts.get(id);
  if (!store.companies.has(companyId)) return notFound(call.path, 'Company');
  if (contact === undefined || !(contact.companyId === companyId || faults.foreignContact))
    return notFound(call.path, 'Contact');
  return act(contact);
}

function save(
  world: World,
  call: Call,
  kept: Pick<Pax8Contact, 'id' | 'companyId'> & { createdDate: unknown },
): Answer {
  const body = draftOf(call);
  if ('refused' in body) return body.refused;
  const draft = contactDraft.safeParse(body.draft);
  if (!draft.success) return invalid(call.path, [issuesOf(draft.error)]);
  const contact: Pax8Contact = { ...draft.data, ...kept };
  world.store.contacts.set(contact.id, contact);
  activate(world, contact.companyId ?? '');
  return jsonAnswer(200, JSON.stringify(shown(contact)));
}

function shown({ companyId: _path, ...contact }: Pax8Contact): Record<string, unknown> {
  return contact;
}
