// The everyday tickets of all companies over 24 months, with their timelines.
import type { HaloAsset, HaloUser } from '../halopsa/records.ts';
import { day, demoNow, demoStart, hour, minute, stamp, workingTime } from './calendar.ts';
import type { Company } from './companies.ts';
import { companies } from './companies.ts';
import type { Members, TicketDraft } from './drafts.ts';
import type { People } from './people.ts';
import type { Random } from '../random.ts';
import { technicianAgents } from './reference.ts';
import type { Topic } from './topics.ts';
import { topicsFor } from './topics.ts';

export type Estate = { readonly people: People; readonly assets: readonly HaloAsset[] };
type Agent = (typeof technicianAgents)[number];

const ticketsPerPerson = 3;

export function makeTickets(random: Random, estate: Estate): TicketDraft[] {
  return companies.flatMap((company) => {
    const topics = topicsFor(company.industry);
    const scene = sceneOf(company, estate);
    return Array.from({ length: company.people * ticketsPerPerson }, (_none, at) => {
      // The first few are recent, so that every customer has open work.
      const age = at < 4 ? random.next() * 9 * day : (demoNow - demoStart) * random.next();
      const opened = Math.min(workingTime(demoNow - age), demoNow - 50 * minute);
      return makeTicket(random, scene, random.pick(topics), opened);
    });
  });
}

type Scene = {
  readonly company: Company;
  readonly users: readonly HaloUser[];
  readonly assets: readonly HaloAsset[];
  readonly sites: Map<number, string>;
};

function sceneOf(company: Company, { people, assets }: Estate): Scene {
  return {
    company,
    users: people.users.filter((user) => user.client_id === company.halo && user.name !== 'General User'),
    assets: assets.filter((asset) => asset.client_id === company.halo),
    sites: new Map(people.sites.filter((site) => site.client_id === company.halo).map((site) => [site.id, site.name])),
  };
}

function makeTicket(random: Random, scene: Scene, topic: Topic, at: number): TicketDraft {
  const user = random.pick(scene.users);
  const agent = random.pick(technicianAgents);
  const wantsServer = topic.category.startsWith('Servers');
  const near = scene.assets.filter((asset) =>
    wantsServer ? asset.assettype_name === 'Server' : asset.username === user.name,
  );
  const asset = near.length > 0 ? random.pick(near) : random.pick(scene.assets);
  const fill = filler(random, scene, user, asset);
  const status = statusFor(random, demoNow - at);
  const actions = timeline(random, { topic, user, agent, at, fill, isDone: status >= 8 });
  const last = actions.at(-1)?.['datetime'] ?? stamp(at);
  const hours = actions.reduce((sum, action) => sum + Number(action['timetaken'] ?? 0), 0);
  const priority =
    topic.summary.includes('down') || topic.summary.startsWith('X-ray') ? 1 : random.pick([2, 3, 3, 4, 4]);
  const ticket: Members = {
    dateoccurred: stamp(at),
    summary: fill(topic.summary),
    details: fill(topic.details),
    client_id: scene.company.halo,
    site_id: user.site_id,
    user_id: user.id,
    status_id: status,
    tickettype_id: topic.type,
    priority_id: priority,
    agent_id: agent.id,
    team: agent.team,
    category_1: topic.category,
    timetaken: hours,
    fixbydate: stamp(at + fixHours(priority) * hour),
    lastactiondate: last,
    ...(status === 9 ? { dateclosed: last } : {}),
    ...(fill(topic.details).includes(asset.key_field ?? asset.inventory_number ?? '') || wantsServer
      ? { assets: [asset.id] }
      : {}),
  };
  return { at, ticket, actions, ...filesFor(random, topic, asset, at) };
}

function filler(random: Random, scene: Scene, user: HaloUser, asset: HaloAsset): (text: string) => string {
  const other = random.pick(companies.filter((company) => company !== scene.company));
  const slots: Record<string, string> = {
    name: random.pick(scene.users).name,
    first: user.name.split(' ')[0] ?? user.name,
    host: String(asset.key_field),
    site: scene.sites.get(user.site_id ?? 0) ?? 'the office',
    company: scene.company.name,
    other: other.name,
    n: String(random.whole(2, 40)),
  };
  const seen = new Map<string, string>();
  return (text) => {
    const known =
      seen.get(text) ?? random.choose(text).replace(/\{(\w+)\}/g, (all, slot: string) => slots[slot] ?? all);
    seen.set(text, known);
    return known;
  };
}

function statusFor(random: Random, age: number): number {
  if (age < 2 * day) return random.pick([1, 1, 2, 2, 4]);
  if (age < 14 * day) return random.pick([1, 2, 2, 4, 5, 8, 9, 9]);
  return random.chance(0.97) ? 9 : random.pick([2, 4, 5, 8]);
}

/** The service level of each priority, as in the priorities list. */
function fixHours(priority: number): number {
  return [4, 8, 24, 72][priority - 1] ?? 72;
}

type Story = {
  readonly topic: Topic;
  readonly user: HaloUser;
  readonly agent: Agent;
  readonly at: number;
  readonly fill: (text: string) => string;
  readonly isDone: boolean;
};

function timeline(random: Random, story: Story): Members[] {
  const { topic, user, agent, at, fill, isDone } = story;
  const first = user.name.split(' ')[0] ?? user.name;
  const mail = (note: string) => ({ who: user.name, outcome_id: 4, emailfrom: user.emailaddress, note });
  const note = (text: string) => ({
    who_agentid: agent.id,
    outcome_id: 7,
    hiddenfromuser: true,
    timetaken: random.whole(1, 4) / 4,
    note: fill(text),
  });
  const sent = (text: string) => ({ who_agentid: agent.id, outcome_id: 2, emailto: user.emailaddress, note: text });
  const notes = isDone ? topic.notes : topic.notes.slice(0, random.whole(0, topic.notes.length - 1));
  const steps: Members[] = topic.type === 21 ? [] : [mail(fill(topic.details))];
  notes.forEach((text, step) => {
    if (step === 1 && random.chance(0.3))
      steps.push(sent(`Hello ${first}, ${agent.name.split(' ')[0]} from Northway here. I am looking into this now.`));
    steps.push(note(text));
    if (step === 0 && topic.reply !== undefined && random.chance(0.6)) steps.push(mail(fill(topic.reply)));
  });
  if (isDone && random.chance(0.4))
    steps.push({
      who_agentid: agent.id,
      outcome_id: 9,
      note: 'Resolved, please reply if it comes back.',
      new_status: 9,
    });
  if (steps.length === 0) steps.push({ who: 'Monitoring', who_type: 0, outcome_id: 1, note: fill(topic.details) });
  let when = at;
  return steps.slice(0, 6).map((step, place) => {
    if (place > 0) when = Math.min(when + random.whole(4, 90) * minute, demoNow);
    return { ...step, datetime: stamp(when) };
  });
}

function filesFor(random: Random, topic: Topic, asset: HaloAsset, at: number): Pick<TicketDraft, 'files'> {
  if (!random.chance(0.06)) return {};
  const filename = random.pick(['log.txt', 'error.txt', 'event-export.csv', 'message.eml']);
  const content = `${stamp(at)} ${String(asset.key_field)} ${topic.category}\n${stamp(at + minute)} ${String(asset.key_field)} exported for the service desk\n`;
  return { files: [{ filename, content }] };
}
