import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { customerLook, customerLooks } from '../../src-shared/model/customer-look.ts';

interface Named {
  readonly id: string;
  readonly name: string;
}

const demoFile = join(import.meta.dirname, '../../demo/northway.json');
const demo = (JSON.parse(readFileSync(demoFile, 'utf8')) as { customers: readonly Named[] }).customers;
const many: readonly Named[] = Array.from({ length: 300 }, (_, place) => ({
  id: `customer-${place}`,
  name: `Customer ${String(place).padStart(3, '0')}`,
}));
const listed = (directory: readonly Named[]): readonly Named[] =>
  [...directory].sort((one, other) => (one.name.toLowerCase() < other.name.toLowerCase() ? -1 : 1));

describe('customerLooks', () => {
  it('is the same in whatever order the directory comes', () => {
    expect(customerLooks(demo.toReversed())).toEqual(new Map([...customerLooks(demo)].toReversed()));
    expect(customerLooks(demo).get('meridian-dental')).toEqual(customerLooks(demo.toReversed()).get('meridian-dental'));
  });

  it('gives no two customers of the demo the same hue and pattern', () => {
    const looks = [...customerLooks(demo).values()].map(({ hue, pattern }) => `${hue} ${pattern}`);
    expect(new Set(looks).size).toBe(demo.length);
  });

  it.each([
    ['the demo', demo],
    ['300 customers', many],
  ])('keeps those listed next to each other apart: %s', (_, directory) => {
    const looks = customerLooks(directory);
    const inOrder = listed(directory).flatMap(({ id }) => looks.get(id) ?? []);
    inOrder.forEach(({ hue, pattern }, place) => {
      expect(inOrder.slice(Math.max(0, place - 2), place).map((before) => before.hue)).not.toContain(hue);
      const sameHue = inOrder.slice(0, place).filter((before) => before.hue === hue);
      expect(sameHue.slice(-4).map((before) => before.pattern)).not.toContain(pattern);
    });
  });

  it('changes the hue of hardly any other customer when one is added, whichever it is', () => {
    const whole = customerLooks(demo);
    const changed = demo.map((added) => {
      const before = customerLooks(demo.filter((each) => each !== added));
      return [...before].filter(([id, { hue }]) => whole.get(id)?.hue !== hue).length;
    });
    expect(Math.max(...changed)).toBeLessThanOrEqual(4);
    expect(changed.reduce((sum, each) => sum + each) / demo.length).toBeLessThan(0.6);
  });

  it('does not hang on the names, but for the order', () => {
    const renamed = demo.map((each) => ({ ...each, name: `${each.name} Limited` }));
    for (const [id, { hue, pattern }] of customerLooks(renamed))
      expect(customerLooks(demo).get(id)).toMatchObject({ hue, pattern });
  });
});

describe('customerLook', () => {
  it('is that of the directory, and of its own where the directory has it no more', () => {
    const [first] = demo;
    if (first === undefined) throw new Error('an empty demo');
    expect(customerLook(first, demo)).toEqual(customerLooks(demo).get(first.id));
    expect(customerLook({ id: 'gone', name: 'Gone' }, demo)).toEqual(
      customerLooks([{ id: 'gone', name: 'Gone' }]).get('gone'),
    );
  });
});
