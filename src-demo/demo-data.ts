// A demo data file (`demo/*.json`): one MSP, its people, its customers and the raw records its vendors hold.
// Trusts nobody: the file is the operator's, every problem is named by its path in the file, and no value is repeated
// in a message because credentials (fake ones, one hopes) are among them.
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { Bundle, CallLimit, MentionPolicy } from '../src-shared/model/bundle.ts';
import { demoRoles } from './demo-policies.ts';
import { haloRecords } from './halopsa/records.ts';
import { huduRecords } from './hudu/records.ts';
import { pax8Records } from './pax8/records.ts';

const identifier = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'must be lower-case letters, digits and hyphens, at most 63');
const technicianId = z
  .string()
  .regex(/^[a-z0-9][a-z0-9.-]{0,62}$/, 'must be lower-case letters, digits, dots and hyphens');
const customerCode = z.string().regex(/^[A-Z][A-Z0-9]{1,7}-[0-9]{1,5}$/, 'must look like MERI-7');
const name = z.string().min(1, 'must not be empty').max(120, 'must have at most 120 characters');

const technician = z.strictObject({
  id: technicianId,
  name,
  email: z.email('is not an e-mail address'),
  roles: z.array(z.enum(demoRoles)).min(1, 'must name at least one role'),
});
const customer = z.strictObject({
  id: identifier,
  code: customerCode,
  name,
  domain: z.string().min(1, 'must not be empty'),
  aliases: z.array(z.string().min(1)).default([]),
  /** The customer's id at each vendor. */
  vendors: z.record(z.string(), z.union([z.number().int().positive(), z.string().min(1)])),
});
const halopsa = z.strictObject({
  instance: identifier,
  name,
  tenant: z.string().min(1),
  credential: z.strictObject({ clientId: z.string().min(1), clientSecret: z.string().min(1) }),
  ...haloRecords,
});
const pax8 = z.strictObject({
  instance: identifier,
  name,
  /** The MSP's name at Pax8. */
  partner: z.string().min(1),
  credential: z.strictObject({ clientId: z.string().min(1), clientSecret: z.string().min(1) }),
  ...pax8Records,
});
const hudu = z.strictObject({
  instance: identifier,
  name,
  credential: z.strictObject({ apiKey: z.string().min(1) }),
  ...huduRecords,
});
const demoData = z.strictObject({
  format: z.literal(1),
  tenant: z.strictObject({ id: identifier, name }),
  technicians: z.array(technician).min(1, 'must list at least one technician'),
  signedIn: technicianId,
  customers: z.array(customer).min(1, 'must list at least one customer'),
  limits: Bundle.shape.limits.optional(),
  quota: z
    .strictObject({
      includedCalls: z.number().int().nonnegative(),
      overage: z.enum(['block', 'allow']),
      limits: z.array(CallLimit).max(200).optional(),
    })
    .optional(),
  /** Who looks after whom, which customers are spoken of together, and what the MSP judges more strictly. */
  policy: Bundle.shape.policy.omit({ policies: true, mentions: true }).optional(),
  /** What the demo's policy does about text that names another customer. */
  mentions: MentionPolicy.optional(),
  vendors: z.strictObject({ halopsa: halopsa.optional(), hudu: hudu.optional(), pax8: pax8.optional() }),
});
/** The list of each vendor's part that holds its customers: what `customers[].vendors` refers to. */
const customerLists: Readonly<Record<string, string>> = { halopsa: 'clients', hudu: 'companies', pax8: 'companies' };

type Row = { readonly id?: number | string; readonly ticket_id?: number };

export type DemoData = z.infer<typeof demoData>;
export type HaloData = z.infer<typeof halopsa>;
export type HuduData = z.infer<typeof hudu>;
export type Pax8Data = z.infer<typeof pax8>;

/** Reads and checks a demo data file. Throws an Error whose message is one sentence per problem, at most ten. */
export async function readDemoData(path: string): Promise<DemoData> {
  return parseDemoData(await readText(path), path);
}

