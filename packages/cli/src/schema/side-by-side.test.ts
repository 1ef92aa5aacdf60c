import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareLines, sideBySide } from './side-by-side.ts';

test('replaced lines stand opposite of each other, others beside a gap', () => {
  const lines = compareLines('a\nb\nc\nd', 'a\nx\nc\nd\ne');
  expect(sideBySide(lines, 11)).toBe('a      a\nb    | x\nc      c\nd      d\n     > e');
});

test('each column holds its text, line by line', () => {
  const text = fc
    .array(fc.constantFrom('a', 'b', 'c', ''), { minLength: 1, maxLength: 12 })
    .map((lines) => lines.join('\n'));
  fc.assert(
    fc.property(text, text, (left, right) => {
      const lines = compareLines(left, right);
      const column = (side: 'left' | 'right') => lines.flatMap((line) => line[side] ?? []).join('\n');
      expect([column('left'), column('right')]).toEqual([left, right]);
    }),
  );
});

test('long lines are cut', () => {
  expect(sideBySide([{ left: 'x'.repeat(50), right: 'y' }], 23)).toBe(`${'x'.repeat(9)}… | y`);
});
