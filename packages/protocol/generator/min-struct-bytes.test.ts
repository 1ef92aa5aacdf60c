import { expect, test } from 'vitest';
import { minElementBytes } from './min-struct-bytes.ts';
import { parseDefinitionFile } from './parse-definition.ts';

function firstFieldBytes(text: string): number {
  const message = parseDefinitionFile('thing', text).messages[0]!;
  return minElementBytes(message, message.root.fields[0]!);
}

test('an element takes the fewest bytes of all versions', () => {
  const late = (versions: string): string =>
    `  items: Item[]\n    id: uuid${versions}\n    name: string\n    list: int32[]?\n    sub: Sub?\n      a: int64\n`;
  expect(firstFieldBytes(`structure Thing versions 0-2\n${late('  1+')}`)).toBe(2 + 4 + 1);
  expect(firstFieldBytes(`structure Thing versions 1-2\n${late('')}`)).toBe(16 + 2 + 4 + 1);
  expect(firstFieldBytes(`structure Thing versions 0-2 flexible 2+\n${late('  1+')}`)).toBe(2 + 4 + 1);
  expect(firstFieldBytes(`structure Thing versions 2 flexible 2+\n${late('')}`)).toBe(16 + 1 + 1 + 1 + 1);
});

test('a tagged field takes nothing until it has a value', () => {
  const text = 'structure Thing versions 0 flexible 0+\n  items: Item[]\n    id: uuid  tag 0\n';
  expect(firstFieldBytes(text)).toBe(1);
});

test('an element that may take no bytes at all is refused, because nothing would bound its count', () => {
  const text = 'structure Thing versions 0-1\n  items: Item[]\n    id: uuid  1+\n';
  expect(() => firstFieldBytes(text)).toThrow('Thing.items: elements of zero bytes cannot be bounded');
});
