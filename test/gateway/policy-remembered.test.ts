import { describe, expect, it } from 'vitest';
import { Remembered } from '../../src-gateway/policy/remembered.ts';

/** What was decided, and how often. */
function decider() {
  let decided = 0;
  return () => (decided += 1);
}

describe('Remembered', () => {
  it('decides a question once, and another question anew', () => {
    const answers = new Remembered<number>(10);
    const decide = decider();
    expect(['a', 'a', 'b', 'a', 'b'].map((question) => answers.of(question, decide))).toEqual([1, 1, 2, 1, 2]);
  });

  it('tells questions apart by all that is in them', () => {
    const answers = new Remembered<number>(10);
    const decide = decider();
    const questions = [['ab'], ['a', 'b'], 'ab', { a: 'b' }, { a: ['b'] }, [['a', 'b']], ['a","b'], '1', 1, null];
    expect(questions.map((question) => answers.of(question, decide))).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });

  it('remembers a "no" like any other answer', () => {
    const answers = new Remembered<boolean>(10);
    expect(answers.of('a', () => false)).toBe(false);
    expect(answers.of('a', () => true)).toBe(false);
  });

  it('holds no more than so many, and begins anew with the next', () => {
    const answers = new Remembered<number>(3);
    const decide = decider();
    const ask = (questions: string) => [...questions].map((question) => answers.of(question, decide));
    expect(ask('abcabc')).toEqual([1, 2, 3, 1, 2, 3]);
    expect(ask('d')).toEqual([4]);
    expect(ask('dabd')).toEqual([4, 5, 6, 4]);
  });

  it('forgets nothing, and remembers nothing, when it cannot be decided', () => {
    const answers = new Remembered<number>(1);
    const decide = decider();
    answers.of('a', decide);
    const broken = () => {
      throw new Error('cannot');
    };
    expect(() => answers.of('b', broken)).toThrow('cannot');
    expect(answers.of('a', decide)).toBe(1);
    expect(answers.of('b', decide)).toBe(2);
  });
});
