import type { Host, Timer } from '@millrace/host';
import { ApiKey, ErrorCode } from '@millrace/protocol';
import {
  WriteTxnMarkersRequest,
  WriteTxnMarkersResponse,
  type WriteTxnMarkersRequestWritableTxnMarker,
} from '@millrace/protocol/messages/write-txn-markers';
import type { MarkerFrame } from '../coordinator/state-machine.ts';
import type { TransactionCoordinator } from '../transaction/transaction-coordinator.ts';
import { MARKER_WAIT_MS } from '../transaction/transaction-limits.ts';
import { isAllowed, requireAllowed } from './access.ts';
import { defineHandler } from './handler.ts';

export const writeTxnMarkers = defineHandler({
  key: ApiKey.WRITE_TXN_MARKERS,
  minVersion: 1,
  maxVersion: 2,
  request: WriteTxnMarkersRequest,
  response: WriteTxnMarkersResponse,

  authorize(_request, context) {
    if (!isAllowed(context, 'ALTER', 'CLUSTER')) requireAllowed(context, 'CLUSTER_ACTION', 'CLUSTER');
  },

  async handle({ markers }, { broker }) {
    const late = new LateAnswer(broker.host);
    try {
      return {
        markers: await Promise.all(markers.map((marker) => endOn(marker, broker.transactions, late))),
      };
    } finally {
      late.cancel();
    }
  },

  fail: ({ errorCode }, { markers }) => ({
    markers: markers.map(({ producerId, topics }) => ({
      producerId,
      topics: topics.map(({ name, partitionIndexes }) => ({
        name,
        partitions: partitionIndexes.map((partitionIndex) => ({ partitionIndex, errorCode })),
      })),
    })),
  }),
});

async function endOn(
  entry: WriteTxnMarkersRequestWritableTxnMarker,
  transactions: TransactionCoordinator,
  late: LateAnswer,
) {
  const { producerId, producerEpoch, coordinatorEpoch, transactionVersion } = entry;
  const marker: MarkerFrame = {
    type: 'marker',
    producerId,
    producerEpoch,
    coordinatorEpoch,
    isCommit: entry.transactionResult,
    transactionVersion,
  };
  const topics = entry.topics.map(async ({ name: topic, partitionIndexes }) => {
    const partitions = partitionIndexes.map(async (partition) => ({
      partitionIndex: partition,
      errorCode: await late.orBefore(transactions.writeMarker({ topic, partition, marker })),
    }));
    return { name: topic, partitions: await Promise.all(partitions) };
  });
  return { producerId, topics: await Promise.all(topics) };
}

/**
 * A partition that takes long to replicate must not keep the markers of other transactions waiting, which come over the
 * same connection. The coordinator asks again, and finds the write that is under way.
 */
class LateAnswer {
  readonly #late: Promise<number>;
  readonly #timer: Timer;

  constructor({ timers }: Host) {
    const { promise, resolve } = Promise.withResolvers<number>();
    this.#late = promise;
    this.#timer = timers.schedule(MARKER_WAIT_MS, () => resolve(ErrorCode.REQUEST_TIMED_OUT));
  }

  orBefore(errorCode: Promise<number>): Promise<number> {
    return Promise.race([errorCode, this.#late]);
  }

  cancel(): void {
    this.#timer.cancel();
  }
}
