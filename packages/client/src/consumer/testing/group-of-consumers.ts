import type { Consumer } from '../consumer.ts';
import type { TopicPartition } from '../topic-partition.ts';
import { recordTexts } from './test-cluster.ts';

/** Of 100 ms each: more than any change of a group takes. */
const MAX_ROUNDS = 600;

/** `t-0 t-1`. */
export function partitionNames(partitions: readonly TopicPartition[]): string {
  return partitions.map(({ topic, partition }) => `${topic}-${partition}`).join(' ');
}

/** How many partitions each has: `2 2`. */
export function assignmentSizes(consumers: readonly Consumer[]): string {
  return consumers.map((consumer) => consumer.assignment().length).join(' ');
}

/**
 * Polls all of them until the condition holds; in virtual time that ends, or this says so.
 * @returns what the records say
 */
export async function pollUntil(consumers: readonly Consumer[], isDone: () => boolean): Promise<string[]> {
  const texts: string[] = [];
  for (let round = 0; !isDone(); round++) {
    if (round > MAX_ROUNDS) {
      const assigned = consumers.map((consumer) => partitionNames(consumer.assignment()));
      throw new Error(`not reached: ${assigned.join(' | ')}`);
    }
    const polled = await Promise.all(consumers.map((consumer) => consumer.poll({ timeoutMs: 100 })));
    texts.push(...recordTexts(polled.flat()));
  }
  return texts;
}
