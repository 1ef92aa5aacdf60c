import { ErrorCode } from '@millrace/protocol';
import {
  WriteTxnMarkersRequest,
  WriteTxnMarkersResponse,
  type WriteTxnMarkersResponseWritableTxnMarkerResult,
} from '@millrace/protocol/messages/write-txn-markers';
import { peerApi } from '@millrace/replication';
import { BatchedCalls } from '../coordinator/batched-calls.ts';
import { NODE_ANSWER_TIMEOUT_MS } from '../coordinator/coordinator-limits.ts';
import type { NodeChannels } from '../coordinator/node-channels.ts';
import type { MarkerFrame } from '../coordinator/state-machine.ts';

const WRITE_TXN_MARKERS = peerApi(WriteTxnMarkersRequest, WriteTxnMarkersResponse);

/** Partitions in one request. */
const MAX_PARTITIONS = 2000;
/** Partitions that wait for one node; the markers of others are tried again. */
const MAX_WAITING = 20_000;

/** One partition that a transaction has ended on. */
export interface PartitionMarker {
  readonly topic: string;
  readonly partition: number;
  /** The same object for all partitions of a transaction: they share an entry of the request. */
  readonly marker: MarkerFrame;
}

/** Has the leaders of other nodes write markers, those of many transactions in one request. */
export class RemoteMarkers {
  readonly #calls: BatchedCalls<number, PartitionMarker, number>;

  constructor(channels: () => NodeChannels) {
    this.#calls = new BatchedCalls({
      maxItems: MAX_PARTITIONS,
      maxWaiting: MAX_WAITING,
      send: async (nodeId, items) => {
        const byMarker = [...Map.groupBy(items, ({ marker }) => marker)];
        const request = { markers: byMarker.map(([marker, some]) => entryOf(marker, some)) };
        const limits = { timeoutMs: NODE_ANSWER_TIMEOUT_MS };
        const { markers } = await channels().to(nodeId).send(WRITE_TXN_MARKERS, request, limits);
        const results = new Map(byMarker.map(([marker], at) => [marker, markers[at]]));
        return items.map((item) => errorCodeOf(item, results.get(item.marker)));
      },
    });
  }

  /** @returns the error code for the transaction coordinator; never rejects */
  async write(nodeId: number, item: PartitionMarker): Promise<number> {
    try {
      return await this.#calls.call(nodeId, item);
    } catch {
      return ErrorCode.NETWORK_EXCEPTION;
    }
  }
}

function entryOf(marker: MarkerFrame, items: readonly PartitionMarker[]) {
  const { producerId, producerEpoch, coordinatorEpoch, isCommit, transactionVersion } = marker;
  return {
    producerId,
    producerEpoch,
    coordinatorEpoch,
    transactionResult: isCommit,
    transactionVersion,
    topics: Array.from(
      Map.groupBy(items, ({ topic }) => topic),
      ([name, some]) => ({ name, partitionIndexes: some.map(({ partition }) => partition) }),
    ),
  };
}

/** An answer that leaves a partition out is as good as none. */
function errorCodeOf(
  { topic, partition }: PartitionMarker,
  result: WriteTxnMarkersResponseWritableTxnMarkerResult | undefined,
): number {
  const ofTopic = result?.topics.find(({ name }) => name === topic);
  const found = ofTopic?.partitions.find(({ partitionIndex }) => partitionIndex === partition);
  return found?.errorCode ?? ErrorCode.UNKNOWN_SERVER_ERROR;
}
