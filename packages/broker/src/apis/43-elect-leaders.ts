import { ApiKey, ErrorCode, type KafkaError } from '@millrace/protocol';
import {
  ElectLeadersRequest,
  ElectLeadersResponse,
  type ElectLeadersResponseReplicaElectionResultInput,
} from '@millrace/protocol/messages/elect-leaders';
import { ElectionType, electLeaders } from '../controller/elect-leaders.ts';
import { requireAllowed } from './access.ts';
import { always, defineHandler } from './handler.ts';

const FIRST_WITH_ERROR = 1;
/** Before, every election is that of the preferred leader. */
const FIRST_WITH_TYPE = 1;

export const electLeadersHandler = defineHandler({
  key: ApiKey.ELECT_LEADERS,
  minVersion: 0,
  maxVersion: 2,
  request: ElectLeadersRequest,
  response: ElectLeadersResponse,
  isForwarded: always,

  authorize: (_request, context) => requireAllowed(context, 'ALTER', 'CLUSTER'),

  async handle({ electionType, topicPartitions }, { broker, version }) {
    const type = version >= FIRST_WITH_TYPE ? electionType : ElectionType.PREFERRED;
    const elected = await broker.controller.run((state) => electLeaders(state, type, topicPartitions));
    const replicaElectionResults = elected.map(({ topic, partitions }) => ({
      topic,
      partitionResult: partitions.map(({ index, error }) => partitionResult(index, error)),
    }));
    return { throttleTimeMs: 0, ...topError(version, ErrorCode.NONE), replicaElectionResults };
  },

  fail: (error, { topicPartitions }, { version }) => ({
    throttleTimeMs: 0,
    ...topError(version, error.errorCode),
    replicaElectionResults: (topicPartitions ?? []).map(
      ({ topic, partitions }): ElectLeadersResponseReplicaElectionResultInput => ({
        topic,
        partitionResult: partitions.map((index) => partitionResult(index, error)),
      }),
    ),
  }),
});

function partitionResult(partitionId: number, error: KafkaError | undefined) {
  return {
    partitionId,
    errorCode: error?.errorCode ?? ErrorCode.NONE,
    errorMessage: error?.message ?? null,
  };
}

function topError(version: number, errorCode: number): { errorCode?: number } {
  return version >= FIRST_WITH_ERROR ? { errorCode } : {};
}
