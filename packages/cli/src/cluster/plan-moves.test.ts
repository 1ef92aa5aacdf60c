import { assert, array, integer, property, uniqueArray } from 'fast-check';
import { expect, test } from 'vitest';
import { planMoves, type PlacedPartition, type TargetBroker } from './plan-moves.ts';

const brokers = (...ids: number[]): TargetBroker[] => ids.map((id) => ({ id, rack: null }));
const topic = 'orders';

test('a partition that is where it belongs is not touched', () => {
  const placed = [0, 1, 2].map((partition) => ({
    topic,
    partition,
    replicas: [partition + 1, ((partition + 1) % 3) + 1],
  }));
  expect(planMoves(placed, brokers(1, 2, 3))).toEqual([]);
});

test('a new broker gets its share and no more moves than that takes', () => {
  const placed = Array.from({ length: 12 }, (_, partition) => ({
    topic,
    partition,
    replicas: [(partition % 3) + 1],
  }));
  const moves = planMoves(placed, brokers(1, 2, 3, 4));
  expect(moves).toHaveLength(3);
  expect(moves.every(({ replicas }) => replicas.join() === '4')).toBe(true);
});

test('replicas leave a broker that is no target, and racks are told apart', () => {
  const targets = [
    { id: 1, rack: 'a' },
    { id: 2, rack: 'a' },
    { id: 3, rack: 'b' },
  ];
  expect(planMoves([{ topic, partition: 0, replicas: [1, 9] }], targets)).toEqual([
    { topic, partition: 0, from: [1, 9], replicas: [1, 3] },
  ]);
});

test('the replication factor can be raised and lowered', () => {
  const placed = [{ topic, partition: 0, replicas: [1, 2] }];
  expect(planMoves(placed, brokers(1, 2, 3), 3)[0]!.replicas).toHaveLength(3);
  expect(planMoves(placed, brokers(1, 2, 3), 1)[0]!.replicas).toEqual([1]);
});

test('whatever is there: replicas are distinct targets, and no broker gets far more than its share', () => {
  const ids = uniqueArray(integer({ min: 1, max: 9 }), { minLength: 3, maxLength: 6 });
  assert(
    property(
      ids,
      array(uniqueArray(integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 3 }), {
        minLength: 1,
        maxLength: 30,
      }),
      (targetIds, replicaLists) => {
        const placed: PlacedPartition[] = replicaLists.map((replicas, partition) => ({
          topic,
          partition,
          replicas,
        }));
        const moves = planMoves(placed, brokers(...targetIds));
        const after = placed.map(
          ({ partition, replicas }) =>
            moves.find((move) => move.partition === partition)?.replicas ?? replicas,
        );
        const count = (id: number): number => after.flat().filter((each) => each === id).length;
        for (const [index, replicas] of after.entries()) {
          expect(new Set(replicas).size).toBe(placed[index]!.replicas.length);
          expect(replicas.every((id) => targetIds.includes(id))).toBe(true);
        }
        const share = Math.ceil(after.flat().length / targetIds.length);
        // One more where the only broker with room holds the partition already.
        expect(Math.max(...targetIds.map(count))).toBeLessThanOrEqual(share + 2);
      },
    ),
    { numRuns: 200 },
  );
});
