import type { StreamsGroupHeartbeatResponseEndpointToPartitions } from '@millrace/protocol/messages/streams-group-heartbeat';
import type { TopicsImage } from '../../metadata/cluster-image.ts';
import type { StreamsGroup } from './streams-group.ts';
import { type TaskNumbers, withoutEpochs } from './tasks.ts';
import { readTopics, type ConfiguredTopology } from './topology/configured-topology.ts';

/** Which partitions are behind which endpoint: the state of an application is asked for where they are processed. */
export function endpointPartitions(
  group: StreamsGroup,
  topics: TopicsImage,
): StreamsGroupHeartbeatResponseEndpointToPartitions[] {
  const partitionsOf = (tasks: TaskNumbers) => partitionsRead(tasks, group.configured, topics);
  return [...group.members.values()].flatMap(({ metadata: { userEndpoint }, current: { assigned } }) => {
    if (userEndpoint === null) return [];
    return {
      userEndpoint: { ...userEndpoint },
      activePartitions: partitionsOf(withoutEpochs(assigned.active)),
      standbyPartitions: partitionsOf(assigned.standby),
    };
  });
}

/** A topic with fewer partitions than its subtopology has tasks is read by the first of them only. */
function partitionsRead(
  tasks: TaskNumbers,
  configured: ConfiguredTopology | undefined,
  { byName }: TopicsImage,
): { topic: string; partitions: number[] }[] {
  return [...tasks].flatMap(([subtopologyId, numbers]) => {
    const subtopology = configured?.subtopologies?.get(subtopologyId);
    const read = subtopology === undefined ? [] : readTopics(subtopology);
    return read.map((topic) => {
      const count = byName.get(topic)?.partitions.length ?? 0;
      return { topic, partitions: numbers.filter((number) => number < count) };
    });
  });
}
