import { describe, expect, it } from 'vitest';
import { encodeMetrics } from '../testing/pushed-metrics.ts';
import { decodeMetrics } from './decode-metrics.ts';

describe('decodeMetrics', () => {
  it('reads gauges and sums, whole and broken numbers, and what they are labelled with', () => {
    const data = encodeMetrics([
      { name: 'a.rate', value: 0.25 },
      { name: 'a.total', kind: 'total', value: 9_000_000_000 },
      { name: 'a.delta', kind: 'delta', value: -3, attributes: { node: -1, topic: 'orders', on: true } },
    ]);
    expect(decodeMetrics(data)).toEqual([
      { name: 'a.rate', unit: '', kind: 'gauge', value: 0.25, attributes: new Map() },
      { name: 'a.total', unit: '1', kind: 'total', value: 9_000_000_000, attributes: new Map() },
      {
        name: 'a.delta',
        unit: '1',
        kind: 'delta',
        value: -3,
        attributes: new Map([
          ['node', '-1'],
          ['topic', 'orders'],
          ['on', 'true'],
        ]),
      },
    ]);
  });

  it('reads nothing from nothing', () => {
    expect(decodeMetrics(Buffer.alloc(0))).toEqual([]);
  });

  it('refuses every message that is cut off, and nothing else happens', () => {
    const data = encodeMetrics([
      { name: 'a.delta', kind: 'delta', value: 1.5, attributes: { topic: 'orders' } },
    ]);
    for (let length = 1; length < data.length; length++)
      expect(() => decodeMetrics(data.subarray(0, length)), `${length} bytes`).toThrow(RangeError);
  });

  it('refuses more metrics than anybody has', () => {
    const many = Array.from({ length: 10_001 }, (_, index) => ({ name: `m${index}`, value: 1 }));
    expect(() => decodeMetrics(encodeMetrics(many))).toThrow('more than 10000 metrics');
  });

  it('refuses numbers without an end, and wire types that there are not', () => {
    expect(() => decodeMetrics(Buffer.alloc(20, 0xff))).toThrow('more than ten bytes');
    expect(() => decodeMetrics(Buffer.from([0x0b]))).toThrow('wire type 3');
  });
});
