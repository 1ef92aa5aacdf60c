import { ApiKey, ErrorCode, KafkaError } from '@millrace/protocol';
import {
  ElectLeadersRequest,
  ElectLeadersResponse,
  type ElectLeadersResponseReplicaElectionResultInput,
} from '@millrace/protocol/messages/elect-leaders';
import type { ClusterImage } from '../metadata/cluster-image.ts';
import { requireAllowed } from './access.ts';
import { always, defineHandler } from './handler.ts';

const [PREFERRED, UNCLEAN] = [0, 1];
const FIRST_WITH_ERROR = 1;

/** On a node alone each partition is led by its one replica: there is nothing to elect. */
export const electLeaders = defineHandler({
  key: ApiKey.ELECT_LEADERS,
  minVersion: 0,
  maxVersion: 2,
  isForwarded: always,
  request: ElectLeadersRequest,
  response: ElectLeadersResponse,

  authorize: (_request, context) => requireAllowed(context, 'ALTER', 'CLUSTER'),

  validate({ electionType }) {
    if (electionType === PREFERRED || electionType === UNCLEAN) return;
    throw new KafkaError('INVALID_REQUEST', `Election type ${electionType} is unknown`);
  },

  handle({ topicPartitions }, { broker, version }) {
    const { image } = broker;
    const replicaElectionResults =
      topicPartitions === null
        ? // Asked for all, an answer lists those that were elected.
          [...image.topics.byName.keys()].map((topic) => ({ topic, partitionResult: [] }))
        : topicPartitions.map((asked) => results(asked, (index) => verdict(image, asked.topic, index)));
    return { throttleTimeMs: 0, ...topError(version, ErrorCode.NONE), replicaElectionResults };
  },

  fail: (error, { topicPartitions }, { version }) => ({
    throttleTimeMs: 0,
    ...topError(version, error.errorCode),
    replicaElectionResults: (topicPartitions ?? []).map((asked) => results(asked, () => error)),
  }),
});

function verdict(image: ClusterImage, topic: string, index: number): KafkaError {
  const partition = image.topics.byName.get(topic)?.partitions[index];
  return partition === undefined
    ? new KafkaError('UNKNOWN_TOPIC_OR_PARTITION', `There is no partition ${topic}-${index}`)
    : new KafkaError('ELECTION_NOT_NEEDED', `${topic}-${index} is led by node ${partition.leader}`);
}

function results(
  { topic, partitions }: { readonly topic: string; readonly partitions: readonly number[] },
  errorOf: (index: number) => KafkaError,
): ElectLeadersResponseReplicaElectionResultInput {
  return {
    topic,
    partitionResult: partitions.map((partitionId) => {
      const { errorCode, message } = errorOf(partitionId);
      return { partitionId, errorCode, errorMessage: message };
    }),
  };
}

function topError(version: number, errorCode: number): { errorCode?: number } {
  return version >= FIRST_WITH_ERROR ? { errorCode } : {};
}
