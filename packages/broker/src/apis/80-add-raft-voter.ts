import { ApiKey, KafkaError } from '@millrace/protocol';
import { AddRaftVoterRequest, AddRaftVoterResponse } from '@millrace/protocol/messages/add-raft-voter';
import { requireAllowed } from './access.ts';
import { always, defineHandler } from './handler.ts';

/** The quorum has fixed voters (kraft.version 0): none is added, as Kafka says it then (KIP-853). */
export const addRaftVoter = defineHandler({
  key: ApiKey.ADD_RAFT_VOTER,
  minVersion: 0,
  maxVersion: 1,
  isForwarded: always,
  request: AddRaftVoterRequest,
  response: AddRaftVoterResponse,

  authorize: (_request, context) => requireAllowed(context, 'ALTER', 'CLUSTER'),

  handle({ clusterId }, { broker }) {
    if (clusterId !== null && clusterId !== broker.clusterId) {
      throw new KafkaError(
        'INCONSISTENT_CLUSTER_ID',
        `This is cluster ${broker.clusterId}, not ${clusterId}`,
      );
    }
    throw new KafkaError('UNSUPPORTED_VERSION', 'Voters are fixed while kraft.version is 0');
  },

  fail: (error) => ({ throttleTimeMs: 0, errorCode: error.errorCode, errorMessage: error.message }),
});
