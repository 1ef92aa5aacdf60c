import { SeededRandom } from '@millrace/host';
import { describe, expect, it } from 'vitest';
import { StickyPartition, type PartitionLoad } from './sticky-partition.ts';

const idle: PartitionLoad = { isAvailable: () => true, queuedBatches: () => 0 };

function sticky(isAdaptive = true) {
  return new StickyPartition({ batchSizeBytes: 1000, isAdaptive, random: new SeededRandom(1) });
}

/** How often each partition was drawn in `draws` switches. */
function drawn(partition: StickyPartition, count: number, load: PartitionLoad, draws = 3000): number[] {
  const found = Array.from({ length: count }, () => 0);
  for (let draw = 0; draw < draws; draw++) {
    found[partition.current(count, load)]!++;
    partition.appended(2000, true, load);
  }
  return found;
}

describe('StickyPartition', () => {
  it('stays until batch.size is produced and the batch is complete', () => {
    const partition = sticky();
    const first = partition.current(100, idle);
    partition.appended(999, true, idle);
    expect(partition.current(100, idle)).toBe(first);
    partition.appended(1, false, idle);
    expect(partition.current(100, idle)).toBe(first);
    expect(partition.completed(idle)).toBe(true);
    expect(partition.current(100, idle)).not.toBe(first);
  });

  it('switches at twice batch.size in any case', () => {
    const partition = sticky();
    const first = partition.current(100, idle);
    partition.appended(2000, false, idle);
    expect(partition.current(100, idle)).not.toBe(first);
  });

  it('draws evenly when nothing waits', () => {
    for (const count of drawn(sticky(), 3, idle)) expect(count / 1000).toBeCloseTo(1, 0);
  });

  it('prefers short queues: weight is longest + 1 - own', () => {
    const load = { isAvailable: () => true, queuedBatches: (partition: number) => [0, 3, 1][partition]! };
    const [a, b, c] = drawn(sticky(), 3, load, 8000) as [number, number, number];
    expect(a / b).toBeCloseTo(4, 0);
    expect(c / b).toBeCloseTo(3, 0);
  });

  it('ignores queues when it is not adaptive', () => {
    const load = { isAvailable: () => true, queuedBatches: (partition: number) => [0, 100][partition]! };
    const [a, b] = drawn(sticky(false), 2, load) as [number, number];
    expect(a / b).toBeCloseTo(1, 0);
  });

  it('leaves out partitions that are not available, unless none is', () => {
    const load = { isAvailable: (partition: number) => partition === 1, queuedBatches: () => 0 };
    expect(drawn(sticky(), 3, load, 100)[1]).toBeGreaterThanOrEqual(99);
    const none = { isAvailable: () => false, queuedBatches: () => 0 };
    expect(drawn(sticky(), 2, none, 100).every((count) => count > 0)).toBe(true);
  });

  it('chooses anew when the topic gets more partitions', () => {
    const partition = sticky();
    partition.current(1, idle);
    expect(drawn(partition, 4, idle, 100).every((count) => count > 0)).toBe(true);
  });
});
