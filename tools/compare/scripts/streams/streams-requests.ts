import type { Api, streamsGroupHeartbeat } from '../../src/apis.ts';

type InputOf<T> = T extends Api<infer Input, infer _Response> ? Input : never;
export type StreamsBeat = InputOf<typeof streamsGroupHeartbeat>;
type Topology = NonNullable<StreamsBeat['topology']>;
type Subtopology = Topology['subtopologies'][number];

/** A node decides on assignments at once. */
export const streamsProperties = {
  'group.streams.initial.rebalance.delay.ms': '0',
  'group.streams.assignment.interval.ms': '0',
};

export const [threadA, threadB] = ['AAAAAAAAAAAAAAAAAAAAAQ', 'AAAAAAAAAAAAAAAAAAAAAg'] as const;

/** A subtopology that reads these topics, and what else is said of it. */
export function reading(sourceTopics: readonly string[], fields: Partial<Subtopology> = {}): Subtopology {
  return {
    subtopologyId: '0',
    sourceTopics,
    sourceTopicRegex: [],
    stateChangelogTopics: [],
    repartitionSinkTopics: [],
    repartitionSourceTopics: [],
    copartitionGroups: [],
    ...fields,
  };
}

export function internal(name: string, partitions = 0) {
  const topicConfigs = [{ key: 'cleanup.policy', value: 'compact' }];
  return { name, partitions, replicationFactor: 0, topicConfigs };
}

export function topologyOf(...subtopologies: readonly Subtopology[]): Topology {
  return { epoch: 0, subtopologies };
}

/** A heartbeat of thread A that says nothing but what is given. */
export function beatOf(groupId: string, fields: Partial<StreamsBeat> = {}): StreamsBeat {
  return { groupId, memberId: threadA, memberEpoch: 0, endpointInformationEpoch: 0, ...fields };
}

/** The first heartbeat of thread A in a process of its own. */
export function helloOf(groupId: string, topology: Topology, fields: Partial<StreamsBeat> = {}): StreamsBeat {
  const memberId = fields.memberId ?? threadA;
  return beatOf(groupId, {
    endpointInformationEpoch: -1,
    rebalanceTimeoutMs: 10_000,
    topology,
    processId: `process-${memberId.at(-1)}`,
    ...tasks([]),
    ...fields,
  });
}

/** What a thread has: active tasks of the first subtopology, and no others. */
export function tasks(partitions: readonly number[]) {
  const activeTasks = partitions.length === 0 ? [] : [{ subtopologyId: '0', partitions }];
  return { activeTasks, standbyTasks: [], warmupTasks: [] };
}
