import {
  findCoordinator,
  incrementalAlterConfigs,
  produce,
  shareGroupHeartbeat,
  type Api,
  type shareAcknowledge,
  type shareFetch,
} from '../../src/apis.ts';
import type { Peer } from '../../src/peer.ts';
import { batchOf, produceRequest, type Topic } from '../records/record-requests.ts';

type InputOf<T> = T extends Api<infer Input, infer _Response> ? Input : never;

/** A node decides on assignments at once, and the topics of coordinators are small. */
export const shareProperties = {
  'group.share.assignment.interval.ms': '0',
  'share.coordinator.state.topic.num.partitions': '4',
};

export const [memberA, memberB] = ['AAAAAAAAAAAAAAAAAAAAAQ', 'AAAAAAAAAAAAAAAAAAAAAg'] as const;

/** A range of offsets and what is said of it. */
export type Said = readonly [firstOffset: number, lastOffset: number, ...types: number[]];

type Topics = NonNullable<InputOf<typeof shareFetch>['topics']>;

/** One partition of a topic, and what is acknowledged of it. */
export function about(topic: Pick<Topic, 'id'>, partitionIndex = 0, said: readonly Said[] = []): Topics {
  const acknowledgementBatches = said.map(([firstOffset, lastOffset, ...acknowledgeTypes]) => ({
    firstOffset,
    lastOffset,
    acknowledgeTypes,
  }));
  return [{ topicId: topic.id, partitions: [{ partitionIndex, acknowledgementBatches }] }];
}

export function fetchOf(
  groupId: string,
  shareSessionEpoch: number,
  fields: Partial<InputOf<typeof shareFetch>> = {},
): InputOf<typeof shareFetch> {
  return {
    groupId,
    memberId: memberA,
    shareSessionEpoch,
    maxWaitMs: 300,
    minBytes: 1,
    maxBytes: 1_000_000,
    maxRecords: 100,
    batchSize: 100,
    topics: [],
    forgottenTopicsData: [],
    ...fields,
  };
}

export function acknowledgeOf(
  groupId: string,
  shareSessionEpoch: number,
  fields: Partial<InputOf<typeof shareAcknowledge>> = {},
): InputOf<typeof shareAcknowledge> {
  return { groupId, memberId: memberA, shareSessionEpoch, topics: [], ...fields };
}

export function beatOf(
  groupId: string,
  fields: Partial<InputOf<typeof shareGroupHeartbeat>> = {},
): InputOf<typeof shareGroupHeartbeat> {
  return { groupId, memberId: memberA, memberEpoch: 0, ...fields };
}

/** Waits for the coordinator of this group and partition, of which the first one has the topic made. */
export async function shareCoordinator(peer: Peer, groupId: string, topic: Topic): Promise<void> {
  await peer.settled(
    () => peer.quietly(findCoordinator, 6, { keyType: 2, coordinatorKeys: [`${groupId}:${topic.id}:0`] }),
    ({ coordinators }) => coordinators.every(({ errorCode }) => errorCode === 0),
  );
}

/** Joins, and waits until the member has been assigned something and nothing changes any more. */
export async function joined(
  peer: Peer,
  groupId: string,
  topics: readonly Topic[],
  memberId: string = memberA,
): Promise<number> {
  const first = beatOf(groupId, { memberId, subscribedTopicNames: topics.map(({ name }) => name) });
  let { memberEpoch } = await peer.settled(
    () => peer.quietly(shareGroupHeartbeat, 1, first),
    ({ errorCode }) => errorCode === 0,
  );
  await peer.settled(
    async () => {
      const beat = beatOf(groupId, {
        memberId,
        memberEpoch,
        subscribedTopicNames: first.subscribedTopicNames,
      });
      const answer = await peer.quietly(shareGroupHeartbeat, 1, beat);
      memberEpoch = answer.memberEpoch;
      return answer;
    },
    ({ assignment }) => (assignment?.topicPartitions.length ?? 0) === topics.length,
  );
  return memberEpoch;
}

export async function setOfGroup(peer: Peer, groupId: string, settings: Readonly<Record<string, string>>) {
  const configs = Object.entries(settings).map(([name, value]) => ({ name, configOperation: 0, value }));
  const resources = [{ resourceType: 32, resourceName: groupId, configs }];
  await peer.quietly(incrementalAlterConfigs, 1, { resources, validateOnly: false });
  await peer.caughtUp();
}

export async function write(peer: Peer, topic: Topic, values: readonly string[]): Promise<void> {
  await peer.quietly(produce, 9, produceRequest(9, topic, batchOf(values)));
}
