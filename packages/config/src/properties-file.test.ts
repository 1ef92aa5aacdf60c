import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PropertiesFileError } from './errors.ts';
import { parsePropertiesFile } from './properties-file.ts';

/** Each case: what it shows, the text, the properties. */
const cases: readonly (readonly [string, string, Record<string, string>])[] = [
  ['reads keys and values around =', 'a=1\nb = 2\n', { a: '1', b: '2' }],
  [
    'takes : and white space for separators, too',
    'a:1\nb : 2\nc 3\nd\t4',
    { a: '1', b: '2', c: '3', d: '4' },
  ],
  ['keeps further separators in the value', 'a=b=c\nd e f\ng : : h', { a: 'b=c', d: 'e f', g: ': h' }],
  ['skips blank lines and comments', '# a\n! b\n  # c\n\n \t\nd=#e', { d: '#e' }],
  ['gives an empty value to a key alone', 'a\nb=\nc =', { a: '', b: '', c: '' }],
  ['lets the last of equal keys win', 'a=1\na=2', { a: '2' }],
  ['joins lines after a backslash', 'a=1,\\\n   2,\\\n\t3\nb=4', { a: '1,2,3', b: '4' }],
  ['does not join after an escaped backslash', 'a=1\\\\\nb=2', { a: '1\\', b: '2' }],
  ['takes a comment sign on a joined line for text', 'a=1\\\n#2', { a: '1#2' }],
  ['ends at a backslash in the last line', 'a=1\\', { a: '1' }],
  ['joins no lines of a comment', '# a\\\nb=1', { b: '1' }],
  ['reads escapes in keys and values', 'a\\=b\\:c\\ d=\\t\\n\\r\\f\\q\\\\e', { 'a=b:c d': '\t\n\r\fq\\e' }],
  ['reads unicode escapes', 'caf\\u00e9=\\u2615', { café: '☕' }],
  ['reads every line end', 'a=1\r\nb=2\rc=3\nd=4', { a: '1', b: '2', c: '3', d: '4' }],
  ['drops white space around values, as Kafka does', 'a=  1  \n', { a: '1' }],
  [
    'takes names of object members for keys like others',
    '__proto__=1\nconstructor=2',
    {
      ['__proto__']: '1',
      constructor: '2',
    },
  ],
];

describe('parsePropertiesFile', () => {
  test.each(cases)('%s', (_, text, expected) => {
    expect(Object.entries(parsePropertiesFile(text, 'test.properties'))).toEqual(Object.entries(expected));
  });

  test('names file and line of what it cannot read', () => {
    const parse = (): unknown => parsePropertiesFile('a=1\nb=\\u12', '/etc/server.properties');
    expect(parse).toThrow(PropertiesFileError);
    expect(parse).toThrow('/etc/server.properties:2: malformed \\uXXXX escape');
  });

  test('reads back whatever is written with escapes', () => {
    const key = fc.string({ unit: 'grapheme', minLength: 1 });
    fc.assert(
      fc.property(fc.dictionary(key, fc.string({ unit: 'grapheme' })), (properties) => {
        const text = Object.entries(properties)
          .map(([name, value]) => `${escaped(name)}=${escaped(value)}`)
          .join('\n');
        const expected = Object.entries(properties).map(([name, value]) => [name, value.trimEnd()]);
        expect(Object.entries(parsePropertiesFile(text, 'test'))).toEqual(expected);
      }),
      { numRuns: 200, seed: 20261121 },
    );
  });
});

function escaped(text: string): string {
  return [...text.matchAll(/[^]/g)]
    .map(([unit]) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');
}
