import { ErrorCode } from '@millrace/protocol';
import { FetchSnapshotRequest, FetchSnapshotResponse } from '@millrace/protocol/messages/fetch-snapshot';
import { METADATA_TOPIC } from '@millrace/replication';
import { describe, expect, it } from 'vitest';
import { startController } from '../testing/controller-listener.ts';

describe('FetchSnapshot', () => {
  it.each([0, 1])('has what a node has written, and nothing else, in version %i', async (version) => {
    await using node = await startController();
    const endOffset = node.quorum.highWatermark;
    const saved = await node.quorum.saveSnapshot({ endOffset, lastTimestampMs: 0, batches: [] });
    const ask = async (snapshotId: { endOffset: number; epoch: number }) => {
      const { topics } = await node.connection.send({
        request: FetchSnapshotRequest,
        response: FetchSnapshotResponse,
        version,
        message: {
          clusterId: node.server.broker.clusterId,
          topics: [
            {
              name: METADATA_TOPIC,
              partitions: [{ partition: 0, currentLeaderEpoch: node.quorum.epoch, snapshotId, position: 0 }],
            },
          ],
        },
      });
      return topics[0]!.partitions[0]!;
    };
    const found = await ask(saved!);
    expect(found).toMatchObject({ errorCode: ErrorCode.NONE, snapshotId: saved, position: 0 });
    expect(found.unalignedRecords.length).toBe(found.size);
    const unknown = await ask({ endOffset: 77, epoch: 0 });
    expect(unknown.errorCode).toBe(ErrorCode.SNAPSHOT_NOT_FOUND);
  });
});
