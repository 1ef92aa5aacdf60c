import { describe, expect, it } from 'vitest';
import { coordinatorPartition, javaStringHash } from './coordinator-partition.ts';

describe('coordinatorPartition', () => {
  it.each([
    ['my-group', 12],
    ['orders', 31],
    ['txn-1', 10],
    ['polygenelubricants', 0],
    ['', 0],
  ])('places %j on partition %i of 50, as Apache Kafka does', (id, partition) => {
    expect(coordinatorPartition(id, 50)).toBe(partition);
  });

  it('hashes UTF-16 units, surrogates one by one', () => {
    expect(javaStringHash('polygenelubricants')).toBe(-2147483648);
    expect(javaStringHash('é')).toBe(233);
    expect(javaStringHash('😀')).toBe((0xd83d * 31 + 0xde00) | 0);
  });
});
