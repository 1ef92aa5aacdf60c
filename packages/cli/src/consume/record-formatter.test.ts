import type { ConsumerRecord } from '@millrace/client';
import { describe, expect, test } from 'vitest';
import { compileFormat, jsonLine } from './record-formatter.ts';

const record: ConsumerRecord = {
  topic: 'orders',
  partition: 3,
  offset: 42,
  leaderEpoch: 0,
  timestampMs: 1700000000000,
  key: Buffer.from('k'),
  value: Buffer.from('v'),
  headers: [{ key: 'h', value: Buffer.from('x') }],
};

describe('compileFormat', () => {
  test('fills in every token', () => {
    expect(compileFormat('%t/%p@%o %k=%v [%h] %T %K %S 100%%')(record).toString()).toBe(
      'orders/3@42 k=v [h=x] 1700000000000 1 1 100%\n',
    );
  });

  test('adds a line end only where the template has none', () => {
    expect(compileFormat('%v\\n--\\n')(record).toString()).toBe('v\n--\n');
    expect(compileFormat('%v')(record).toString()).toBe('v\n');
  });

  test('writes keys and values as the bytes they are', () => {
    expect(compileFormat('%v')({ ...record, value: Buffer.from([0xff]) })).toEqual(Buffer.from([0xff, 0x0a]));
  });

  test('refuses an unknown token and names those there are', () => {
    expect(() => compileFormat('%x')).toThrow('no token %x');
  });
});

describe('jsonLine', () => {
  test('prints text as text, null as null and other bytes in base64', () => {
    const line = jsonLine({ ...record, key: null, value: Buffer.from([0xff, 0x00]) });
    expect(JSON.parse(line.toString())).toEqual({
      topic: 'orders',
      partition: 3,
      offset: 42,
      timestamp: 1700000000000,
      key: null,
      value: { base64: '/wA=' },
      headers: [['h', 'x']],
    });
  });

  test('keeps a replacement character that was really sent', () => {
    expect(JSON.parse(jsonLine({ ...record, value: Buffer.from('\ufffd') }).toString())).toMatchObject({
      value: '\ufffd',
    });
  });
});
