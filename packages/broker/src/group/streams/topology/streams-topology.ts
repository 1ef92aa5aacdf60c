import type { StreamsGroupTopologyValue } from '@millrace/protocol/messages/coordinator-records';
import type { StreamsGroupHeartbeatRequestTopology } from '@millrace/protocol/messages/streams-group-heartbeat';
import { isDeepStrictEqual } from 'node:util';

/** A repartition or changelog topic, as the application describes it. */
export interface InternalTopicInfo {
  readonly name: string;
  /** 0 where the broker is to decide. */
  readonly partitions: number;
  /** 0 for the broker's default. */
  readonly replicationFactor: number;
  readonly topicConfigs: readonly { readonly key: string; readonly value: string }[];
}

/** A part of the topology that is connected without topics: its tasks are what members are given. */
export interface Subtopology {
  readonly subtopologyId: string;
  readonly sourceTopics: readonly string[];
  readonly sourceTopicRegex: readonly string[];
  readonly stateChangelogTopics: readonly InternalTopicInfo[];
  readonly repartitionSinkTopics: readonly string[];
  readonly repartitionSourceTopics: readonly InternalTopicInfo[];
  /** Topics that must have equally many partitions, by their places in the lists above. */
  readonly copartitionGroups: readonly {
    readonly sourceTopics: readonly number[];
    readonly sourceTopicRegex: readonly number[];
    readonly repartitionSourceTopics: readonly number[];
  }[];
}

/** What an application does, as its members have told it; kept in a StreamsGroupTopology record. */
export interface StreamsTopology {
  readonly epoch: number;
  readonly subtopologies: readonly Subtopology[];
}

/** Takes over what a message or a record says, without what belongs to its encoding. */
export function toStreamsTopology({
  epoch,
  subtopologies,
}: StreamsGroupHeartbeatRequestTopology | StreamsGroupTopologyValue): StreamsTopology {
  return {
    epoch,
    subtopologies: subtopologies.map((one) => ({
      subtopologyId: one.subtopologyId,
      sourceTopics: one.sourceTopics,
      sourceTopicRegex: one.sourceTopicRegex,
      stateChangelogTopics: one.stateChangelogTopics.map(toTopicInfo),
      repartitionSinkTopics: one.repartitionSinkTopics,
      repartitionSourceTopics: one.repartitionSourceTopics.map(toTopicInfo),
      copartitionGroups: one.copartitionGroups.map((group) => ({
        sourceTopics: group.sourceTopics,
        sourceTopicRegex: group.sourceTopicRegex,
        repartitionSourceTopics: group.repartitionSourceTopics,
      })),
    })),
  };
}

function toTopicInfo({
  name,
  partitions,
  replicationFactor,
  topicConfigs,
}: InternalTopicInfo): InternalTopicInfo {
  return {
    name,
    partitions,
    replicationFactor,
    topicConfigs: topicConfigs.map(({ key, value }) => ({ key, value })),
  };
}

/** Is it the same application? The order of the subtopologies does not matter. */
export function sameTopology(a: StreamsTopology, b: StreamsTopology): boolean {
  return a.epoch === b.epoch && isDeepStrictEqual(sortedSubtopologies(a), sortedSubtopologies(b));
}

/** In the order of their ids. */
export function sortedSubtopologies({ subtopologies }: StreamsTopology): readonly Subtopology[] {
  return subtopologies.toSorted((a, b) => (a.subtopologyId < b.subtopologyId ? -1 : 1));
}

/** Topics that a subtopology reads. */
export function inputTopics({ sourceTopics, repartitionSourceTopics }: Subtopology): readonly string[] {
  return [...sourceTopics, ...repartitionSourceTopics.map(({ name }) => name)];
}

/** All topics that must be there for the application to run. */
export function requiredTopics({ subtopologies }: StreamsTopology): ReadonlySet<string> {
  return new Set(
    subtopologies.flatMap((one) => [
      ...inputTopics(one),
      ...one.stateChangelogTopics.map(({ name }) => name),
    ]),
  );
}

/** Ids of subtopologies by the topics that they read. */
export function sourceSubtopologies(topology: StreamsTopology | undefined): ReadonlyMap<string, string> {
  return new Map(
    topology?.subtopologies.flatMap((one) =>
      inputTopics(one).map((topic) => [topic, one.subtopologyId] as const),
    ),
  );
}
