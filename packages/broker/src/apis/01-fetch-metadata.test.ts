import { ErrorCode } from '@millrace/protocol';
import { FetchRequest, FetchResponse } from '@millrace/protocol/messages/fetch';
import { METADATA_TOPIC, METADATA_TOPIC_ID } from '@millrace/replication';
import { describe, expect, it } from 'vitest';
import { startController } from '../testing/controller-listener.ts';

describe('Fetch on the listener for controllers', () => {
  it.each([12, 13, 17, 18])('has the metadata log, in version %i', async (version) => {
    await using node = await startController();
    const topic = version >= 13 ? { topicId: METADATA_TOPIC_ID } : { topic: METADATA_TOPIC };
    const replica = version >= 15 ? {} : { replicaId: -1 };
    const { errorCode, responses } = await node.connection.send({
      request: FetchRequest,
      response: FetchResponse,
      version,
      message: {
        ...replica,
        clusterId: node.server.broker.clusterId,
        maxWaitMs: 0,
        minBytes: 1,
        topics: [
          {
            ...topic,
            partitions: [
              {
                partition: 0,
                currentLeaderEpoch: node.quorum.epoch,
                fetchOffset: 0,
                partitionMaxBytes: 1_000_000,
              },
            ],
          },
        ],
        forgottenTopicsData: [],
      },
    });
    const partition = responses[0]!.partitions[0]!;
    expect([errorCode, partition.errorCode]).toEqual([ErrorCode.NONE, ErrorCode.NONE]);
    expect(partition.highWatermark).toBe(node.quorum.highWatermark);
    expect(partition.records!.length).toBeGreaterThan(0);
  });
});
