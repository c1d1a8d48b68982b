// The rest of what Hudu holds for each customer: passwords, websites, expirations, processes, networks, files.
// Ids are given later (hudu.ts); here a record names its parent by position.
import type { HuduRow } from '../hudu/records.ts';
import { day, demoNow } from './calendar.ts';
import type { Company } from './companies.ts';
import type { Secrets } from './hudu-assets.ts';
import { times } from './hudu-companies.ts';
import type { Random } from '../random.ts';

export type Customer = {
  readonly random: Random;
  readonly secrets: Secrets;
  readonly company: Company;
  /** The customer's id in Hudu. */
  readonly owner: number;
  readonly assets: readonly HuduRow[];
};

/** name, user name; the first belongs to the server asset. */
const accounts: readonly (readonly [string, string])[] = [
  ['Server local admin', 'Administrator'],
  ['Firewall admin', 'admin'],
  ['Domain registrar', 'billing@{domain}'],
  ['Microsoft 365 break-glass', 'emergency@{domain}'],
  ['Backup console', 'backup-admin'],
  ['Alarm panel', 'engineer'],
  ['Card terminal portal', 'accounts@{domain}'],
];

/** Three to six; some with an OTP seed, which is base32 and so spells DEMO in capitals. */
export function makePasswords({ random, secrets, company, owner, assets }: Customer, folder: number): HuduRow[] {
  const chosen = [accounts[0], ...random.some(accounts.slice(1), random.whole(2, 5))].filter(
    (one) => one !== undefined,
  );
  return chosen.map(([name, user], at) => ({
    id: 0,
    company_id: owner,
    name,
    username: user.replace('{domain}', company.domain),
    password: secrets.next('password'),
    otp_secret: random.chance(0.3) ? otpSeed(random) : null,
    description: at === 0 ? null : random.pick([null, 'Rotated every quarter.', 'Ask the director before use.']),
    login_url: at === 2 ? `https://portal.${company.domain}` : null,
    password_type: null,
    password_folder_id: random.chance(0.5) ? folder : null,
    ...times(random),
    ...(at === 0 ? { passwordable_type: 'Asset', passwordable_id: Number(assets[0]?.id) } : {}),
  }));
}

export function makeWebsites({ random, company, owner }: Customer): HuduRow[] {
  const names = [`https://www.${company.domain}`, ...(random.chance(0.4) ? [`https://mail.${company.domain}`] : [])];
  return names.map((name) => ({
    id: 0,
    name,
    company_id: owner,
    notes: random.chance(0.3) ? 'Certificate renews by itself.' : null,
    monitoring_status: random.chance(0.95) ? 'up' : 'down',
    ...times(random),
  }));
}

export function makeExpirations({ random, owner, assets }: Customer, website: number): HuduRow[] {
  const of = (expiration_type: string, expirationable_type: string, expirationable_id: number) => ({
    id: 0,
    account_id: 1,
    company_id: owner,
    expiration_type,
    expirationable_type,
    expirationable_id,
    asset_layout_field_id: null,
    asset_field_id: null,
    discarded_at: null,
    date: new Date(demoNow + random.whole(-20, 400) * day).toISOString().slice(0, 10),
    ...times(random),
  });
  return [
    of('domain', 'Website', website),
    of('ssl_certificate', 'Website', website),
    of('warranty', 'Asset', Number(assets[0]?.id)),
    ...(random.chance(0.5) ? [of('asset_field', 'Asset', Number(assets[1]?.id))] : []),
  ];
}

/** name: task, task, … */
const processes = [
  'New starter: Create the account, Assign the licence, Add to groups, Hand over the laptop',
  'Leaver: Block sign-in, Convert the mailbox, Collect the laptop',
  'Monthly server check: Read the event log, Check free space, Test one restore, Note the result',
  'Office move: Book the line, Pack the rack, Test phones and printing',
];

/** One to two processes, sometimes with a run of one; tasks follow their process. */
export function makeProcesses(
  { random, owner }: Customer,
  firstId: number,
): { procedures: HuduRow[]; tasks: HuduRow[] } {
  const chosen = random.some(processes, random.whole(1, 2)).map(readProcess);
  const procedures: HuduRow[] = chosen.map(({ name }, at) => ({
    id: firstId + at,
    name,
    company_id: owner,
    ...times(random),
  }));
  const steps = chosen.map((one) => one.tasks);
  if (random.chance(0.4)) {
    procedures.push({
      ...procedures[0],
      id: firstId + chosen.length,
      parent_process_id: firstId,
      status: 'in_progress',
    });
    steps.push(steps[0] ?? []);
  }
  return { procedures, tasks: procedures.flatMap(({ id }, at) => tasksOf(Number(id), steps[at] ?? [])) };
}

/** Templates of all customers: no owner. */
export function makeTemplates(firstId: number): { procedures: HuduRow[]; tasks: HuduRow[] } {
  const chosen = processes.slice(0, 2).map(readProcess);
  const procedures = chosen.map(({ name }, at) => ({ id: firstId + at, name: `${name} (template)`, company_id: null }));
  return { procedures, tasks: chosen.flatMap(({ tasks }, at) => tasksOf(firstId + at, tasks)) };
}

export function makeUploads({ random, company, assets }: Customer): HuduRow[] {
  const files = random.some(
    ['Rack photo list', 'Floor plan', 'Firewall export', 'Licence certificate'],
    random.whole(1, 3),
  );
  return files.map((name) => {
    const parent = random.pick(assets);
    return {
      id: 0,
      name: `${name}.txt`,
      uploadable_type: 'Asset',
      uploadable_id: Number(parent.id),
      content: `${name} of ${company.name}, for ${parent.name}.\n`,
    };
  });
}

export function makeNetworks({ company, owner }: Customer, id: number): { network: HuduRow; addresses: HuduRow[] } {
  const prefix = `10.${company.halo % 250}.0`;
  return {
    network: { id, name: 'Office LAN', company_id: owner, address: `${prefix}.0/24`, description: null },
    addresses: [1, 2, 10].map((last) => ({
      id: 0,
      company_id: owner,
      network_id: id,
      address: `${prefix}.${last}`,
      status: 'assigned',
      fqdn: `host${last}.${company.domain}`,
    })),
  };
}

function readProcess(text: string): { name: string; tasks: readonly string[] } {
  const [name = '', tasks = ''] = text.split(': ');
  return { name, tasks: tasks.split(', ') };
}

/** Descriptions are base64 at the vendor (hudu.md §3.7). */
function tasksOf(procedure: number, names: readonly string[]): HuduRow[] {
  return names.map((name, at) => ({
    id: 0,
    name,
    procedure_id: procedure,
    position: at + 1,
    completed: false,
    description: Buffer.from(`<p>${name}, then tick it off.</p>`).toString('base64'),
  }));
}

function otpSeed(random: Random): string {
  const tail = Array.from({ length: 12 }, () => random.pick('ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.split('')));
  return `DEMO${tail.join('')}`;
}
