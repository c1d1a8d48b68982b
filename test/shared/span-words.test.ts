import { expect, it } from 'vitest';
import { spanWords } from '../../src-shared/span-words.ts';

it.each([
  [0, '0 seconds'],
  [1, '1 second'],
  [119, '119 seconds'],
  [120, '2 minutes'],
  [7199, '119 minutes'],
  [7200, '2 hours'],
  [165_887, '46 hours'],
  [172_799, '47 hours'],
  [172_800, '2 days'],
  [31_536_000, '365 days'],
])('says %i seconds as %s', (seconds, words) => {
  expect(spanWords(seconds)).toBe(words);
});
