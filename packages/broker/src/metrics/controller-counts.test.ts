import { PartitionRecord } from '@millrace/protocol/messages/metadata-records';
import { describe, expect, it } from 'vitest';
import { LeaderRecoveryState, NO_LEADER, type ClusterImage } from '../metadata/cluster-image.ts';
import { emptyImage } from '../metadata/image-builder.ts';
import { imageDifference } from '../metadata/image-difference.ts';
import { partitionImage } from '../metadata/partition-image.ts';
import { TopicTable } from '../metadata/topic-table.ts';
import { ControllerCounts } from './controller-counts.ts';

const TOPIC = 'AAAAAAAAAAAAAAAAAAAAZA';

function imageOf(fields: Partial<PartitionRecord>): ClusterImage {
  const data = PartitionRecord.create({
    topicId: TOPIC,
    partitionId: 0,
    replicas: [1, 2, 3],
    isr: [1, 2, 3],
  });
  const topics = new TopicTable();
  topics.put({ name: 'orders', id: TOPIC, partitions: [partitionImage({ ...data, ...fields })] });
  return { ...emptyImage, topics };
}

function countsOf(...states: readonly ClusterImage[]): ControllerCounts {
  const counts = new ControllerCounts();
  let before = emptyImage;
  for (const after of states) {
    counts.onImage(before, after, imageDifference(before, after));
    before = after;
  }
  return counts;
}

const led = { leader: 1, leaderEpoch: 0 };

describe('what controllers count', () => {
  it('is no election that was there before this node', () => {
    const { RECOVERING } = LeaderRecoveryState;
    expect(countsOf(imageOf({ ...led, leaderRecoveryState: RECOVERING })).uncleanElections).toBe(0);
  });

  it('are unclean elections, once each', () => {
    const { RECOVERING, RECOVERED } = LeaderRecoveryState;
    const unclean = { leader: 3, leaderEpoch: 2, isr: [3], leaderRecoveryState: RECOVERING };
    const counts = countsOf(
      imageOf(led),
      imageOf({ leader: NO_LEADER, leaderEpoch: 1, isr: [1] }),
      imageOf(unclean),
      imageOf({ ...unclean, leaderRecoveryState: RECOVERED }),
      imageOf({ ...unclean, leaderRecoveryState: RECOVERED, isr: [3, 2] }),
    );
    expect(counts).toMatchObject({ uncleanElections: 1, electionsFromElr: 0 });
  });

  it('are elections of replicas that were not in sync but complete', () => {
    const counts = countsOf(
      imageOf(led),
      imageOf({ leader: NO_LEADER, leaderEpoch: 1, isr: [], eligibleLeaderReplicas: [1, 2] }),
      imageOf({ leader: 2, leaderEpoch: 2, isr: [2], eligibleLeaderReplicas: [1] }),
      imageOf({ leader: 2, leaderEpoch: 2, isr: [2, 1] }),
      imageOf({ leader: 1, leaderEpoch: 3, isr: [2, 1] }),
    );
    expect(counts).toMatchObject({ uncleanElections: 0, electionsFromElr: 1 });
  });
});