/** The same for text already read; `source` names it in messages. */
export function parseDemoData(text: string, source: string): DemoData {
  const parsed = demoData.safeParse(parseJson(text, source));
  const problems = parsed.success ? contradictions(parsed.data) : parsed.error.issues.map(sentence);
  if (!parsed.success || problems.length > 0) {
    const more = problems.length > 10 ? [`There are ${problems.length - 10} more problems.`] : [];
    throw new Error([`The demo data file ${source} cannot be used.`, ...problems.slice(0, 10), ...more].join('\n'));
  }
  return parsed.data;
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    throw new Error(`The demo data file ${path} cannot be read.`, { cause });
  }
}

function parseJson(text: string, source: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The parser's own message quotes the text around the mistake, which may be a credential.
    throw new Error(`The demo data file ${source} is not JSON.`);
  }
}

/** What the schema cannot see: names that must be unique, and references that must lead somewhere. */
function contradictions(data: DemoData): string[] {
  const problems = [
    ...repeated(
      'customers',
      'id',
      data.customers.map((one) => one.id),
    ),
    ...repeated(
      'customers',
      'code',
      data.customers.map((one) => one.code),
    ),
    ...repeated(
      'technicians',
      'id',
      data.technicians.map((one) => one.id),
    ),
    ...repeated('policy.groups', 'id', data.policy?.groups.map((one) => one.id) ?? []),
  ];
  if (!data.technicians.some((one) => one.id === data.signedIn))
    problems.push('At signedIn: no technician has this id.');
  problems.push(...strangers(data));
  return [...problems, ...Object.entries(data.vendors).flatMap(([vendor, part]) => astray(data, vendor, part))];
}

/** Groups that an assignment names and nothing is. Customers and technicians it may name without having them. */
function strangers({ policy }: DemoData): string[] {
  const known = new Set(policy?.groups.map(({ id }) => id));
  return (policy?.assignments ?? []).flatMap(({ groups }, at) =>
    groups.flatMap((group, nth) =>
      known.has(group) ? [] : [`At policy.assignments[${at}].groups[${nth}]: no group has this id.`],
    ),
  );
}

/** A vendor's lists whose records repeat an id, and customers mapped to records that are not there. */
function astray(data: DemoData, vendor: string, part: object | undefined): string[] {
  if (part === undefined) return [];
  const lists = Object.entries(part).filter((entry): entry is [string, Row[]] => Array.isArray(entry[1]));
  const known = new Set(lists.find(([kind]) => kind === customerLists[vendor])?.[1].map(({ id }) => id));
  const problems = lists.flatMap(([kind, rows]) =>
    kind === 'actions'
      ? // An action's id counts within its ticket (halopsa.md §5.5).
        repeated(
          `vendors.${vendor}.${kind}`,
          '(ticket_id, id)',
          rows.map(({ ticket_id, id }) => `${ticket_id}/${id}`),
        )
      : repeated(
          `vendors.${vendor}.${kind}`,
          'id',
          rows.map(({ id }) => id),
        ),
  );
  data.customers.forEach((one, at) => {
    const mapped = one.vendors[vendor];
    if (mapped === undefined || known.has(mapped)) return;
    const list = `vendors.${vendor}.${customerLists[vendor]}`;
    problems.push(`At customers[${at}].vendors.${vendor}: no record in ${list} has this id.`);
  });
  return problems;
}

function repeated(list: string, member: string, values: readonly (string | number | undefined)[]): string[] {
  const seen = new Set<string | number | undefined>();
  return values.flatMap((value, at) => {
    // Some records of a vendor have no id.
    if (value === undefined || !seen.has(value)) return (seen.add(value), []);
    return [`At ${list}[${at}]: an earlier record has the same ${member}.`];
  });
}

function sentence(issue: z.core.$ZodIssue): string {
  const path = issue.path.reduce<string>((so, part) => {
    if (typeof part === 'number') return `${so}[${part}]`;
    return so === '' ? String(part) : `${so}.${String(part)}`;
  }, '');
  const what = issue.code === 'unrecognized_keys' ? `has unknown members: ${issue.keys.join(', ')}` : issue.message;
  return `At ${path === '' ? 'the top' : path}: ${what}.`;
}
