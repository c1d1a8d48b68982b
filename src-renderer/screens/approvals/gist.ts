import type { Approval } from '../../../src-shared/model/approval.ts';
import { plainLine } from '../../parts/vendor-text.tsx';
import { type ArgumentRow, argumentRows } from './argument-rows.ts';

const longest = 80;

/** What a person asks first of a call, in this order: how many, what it costs, to whom, and of what. */
const first: readonly RegExp[] = [
  /^quantity$/i,
  /total|price|amount/i,
  /^(to|recipient|email)$/i,
  /product/i,
  /quantity/i,
];
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Two arguments in one line, to tell rows apart, beside what the call acts on. Not to decide by: the card has them whole. */
export function gist(approval: Approval): string {
  const named = new Set(approval.subjects?.map(({ id }) => id));
  const shown = argumentRows(approval).filter(
    ({ name, kind, text }) => name !== 'customer' && kind !== 'secret' && !named.has(text),
  );
  const told = shown.filter(({ text }) => !uuid.test(text));
  return (told.length > 0 ? told : shown)
    .toSorted((one, other) => placeOf(one) - placeOf(other))
    .slice(0, 2)
    .map(({ name, text }) => `${plainLine(name)} ${plainLine(text.slice(0, 200))}`)
    .join(', ')
    .slice(0, longest);
}

function placeOf({ name }: ArgumentRow): number {
  const place = first.findIndex((each) => each.test(name));
  return place === -1 ? first.length : place;
}
