import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { errorTable, markdownTable, propertyTable, referenceFile, referencePage } from './index.ts';

const port = {
  type: 'int',
  default: 9092,
  range: 'at least 0',
  doc: 'Where it listens.',
  updateMode: 'read-only',
  format: String,
};

test('columns of a table are as wide as their widest cell, and a bar in a cell is escaped', () => {
  expect(markdownTable(['a', 'bars'], [['wide cell', 'x|y']])).toBe(
    ['| a         | bars |', '| --------- | ---- |', '| wide cell | x\\|y |'].join('\n'),
  );
});

test('a table without rows has columns that the formatter takes for columns', () => {
  expect(markdownTable(['a', 'b'], [])).toBe('| a   | b   |\n| --- | --- |');
});

test('a property without a default is required, and one that is empty by default says nothing', () => {
  const definitions = { port, host: { ...port, default: undefined }, tags: { ...port, default: '' } };
  expect(propertyTable(definitions).split('\n').slice(2)).toEqual([
    '| `port`   | int  | `9092`   | at least 0 | Where it listens. |',
    '| `host`   | int  | required | at least 0 | Where it listens. |',
    '| `tags`   | int  |          | at least 0 | Where it listens. |',
  ]);
});

test('a table of properties says when they may be changed, if it is asked to', () => {
  const cells = (line: string) => line.split('|').map((cell) => cell.trim());
  const lines = propertyTable({ port }, { withUpdateMode: true }).split('\n').map(cells);
  expect(lines[0]![5]).toBe('changed');
  expect(lines[2]![5]).toBe('read-only');
});

test('a table of errors says in words whether they may be retried', () => {
  const error = { code: 'ERR_A', retriable: true, summary: 'It broke.', help: 'Mend it.' };
  const table = errorTable({ first: error, second: { ...error, retriable: false } }, 'try again');
  expect(table).toBe(
    [
      '| code    | try again | meaning   | what to do |',
      '| ------- | --------- | --------- | ---------- |',
      '| `ERR_A` | yes       | It broke. | Mend it.   |',
      '| `ERR_A` | no        | It broke. | Mend it.   |',
    ].join('\n'),
  );
});

test('a page is its parts, and stands in docs/reference', () => {
  expect(referencePage('# Title', 'Text.')).toBe('# Title\n\nText.\n');
  expect(existsSync(referenceFile('log-errors.md'))).toBe(true);
});
