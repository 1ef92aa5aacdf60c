import type { TopicsImage } from '../../../metadata/cluster-image.ts';
import {
  countTasks,
  decidePartitionCounts,
  partitionCounter,
  type PartitionCounts,
} from './decide-partition-counts.ts';
import {
  inputTopics,
  requiredTopics,
  sortedSubtopologies,
  type InternalTopicInfo,
  type StreamsTopology,
  type Subtopology,
} from './streams-topology.ts';
import { StreamsStatus, summarizeTopics, type StatusOfMember } from './topology-status.ts';

/** A subtopology, with what follows from the topics that there are. Its internal topics have their partition counts. */
export interface ConfiguredSubtopology extends Subtopology {
  readonly taskCount: number;
  /** Whether it keeps state, so that there may be standbys. */
  readonly isStateful: boolean;
}

/** A topology as it fits the topics of the cluster. */
export interface ConfiguredTopology {
  readonly topology: StreamsTopology;
  /** The topics it was fitted to, and their hash. */
  readonly topics: TopicsImage;
  readonly metadataHash: string;
  /** By id, in the order of the ids; `undefined` where topics are not as they must be. */
  readonly subtopologies: ReadonlyMap<string, ConfiguredSubtopology> | undefined;
  /** Internal topics that are to be created. */
  readonly missingTopics: readonly InternalTopicInfo[];
  /** Why the application cannot run yet. */
  readonly problem: StatusOfMember | undefined;
}

/**
 * Fits a topology to the topics of the cluster.
 * @throws KafkaError STREAMS_INVALID_TOPOLOGY
 */
export function configureTopology(
  topology: StreamsTopology,
  topics: TopicsImage,
  metadataHash: string,
): ConfiguredTopology {
  const base = { topology, topics, metadataHash };
  const fitted = fit(topology, topics);
  if ('statusCode' in fitted)
    return { ...base, subtopologies: undefined, missingTopics: [], problem: fitted };
  const missingTopics = internalTopics(fitted).filter(({ name }) => !topics.byName.has(name));
  const problem: StatusOfMember | undefined =
    missingTopics.length === 0
      ? undefined
      : {
          statusCode: StreamsStatus.missingInternalTopics,
          statusDetail: `Internal topics are missing: ${summarizeTopics(missingTopics.map(({ name }) => name))}`,
        };
  const subtopologies = new Map(fitted.map((one) => [one.subtopologyId, one]));
  return { ...base, subtopologies, missingTopics, problem };
}

function fit(
  topology: StreamsTopology,
  topics: TopicsImage,
): readonly ConfiguredSubtopology[] | StatusOfMember {
  const missing = topology.subtopologies
    .flatMap(({ sourceTopics }) => sourceTopics)
    .filter((topic) => !topics.byName.has(topic));
  if (missing.length > 0) {
    const names = [...new Set(missing)].toSorted();
    const statusDetail = `Source topics ${summarizeTopics(names)} are missing.`;
    return { statusCode: StreamsStatus.missingSourceTopics, statusDetail };
  }
  const counts = decidePartitionCounts(topology, topics);
  if ('statusCode' in counts) return counts;
  const configured = sortedSubtopologies(topology).map((one) => configure(one, topics, counts));
  return differingTopic(topology, configured, topics) ?? configured;
}

function configure(
  subtopology: Subtopology,
  topics: TopicsImage,
  counts: PartitionCounts,
): ConfiguredSubtopology {
  const decided = (topic: InternalTopicInfo): InternalTopicInfo =>
    topic.partitions === 0 ? { ...topic, partitions: counts.get(topic.name)! } : topic;
  return {
    ...subtopology,
    taskCount: countTasks(subtopology, partitionCounter(topics, counts)),
    isStateful: subtopology.stateChangelogTopics.length > 0,
    repartitionSourceTopics: subtopology.repartitionSourceTopics.map(decided),
    stateChangelogTopics: subtopology.stateChangelogTopics.map(decided),
  };
}

/** Each once, in the order of their names. */
function internalTopics(subtopologies: readonly ConfiguredSubtopology[]): readonly InternalTopicInfo[] {
  const topics = subtopologies.flatMap((one) => [
    ...one.repartitionSourceTopics,
    ...one.stateChangelogTopics,
  ]);
  const byName = new Map(topics.map((topic) => [topic.name, topic]));
  return [...byName.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

/** An internal topic that exists and has other partitions than it should. */
function differingTopic(
  topology: StreamsTopology,
  subtopologies: readonly ConfiguredSubtopology[],
  { byName }: TopicsImage,
): StatusOfMember | undefined {
  const required = requiredTopics(topology);
  for (const { name, partitions } of internalTopics(subtopologies)) {
    const found = byName.get(name)?.partitions.length;
    if (found === undefined || found === partitions || !required.has(name)) continue;
    const statusDetail = `Existing topic ${name} has different number of partitions: expected ${partitions}, found ${found}`;
    return { statusCode: StreamsStatus.incorrectlyPartitionedTopics, statusDetail };
  }
  return undefined;
}

/** The topics whose partitions the tasks of a subtopology read, in the order of their names. */
export function readTopics(subtopology: Subtopology): readonly string[] {
  return [...new Set(inputTopics(subtopology))].toSorted();
}
