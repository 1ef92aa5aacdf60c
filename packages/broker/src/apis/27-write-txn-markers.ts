import { ApiKey } from '@millrace/protocol';
import {
  WriteTxnMarkersRequest,
  WriteTxnMarkersResponse,
  type WriteTxnMarkersRequestWritableTxnMarker,
} from '@millrace/protocol/messages/write-txn-markers';
import type { MarkerFrame } from '../coordinator/state-machine.ts';
import { writeMarker } from '../transaction/write-marker.ts';
import { isAllowed, requireAllowed } from './access.ts';
import { defineHandler, type RequestContext } from './handler.ts';

export const writeTxnMarkers = defineHandler({
  key: ApiKey.WRITE_TXN_MARKERS,
  minVersion: 1,
  maxVersion: 2,
  request: WriteTxnMarkersRequest,
  response: WriteTxnMarkersResponse,

  authorize(_request, context) {
    if (!isAllowed(context, 'ALTER', 'CLUSTER')) requireAllowed(context, 'CLUSTER_ACTION', 'CLUSTER');
  },

  async handle({ markers }, context) {
    return { markers: await Promise.all(markers.map((marker) => endOn(marker, context))) };
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

async function endOn(marker: WriteTxnMarkersRequestWritableTxnMarker, { broker }: RequestContext) {
  const { producerId, producerEpoch, coordinatorEpoch, transactionVersion } = marker;
  const frame: MarkerFrame = {
    type: 'marker',
    producerId,
    producerEpoch,
    coordinatorEpoch,
    isCommit: marker.transactionResult,
    transactionVersion,
  };
  const topics = marker.topics.map(async ({ name, partitionIndexes }) => {
    const partitions = partitionIndexes.map(async (partitionIndex) => ({
      partitionIndex,
      errorCode: await writeMarker(broker, name, partitionIndex, frame),
    }));
    return { name, partitions: await Promise.all(partitions) };
  });
  return { producerId, topics: await Promise.all(topics) };
}
