import { memoryHost } from '@millrace/host';
import { ApiKey, ErrorCode } from '@millrace/protocol';
import { FindCoordinatorResponse } from '@millrace/protocol/messages/find-coordinator';
import { MetadataResponse } from '@millrace/protocol/messages/metadata';
import { OffsetCommitRequest, OffsetCommitResponse } from '@millrace/protocol/messages/offset-commit';
import { OffsetFetchRequest, OffsetFetchResponse } from '@millrace/protocol/messages/offset-fetch';
import { describe, expect, it } from 'vitest';
import { Cluster } from '../../cluster/cluster.ts';
import { testSettings } from '../../testing/cluster-settings.ts';
import { metadataAnswer, usualVersions } from '../../testing/metadata-answer.ts';
import { ScriptedBroker } from '../../testing/scripted-broker.ts';
import { commitOffsets, type Committer } from './commit-offsets.ts';
import { committedOffsets } from './committed-offsets.ts';

const offsets = [{ topic: 't', partition: 0, offset: 5, leaderEpoch: -1, metadata: '' }];
const limits = { timeoutMs: 5000, limitedBy: 'the test' };
const versions = new Map([
  ...usualVersions,
  [ApiKey.OFFSET_COMMIT, [2, 9]] as const,
  [ApiKey.OFFSET_FETCH, [1, 9]] as const,
]);

/** A coordinator that answers with these errors, one after the other, and then with success. */
async function withCoordinator(
  errors: number[],
  body: (cluster: Cluster, epochs: number[]) => Promise<void>,
): Promise<void> {
  const host = memoryHost();
  const epochs: number[] = [];
  const broker: ScriptedBroker = await ScriptedBroker.start(host, versions, (request) => {
    const errorCode = request.apiKey === ApiKey.METADATA ? 0 : (errors.shift() ?? ErrorCode.NONE);
    switch (request.apiKey) {
      case ApiKey.METADATA:
        return request.answer(MetadataResponse, metadataAnswer([broker.port], []));
      case ApiKey.FIND_COORDINATOR: {
        errors.unshift(errorCode);
        const found = {
          key: 'g',
          nodeId: 0,
          host: '127.0.0.1',
          port: broker.port,
          errorCode: 0,
          errorMessage: null,
        };
        return request.answer(FindCoordinatorResponse, { throttleTimeMs: 0, coordinators: [found] });
      }
      case ApiKey.OFFSET_COMMIT: {
        epochs.push(request.body(OffsetCommitRequest).generationIdOrMemberEpoch);
        const topics = [{ name: 't', partitions: [{ partitionIndex: 0, errorCode }] }];
        return request.answer(OffsetCommitResponse, { throttleTimeMs: 0, topics });
      }
      default: {
        const { memberId, memberEpoch } = request.body(OffsetFetchRequest).groups[0]!;
        if (memberId !== null) epochs.push(memberEpoch);
        const partitions = [
          { partitionIndex: 0, committedOffset: 7, committedLeaderEpoch: -1, metadata: '', errorCode: 0 },
        ];
        const topics = [{ name: 't', partitions: errorCode === 0 ? partitions : [] }];
        const groups = [{ groupId: 'g', topics, errorCode }];
        return request.answer(OffsetFetchResponse, { throttleTimeMs: 0, groups });
      }
    }
  });
  const cluster = new Cluster(testSettings(host, [broker.bootstrapServers]));
  try {
    await body(cluster, epochs);
  } finally {
    await cluster.close({ drain: false });
    await broker[Symbol.asyncDispose]();
  }
}

function member(generationId: number): Committer {
  return { groupId: 'g', groupInstanceId: null, memberId: 'm', generationId };
}

describe('a member epoch that is stale', () => {
  it('makes a commit wait for the epoch of the next heartbeat', () =>
    withCoordinator([ErrorCode.STALE_MEMBER_EPOCH, ErrorCode.STALE_MEMBER_EPOCH], async (cluster, epochs) => {
      // The heartbeat has not come by the second attempt.
      const known = [1, 1, 1, 2];
      const current = () => member(known.shift() ?? 2);
      await commitOffsets(cluster, offsets, member(1), { ...limits, current });
      expect(epochs).toEqual([1, 1, 2]);
    }));

  it('ends a commit of partitions that others have by now', () =>
    withCoordinator([ErrorCode.STALE_MEMBER_EPOCH], async (cluster, epochs) => {
      const commit = commitOffsets(cluster, offsets, member(1), { ...limits, current: () => undefined });
      await expect(commit).rejects.toMatchObject({ code: 'STALE_MEMBER_EPOCH' });
      expect(epochs).toEqual([1]);
    }));

  it('does not let a commit of the classic protocol go on in another generation', () =>
    withCoordinator([ErrorCode.COORDINATOR_LOAD_IN_PROGRESS], async (cluster, epochs) => {
      await commitOffsets(cluster, offsets, member(1), { ...limits, current: () => member(2) });
      expect(epochs).toEqual([1, 1]);
    }));

  it('is no reason to start over: committed offsets are asked for again (platformatic/kafka#267)', () =>
    withCoordinator([ErrorCode.STALE_MEMBER_EPOCH], async (cluster) => {
      const options = { ...limits, groupId: 'g', requireStable: false };
      const found = await committedOffsets(cluster, [{ topic: 't', partition: 0 }], options);
      expect([...found.values()]).toMatchObject([{ offset: 7 }]);
    }));

  it('of a member that asks for committed offsets is asked for again, as who it is by then (KIP-848)', () =>
    withCoordinator([ErrorCode.STALE_MEMBER_EPOCH, ErrorCode.UNKNOWN_MEMBER_ID], async (cluster, epochs) => {
      const known = [1, 2, 3];
      const options = { ...limits, groupId: 'g', requireStable: false, member: () => member(known.shift()!) };
      const found = await committedOffsets(cluster, [{ topic: 't', partition: 0 }], options);
      expect([...found.values()]).toMatchObject([{ offset: 7 }]);
      expect(epochs).toEqual([1, 2, 3]);
    }));
});
