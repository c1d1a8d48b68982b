// What tickets are about, written as text blocks:
//
//   # Category>Sub (alert)       request, change or alert; an incident when it says nothing
//   the summary
//   the details
//   - a technician's note        in order; the last one resolves
//   > what the contact writes back on the way
//
// `(a|b)` is a choice; {name} {first} {host} {site} {company} {n} are filled in, and {other} names another client, as
// technicians' notes do.
import type { Industry } from './companies.ts';
import { generalTopics } from './topics-general.ts';
import { industryTopics } from './topics-industry.ts';

export type Topic = {
  readonly category: string;
  readonly type: number;
  readonly summary: string;
  readonly details: string;
  readonly notes: readonly string[];
  readonly reply: string | undefined;
};

/** Halo's ids of the ticket types. */
const types: Readonly<Record<string, number>> = { incident: 1, change: 2, request: 3, alert: 21 };

/** An industry's own topics count twice: they come up more often. */
export function topicsFor(industry: Industry): readonly Topic[] {
  const own = readTopics(industryTopics[industry]);
  return [...readTopics(generalTopics), ...own, ...own];
}

function readTopics(text: string): Topic[] {
  return text.split(/^# /m).slice(1).map(readTopic);
}

function readTopic(block: string): Topic {
  const [heading = '', summary = '', details = '', ...rest] = block.trim().split('\n');
  const [, category = heading, type = 'incident'] = /^(.*?)(?: \((\w+)\))?$/.exec(heading) ?? [];
  const marked = (mark: string) => rest.filter((line) => line.startsWith(mark)).map((line) => line.slice(2));
  return { category, type: types[type] ?? 1, summary, details, notes: marked('- '), reply: marked('> ')[0] };
}
