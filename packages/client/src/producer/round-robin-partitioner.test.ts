import { expect, test } from 'vitest';
import { RoundRobinPartitioner } from './round-robin-partitioner.ts';

function choices(missing: readonly number[], count: number): number[] {
  const partitioner = new RoundRobinPartitioner();
  const load = { isAvailable: (partition: number) => !missing.includes(partition) };
  const record = { topic: 'orders', key: 'the same', value: 'v' };
  return Array.from({ length: count }, () => partitioner.partition(record, 3, load));
}

test('records go to one partition after the other, whatever their key', () => {
  expect(choices([], 7)).toEqual([0, 1, 2, 0, 1, 2, 0]);
});

test('partitions without a leader are left out, unless there are no others', () => {
  expect(choices([1], 5)).toEqual([0, 2, 0, 2, 0]);
  expect(choices([0, 1, 2], 4)).toEqual([0, 1, 2, 0]);
});

test('each topic has a turn of its own', () => {
  const partitioner = new RoundRobinPartitioner();
  const load = { isAvailable: () => true };
  const next = (topic: string) => partitioner.partition({ topic, value: 'v' }, 2, load);
  expect([next('a'), next('b'), next('a'), next('b')]).toEqual([0, 0, 1, 1]);
});
