import { describe, expect, test } from 'vitest';
import { parseJsonLine, parseLine } from './parse-record.ts';

const format = { topic: 'orders', headers: {} };

describe('parseLine', () => {
  test('takes the whole line as value without a key separator', () => {
    expect(parseLine(Buffer.from('a:b'), format, 1)).toMatchObject({ key: null, value: Buffer.from('a:b') });
  });

  test('splits at the first key separator, which may be longer than a character', () => {
    const record = parseLine(Buffer.from('k => v => w'), { ...format, keySeparator: ' => ' }, 1);
    expect(record).toMatchObject({ key: Buffer.from('k'), value: Buffer.from('v => w') });
  });

  test('turns the null marker into null on both sides, and keeps empty text', () => {
    const nullable = { ...format, keySeparator: ':', nullMarker: 'NULL' };
    expect(parseLine(Buffer.from('k:NULL'), nullable, 1)).toMatchObject({ value: null });
    expect(parseLine(Buffer.from('k:'), nullable, 1)).toMatchObject({ value: Buffer.alloc(0) });
  });

  test('adds headers to every record', () => {
    const record = parseLine(Buffer.from('v'), { ...format, headers: { source: 'test' } }, 1);
    expect(record.headers).toEqual([{ key: 'source', value: 'test' }]);
  });

  test('names the line that lacks a key separator', () => {
    expect(() => parseLine(Buffer.from('value'), { ...format, keySeparator: ':' }, 7)).toThrow(
      'Line 7 has no key separator ":"',
    );
  });
});

describe('parseJsonLine', () => {
  test('reads what consume --output json prints', () => {
    const line = {
      key: 'k',
      value: { base64: '/wA=' },
      headers: [['h', 'x']],
      partition: 2,
      timestamp: 1700000000000,
    };
    expect(parseJsonLine(Buffer.from(JSON.stringify(line)), format, 1)).toEqual({
      topic: 'orders',
      partition: 2,
      key: 'k',
      value: Buffer.from([0xff, 0x00]),
      headers: [{ key: 'h', value: 'x' }],
      timestampMs: 1700000000000,
    });
  });

  test('sends an object as its JSON text and takes headers as an object', () => {
    const record = parseJsonLine(Buffer.from('{"value":{"a":1},"headers":{"h":null}}'), format, 1);
    expect(record).toMatchObject({ key: null, value: '{"a":1}', headers: [{ key: 'h', value: null }] });
  });

  test.each(['not json', '[1]', '"text"'])('refuses %s with the line number', (line) => {
    expect(() => parseJsonLine(Buffer.from(line), format, 3)).toThrow('Line 3');
  });
});
