/** What a client app may do, as few sentences as it takes: by how the policy answers, then by what it is about. */
import type { Explanation, OfferedTool, PolicyVerdict } from '../../../src-shared/contract/gateway.ts';
import type { Rule } from '../../../src-shared/model/approval.ts';
import { isRead } from '../../../src-shared/model/risk.ts';
import { policyWords } from '../../en-policy.ts';
import { plainLine } from '../../parts/vendor-text.tsx';
import { number, t } from '../../words.ts';

/** Tools that are answered alike, with the rules behind it. */
export interface MayDoRow {
  readonly verdict: PolicyVerdict | 'unavailable';
  readonly sentences: readonly string[];
  readonly tools: readonly OfferedTool[];
  readonly rules: readonly Rule[];
}

const most = { objects: 6, deeds: 4 };
const order = ['runs', 'asks', 'asks-two', 'denied', 'unavailable'] as const;

/** The rows in the order of how freely it may act; what holds for no tool is left out. */
export function mayDoRows({ tools, classes }: Pick<Explanation, 'tools' | 'classes'>): readonly MayDoRow[] {
  const deniedClasses = new Set(classes.filter(({ verdict }) => verdict === 'denied').map(({ risk }) => risk));
  const answers = Map.groupBy(tools, (tool) => answerTo(tool, deniedClasses.has(tool.risk)));
  return order.flatMap((verdict) => {
    const members = answers.get(verdict) ?? [];
    if (members.length === 0) return [];
    return [{ verdict, sentences: sentencesOf(verdict, members), tools: members, rules: rulesOf(members) }];
  });
}

/** A tool that no rule forbids, of a class that is not denied, is only not there right now: an earlier gate says why. */
function answerTo({ isAllowed, asks, because }: OfferedTool, isDeniedClass: boolean): MayDoRow['verdict'] {
  if (isAllowed) return asks === 0 ? 'runs' : asks === 1 ? 'asks' : 'asks-two';
  return because.length > 0 || isDeniedClass ? 'denied' : 'unavailable';
}

function sentencesOf(verdict: MayDoRow['verdict'], tools: readonly OfferedTool[]): readonly string[] {
  if (verdict === 'unavailable') return unavailable(tools);
  if (verdict === 'denied') return denied(tools);
  const reads = verdict === 'runs' ? tools.filter(({ risk }) => isRead(risk)) : [];
  const deeds = tools.filter((tool) => !reads.includes(tool));
  const said: string[] = [];
  if (reads.length > 0) said.push(t('policy.mayDo.reads', { what: joined(objectsOf(reads), most.objects, 'and') }));
  if (deeds.length > 0) {
    const what = joined(deeds.map(deedOf), most.deeds, verdict === 'runs' ? 'and' : 'or');
    said.push(t(`policy.mayDo.${verdict === 'asks-two' ? 'asks' : verdict}`, { what }));
  }
  return said;
}

/** What the same rules deny, with what they say; where none says anything, that none allows it. */
const denied = (tools: readonly OfferedTool[]): readonly string[] =>
  [...Map.groupBy(tools, saidOf)].map(([said, members]) =>
    t('policy.mayDo.unavailableWords', {
      what: capital(joined(members.map(deedOf), most.deeds, 'or')),
      reason: said === '' ? t('policy.mayDo.noRule') : said,
    }),
  );

const saidOf = ({ because }: OfferedTool): string =>
  because
    .filter(({ says }) => says !== '')
    .map(({ says }) => t('policy.mayDo.rule', { says: plainLine(says) }))
    .join(' ');

const unavailable = (tools: readonly OfferedTool[]): readonly string[] =>
  [...Map.groupBy(tools, ({ reason }) => reason ?? t('home.blockedUnknown'))].map(([reason, members]) =>
    t('policy.mayDo.unavailableWords', { what: capital(joined(members.map(deedOf), most.deeds, 'and')), reason }),
  );

/** What the tools are about, what most of them are about first: "tickets, assets". */
function objectsOf(tools: readonly OfferedTool[]): readonly string[] {
  const groups = [...Map.groupBy(tools, objectOf)];
  return groups.toSorted(([, one], [, other]) => other.length - one.length).map(([object]) => object);
}

function objectOf(tool: OfferedTool): string {
  const first = tool.definition.name.replace(/^(?:halo|hudu|pax8)_/, '').split('_')[0] ?? '';
  if (isKnown(first)) return t(`policy.mayDo.objects.${first}`);
  return deedOf(tool).replace(/^(?:list|show|open|read|find|search|preview) (?:an? |the )?/, '');
}

const isKnown = (word: string): word is keyof typeof policyWords.mayDo.objects =>
  Object.hasOwn(policyWords.mayDo.objects, word);

/** A title in the middle of a sentence. Names that begin with two capitals, or hold one later, stay as they are. */
function deedOf({ definition }: OfferedTool): string {
  const title = plainLine(definition.title);
  return /^\p{Lu}[\p{Ll} ]/u.test(title) ? title.charAt(0).toLowerCase() + title.slice(1) : title;
}

/** "a, b and c"; beyond `limit` "a, b, c and 12 more". Each once. */
function joined(parts: readonly string[], limit: number, link: 'and' | 'or'): string {
  const each = [...new Set(parts)];
  const left = each.length - limit;
  const shown =
    left > 1 ? [...each.slice(0, limit), t('policy.mayDo.more', { count: left, shown: number(left) })] : each;
  const last = shown.at(-1) ?? '';
  return shown.length < 2 ? last : t(`policy.mayDo.${link}`, { first: shown.slice(0, -1).join(', '), last });
}

function rulesOf(tools: readonly OfferedTool[]): readonly Rule[] {
  return [...new Map(tools.flatMap(({ because }) => because).map((rule) => [rule.id, rule])).values()];
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
