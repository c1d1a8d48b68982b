// Attack: a company publishes a rule that is nested so deeply that Cedar overflows its memory: when it reads it, or only when
// it is asked, at noon. From then on Cedar answers nobody in the process, of no company. Such a rule is never given to it.
import { describe, expect, it } from 'vitest';
import { type CallQuestion, loadPolicy, type Policy } from '../../src-gateway/policy/policy.ts';
import { CustomerId } from '../../src-shared/model/ids.ts';
import { bundleOf, testNow } from '../gateway/enrolment.ts';

const call: CallQuestion = {
  person: { id: 'amy', roles: ['technician'] },
  customer: CustomerId.parse('acme'),
  tool: 'ticket_list',
  connector: 'halopsa',
  risk: 'read',
  client: 'assistant',
  isCross: false,
  now: testNow,
};
/** With rules so long as a bundle may have them. */
const load = (conditions: string): Policy => {
  const text = `permit (principal, action == Bulkhead::Action::"read", resource) ${conditions};`;
  return loadPolicy(bundleOf({ policy: { policies: { text } } }));
};
const longest = 3900;

/** Each of so many levels, or of as many as fit. */
const deep: Readonly<Record<string, (levels: number) => string>> = {
  brackets: (levels) => around('(', 'true', ')', levels),
  sets: (levels) => `${around('[', '1', ']', levels)} != [[]]`,
  records: (levels) => `${around('{a:', '1', '}', levels)} == {a:1}`,
  negations: (levels) => around('!!!!(', 'true', ')', levels),
  'negative numbers': (levels) => `${around('----(', '1', ')', levels)} == 1`,
  sums: (levels) => `1${'+1'.repeat(levels)} > 1`,
  'sums, products and differences': (levels) => `1${'+1*1-1'.repeat(levels)} < 1000`,
  'sums in brackets': (levels) => `${around('(1+', '1', ')', Math.min(levels, 38))}${'+1'.repeat(levels)} > 1`,
  'sums at noon': (levels) => `if context.minute != 721 then true else 1${'+1'.repeat(levels)} > 1`,
  conjunctions: (levels) => `true${'&&true'.repeat(levels)}`,
  disjunctions: (levels) => `false${'||false'.repeat(levels)}||true`,
  choices: (levels) => around('if true then true else ', 'true', '', levels),
  'choices in brackets': (levels) => around('true&&(if true then(', 'true', ')else true)', levels),
  members: (levels) => `context${'.a'.repeat(levels)} == 1`,
  methods: (levels) => around('[1].contains(', '1', ')', levels),
  dates: (levels) => `datetime("2020-01-01")${'.offset(duration("1h"))'.repeat(levels)} > datetime("2019-01-01")`,
  'conditions before sums': (levels) =>
    `true ${'}when{true'.repeat(Math.min(levels, 300))}}when{1${'+1'.repeat(levels)}>1`,
};
const around = (open: string, inner: string, close: string, levels: number): string =>
  open.repeat(levels) + inner + close.repeat(levels);

const most = (of: (levels: number) => string, isLet: (text: string) => boolean): number =>
  Array.from({ length: 400 }, (_, at) => 400 - at).find((levels) => isLet(of(levels))) ?? 0;

describe.each(Object.entries(deep))('a rule of %s', (_, of) => {
  const when = (levels: number): string => `when { ${of(levels)} }`;

  it('is refused when it is as deep as it is long', () => {
    const levels = most(when, (text) => text.length < longest);
    expect(() => load(when(levels))).toThrow(expect.objectContaining({ code: 'POLICY_INVALID' }) as Error);
    expect(load('').judge(call).verdict).toBe('runs');
  });

  it('can be asked when it is as deep as is taken, and leaves Cedar whole', () => {
    for (const levels of [39, 77, 117]) {
      try {
        const policy = load(when(levels));
        for (const now of [testNow, testNow + 60_000]) expect(policy.judge({ ...call, now })).toBeDefined();
      } catch (error) {
        expect(error).toMatchObject({ code: 'POLICY_INVALID' });
      }
      expect(load('').judge(call).verdict).toBe('runs');
    }
  });
});
