import type { Random } from '@millrace/host';
import { firstOf, topicName, type Fields, type Known } from './sensible-values.ts';

const streamsGroup = firstOf('streams', 2);

/** A member of a small application that joins, or goes on as the last answer said. */
export function streamsMember(random: Random, known: Known): Fields {
  const isJoining = random.uint32() % 3 === 0;
  const fields = {
    instanceId: null,
    rackId: null,
    taskOffsets: null,
    taskEndOffsets: null,
    shutdownApplication: false,
  };
  if (!isJoining) {
    const unchanged = { topology: null, activeTasks: null, standbyTasks: null, warmupTasks: null };
    return {
      ...fields,
      ...unchanged,
      rebalanceTimeoutMs: -1,
      processId: null,
      userEndpoint: null,
      clientTags: null,
    };
  }
  return {
    ...fields,
    groupId: known.get('groupId') ?? streamsGroup(random),
    memberId: random.bytes(16).toString('base64url'),
    memberEpoch: 0,
    rebalanceTimeoutMs: 1000,
    processId: `process-${random.uint32() % 3}`,
    topology: smallTopology(random),
    activeTasks: [],
    standbyTasks: [],
    warmupTasks: [],
  };
}

/** One subtopology that counts, now and then with a repartitioned one behind it. */
function smallTopology(random: Random): Fields {
  const isRepartitioned = random.uint32() % 2 === 0;
  const first = subtopology('0', {
    sourceTopics: ['fuzz-0', topicName(random)].filter((name, at, names) => names.indexOf(name) === at),
    repartitionSinkTopics: isRepartitioned ? ['fuzz-by-key'] : [],
    stateChangelogTopics: isRepartitioned ? [] : [internalTopic('fuzz-changelog')],
  });
  const second = subtopology('1', { repartitionSourceTopics: [internalTopic('fuzz-by-key')] });
  return {
    epoch: 1 + (random.uint32() % 2),
    subtopologies: isRepartitioned ? [first, second] : [first],
  };
}

function internalTopic(name: string): Fields {
  return { name, partitions: 0, replicationFactor: 1, topicConfigs: [] };
}

function subtopology(subtopologyId: string, more: Fields): Fields {
  return {
    subtopologyId,
    sourceTopics: [],
    sourceTopicRegex: [],
    stateChangelogTopics: [],
    repartitionSinkTopics: [],
    repartitionSourceTopics: [],
    copartitionGroups: [],
    ...more,
  };
}
