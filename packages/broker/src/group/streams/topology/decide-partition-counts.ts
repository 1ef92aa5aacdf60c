import { KafkaError } from '@millrace/protocol';
import type { TopicsImage } from '../../../metadata/cluster-image.ts';
import { inputTopics, type StreamsTopology, type Subtopology } from './streams-topology.ts';
import { StreamsStatus, type StatusOfMember } from './topology-status.ts';

/** How many partitions internal topics are to have, by name. */
export type PartitionCounts = ReadonlyMap<string, number>;

/** The number of partitions of a topic: that of the topic itself where there is one, otherwise what was decided. */
export type CountPartitions = (topic: string) => number | undefined;

/** Counts partitions of topics that exist, and of others by what was decided for them. */
export function partitionCounter({ byName }: TopicsImage, decided: PartitionCounts): CountPartitions {
  return (topic) => byName.get(topic)?.partitions.length ?? decided.get(topic);
}

/**
 * Decides how many partitions repartition and changelog topics are to have. All source topics exist.
 *
 * 1. A repartition topic has as many as the application says, otherwise as many as the subtopology that writes it reads.
 * 2. Topics that are joined have equally many: repartition topics follow.
 * 3. A changelog has one for each task.
 *
 * @returns the counts, or why the application cannot run with the topics as they are
 * @throws KafkaError STREAMS_INVALID_TOPOLOGY for what no topics would help with
 */
export function decidePartitionCounts(
  topology: StreamsTopology,
  topics: TopicsImage,
): PartitionCounts | StatusOfMember {
  const decided = countRepartitionTopics(topology, topics);
  const countOf = partitionCounter(topics, decided);
  for (const subtopology of topology.subtopologies) {
    for (const group of copartitionedTopics(subtopology)) {
      const counts = alignCopartitioned(group, fixedTopics(topology), countOf);
      if ('statusCode' in counts) return counts;
      for (const [topic, count] of counts) decided.set(topic, count);
    }
  }
  for (const subtopology of topology.subtopologies) {
    const taskCount = countTasks(subtopology, countOf);
    for (const { name } of subtopology.stateChangelogTopics) decided.set(name, taskCount);
  }
  return decided;
}

/** As many tasks as the largest of its topics has partitions. @throws KafkaError STREAMS_INVALID_TOPOLOGY */
export function countTasks(subtopology: Subtopology, countOf: CountPartitions): number {
  const counts = inputTopics(subtopology).flatMap((topic) => countOf(topic) ?? []);
  if (counts.length === 0)
    throw invalid(`No source topics found for subtopology ${subtopology.subtopologyId}`);
  return Math.max(...counts);
}

function countRepartitionTopics(
  { subtopologies }: StreamsTopology,
  topics: TopicsImage,
): Map<string, number> {
  const sources = subtopologies.flatMap(({ repartitionSourceTopics }) => repartitionSourceTopics);
  const counts = new Map(
    sources.filter(({ partitions }) => partitions !== 0).map(({ name, partitions }) => [name, partitions]),
  );
  for (;;) {
    const before = counts.size;
    let isMissing = false;
    for (const subtopology of subtopologies) {
      for (const sink of subtopology.repartitionSinkTopics) {
        if (counts.has(sink)) continue;
        const count = mostPartitionsRead(subtopology, counts, topics);
        if (count === undefined) isMissing = true;
        else counts.set(sink, count);
      }
    }
    if (!isMissing) break;
    if (counts.size === before) {
      throw invalid(
        'Failed to compute number of partitions for all repartition topics. There may be loops in the topology that ' +
          'cannot be resolved.',
      );
    }
  }
  if (sources.every(({ name }) => counts.has(name))) return counts;
  throw invalid(
    'Failed to compute number of partitions for all repartition topics, because a repartition source topic is never ' +
      'used as a sink topic.',
  );
}

/** As far as that is known already; `undefined` when nothing is. */
function mostPartitionsRead(
  { repartitionSourceTopics, sourceTopics }: Subtopology,
  decided: PartitionCounts,
  { byName }: TopicsImage,
): number | undefined {
  const counts = [
    ...repartitionSourceTopics.flatMap(({ name }) => decided.get(name) ?? []),
    ...sourceTopics.flatMap((name) => byName.get(name)?.partitions.length ?? []),
  ];
  return counts.length === 0 ? undefined : Math.max(...counts);
}

interface CopartitionedTopics {
  readonly external: readonly string[];
  readonly repartition: readonly string[];
}

/** @throws KafkaError STREAMS_INVALID_TOPOLOGY */
function copartitionedTopics(subtopology: Subtopology): CopartitionedTopics[] {
  const { sourceTopics, repartitionSourceTopics, copartitionGroups, subtopologyId } = subtopology;
  const pick = <Item>(items: readonly Item[], places: readonly number[]): Item[] =>
    places.map((place) => {
      const item = items[place];
      if (item !== undefined) return item;
      throw invalid(
        `A copartition group of subtopology ${subtopologyId} names topic ${place}, which it has not.`,
      );
    });
  return copartitionGroups.map((group) => {
    const repartition = pick(repartitionSourceTopics, group.repartitionSourceTopics).map(({ name }) => name);
    const isRepartition = new Set(repartitionSourceTopics.map(({ name }) => name));
    const sources = pick(sourceTopics, group.sourceTopics);
    return {
      external: sources.filter((name) => !isRepartition.has(name)),
      repartition: [...new Set([...repartition, ...sources.filter((name) => isRepartition.has(name))])],
    };
  });
}

/** Repartition topics whose number of partitions the application has chosen. */
function fixedTopics({ subtopologies }: StreamsTopology): ReadonlySet<string> {
  const sources = subtopologies.flatMap(({ repartitionSourceTopics }) => repartitionSourceTopics);
  return new Set(sources.filter(({ partitions }) => partitions !== 0).map(({ name }) => name));
}

function alignCopartitioned(
  { external, repartition }: CopartitionedTopics,
  isFixed: ReadonlySet<string>,
  countOf: CountPartitions,
): PartitionCounts | StatusOfMember {
  const chosen = repartition.filter((topic) => isFixed.has(topic));
  const leading = [external, chosen, repartition].find((topics) => topics.length > 0) ?? [];
  const counts = leading.map((topic) => countOf(topic)!);
  const count = Math.max(...counts);
  if (leading !== repartition && counts.some((other) => other !== count)) {
    const named = (leading === external ? external : repartition).toSorted();
    const list = named.map((topic) => `${topic}=${countOf(topic)}`).join(', ');
    return incorrect(`Following topics do not have the same number of partitions: [{${list}}]`);
  }
  const other = chosen.find((topic) => countOf(topic) !== count);
  if (other !== undefined) {
    return incorrect(
      `Number of partitions [${countOf(other)}] of repartition topic [${other}] doesn't match number of partitions ` +
        `[${count}] of the source topic.`,
    );
  }
  return new Map(repartition.map((topic) => [topic, count]));
}

function incorrect(statusDetail: string): StatusOfMember {
  return { statusCode: StreamsStatus.incorrectlyPartitionedTopics, statusDetail };
}

function invalid(text: string): KafkaError {
  return new KafkaError('STREAMS_INVALID_TOPOLOGY', text);
}
