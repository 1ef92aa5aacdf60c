import type { ConsumerRecord } from './consumer-record.ts';
import type { HandedOut, PolledRecords } from './fetch/fetch-buffer.ts';
import type { SubscriptionState } from './subscription/subscription-state.ts';

/**
 * Records one by one, with the position moving along: a commit at any moment covers exactly the records that the loop
 * has been given. Leaving the loop gives back what it has not seen; a seek or pause in its body takes effect at once.
 *
 * @param next the next array, undefined when the consumer is closed.
 */
export async function* iterateRecords(
  subscription: SubscriptionState,
  next: () => Promise<PolledRecords | undefined>,
): AsyncGenerator<ConsumerRecord, void, undefined> {
  for (let polled = await next(); polled !== undefined; polled = await next()) {
    const open = new Set(polled.handedOut);
    try {
      for (const part of polled.handedOut) {
        yield* recordsOf(part, polled.records, subscription);
        if (!isCurrent(part, subscription)) continue;
        open.delete(part);
        part.partition.consumedTo(part.position);
      }
    } finally {
      for (const { partition, version } of open) {
        if (partition.version === version) partition.discardFetched();
      }
    }
  }
}

function* recordsOf(
  part: HandedOut,
  records: readonly ConsumerRecord[],
  subscription: SubscriptionState,
): Generator<ConsumerRecord, void, undefined> {
  for (let index = part.start; index < part.end && isCurrent(part, subscription); index++) {
    const record = records[index]!;
    part.partition.consumedTo({ offset: record.offset + 1, leaderEpoch: record.leaderEpoch });
    yield record;
  }
}

function isCurrent({ partition, version }: HandedOut, subscription: SubscriptionState): boolean {
  return partition.version === version && !partition.isPaused && subscription.holds(partition);
}
