import { ErrorCode } from '@millrace/protocol';
import { AddRaftVoterRequest, AddRaftVoterResponse } from '@millrace/protocol/messages/add-raft-voter';
import {
  AlterPartitionReassignmentsRequest,
  AlterPartitionReassignmentsResponse,
} from '@millrace/protocol/messages/alter-partition-reassignments';
import { DescribeQuorumRequest, DescribeQuorumResponse } from '@millrace/protocol/messages/describe-quorum';
import { ElectLeadersRequest, ElectLeadersResponse } from '@millrace/protocol/messages/elect-leaders';
import {
  ListConfigResourcesRequest,
  ListConfigResourcesResponse,
} from '@millrace/protocol/messages/list-config-resources';
import {
  ListPartitionReassignmentsRequest,
  ListPartitionReassignmentsResponse,
} from '@millrace/protocol/messages/list-partition-reassignments';
import {
  RemoveRaftVoterRequest,
  RemoveRaftVoterResponse,
} from '@millrace/protocol/messages/remove-raft-voter';
import {
  UnregisterBrokerRequest,
  UnregisterBrokerResponse,
} from '@millrace/protocol/messages/unregister-broker';
import { describe, expect, it } from 'vitest';
import { createTopic } from '../testing/requests.ts';
import { TestBroker } from '../testing/test-broker.ts';

/** What operators of a cluster ask, answered by a node that is the whole cluster. */
describe('a node alone', () => {
  it.each([0, 2])('needs no election, in version %i', async (version) => {
    await using server = await TestBroker.start();
    const connection = await server.connect();
    await createTopic(connection, 'orders');
    const ask = (topicPartitions: { topic: string; partitions: number[] }[] | null) =>
      connection.send({
        request: ElectLeadersRequest,
        response: ElectLeadersResponse,
        version,
        message: { topicPartitions },
      });
    const { replicaElectionResults } = await ask([{ topic: 'orders', partitions: [0, 9] }]);
    expect(replicaElectionResults[0]!.partitionResult.map(({ errorCode }) => errorCode)).toEqual([
      ErrorCode.ELECTION_NOT_NEEDED,
      ErrorCode.UNKNOWN_TOPIC_OR_PARTITION,
    ]);
    expect((await ask(null)).replicaElectionResults).toEqual([{ topic: 'orders', partitionResult: [] }]);
  });

  it('refuses a kind of election that does not exist', async () => {
    await using server = await TestBroker.start();
    const { errorCode } = await (
      await server.connect()
    ).send({
      request: ElectLeadersRequest,
      response: ElectLeadersResponse,
      version: 2,
      message: { electionType: 7, topicPartitions: null },
    });
    expect(errorCode).toBe(ErrorCode.INVALID_REQUEST);
  });

  it.each([0, 1])('keeps partitions where they are, in version %i', async (version) => {
    await using server = await TestBroker.start();
    const connection = await server.connect();
    await createTopic(connection, 'orders');
    const move = async (partitionIndex: number, replicas: number[] | null) => {
      const { responses } = await connection.send({
        request: AlterPartitionReassignmentsRequest,
        response: AlterPartitionReassignmentsResponse,
        version,
        message: { topics: [{ name: 'orders', partitions: [{ partitionIndex, replicas }] }] },
      });
      return responses[0]!.partitions[0]!.errorCode;
    };
    expect(await move(0, [1])).toBe(ErrorCode.NONE);
    expect(await move(0, [1, 7])).toBe(ErrorCode.INVALID_REPLICA_ASSIGNMENT);
    expect(await move(0, null)).toBe(ErrorCode.NO_REASSIGNMENT_IN_PROGRESS);
    expect(await move(9, [1])).toBe(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
    const { topics } = await connection.send({
      request: ListPartitionReassignmentsRequest,
      response: ListPartitionReassignmentsResponse,
      version: 0,
      message: { topics: null },
    });
    expect(topics).toEqual([]);
  });

  it.each([0, 2])('is its own quorum, in version %i', async (version) => {
    await using server = await TestBroker.start();
    const connection = await server.connect();
    const ask = async (topicName: string) => {
      const { topics } = await connection.send({
        request: DescribeQuorumRequest,
        response: DescribeQuorumResponse,
        version,
        message: { topics: [{ topicName, partitions: [{ partitionIndex: 0 }] }] },
      });
      return topics[0]!.partitions[0]!;
    };
    const before = await ask('__cluster_metadata');
    expect(before).toMatchObject({ errorCode: 0, leaderId: 1, currentVoters: [{ replicaId: 1 }] });
    await createTopic(connection, 'orders');
    expect((await ask('__cluster_metadata')).highWatermark).toBeGreaterThan(before.highWatermark);
    expect((await ask('orders')).errorCode).toBe(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
  });

  it('neither takes voters in nor lets them go', async () => {
    await using server = await TestBroker.start();
    const connection = await server.connect();
    const voter = { voterId: 7, voterDirectoryId: 'AAAAAAAAAAAAAAAAAAAAAQ' };
    const answers = await Promise.all(
      [null, 'another'].map(async (clusterId) => {
        const added = await connection.send({
          request: AddRaftVoterRequest,
          response: AddRaftVoterResponse,
          version: 1,
          message: { ...voter, clusterId, timeoutMs: 100, listeners: [] },
        });
        return added.errorCode;
      }),
    );
    expect(answers).toEqual([ErrorCode.UNSUPPORTED_VERSION, ErrorCode.INCONSISTENT_CLUSTER_ID]);
    const removed = await connection.send({
      request: RemoveRaftVoterRequest,
      response: RemoveRaftVoterResponse,
      version: 0,
      message: { ...voter, clusterId: null },
    });
    expect(removed.errorCode).toBe(ErrorCode.UNSUPPORTED_VERSION);
  });

  it('does not unregister itself, nor a stranger', async () => {
    await using server = await TestBroker.start();
    const connection = await server.connect();
    const codes = [1, 77].map(async (brokerId) => {
      const { errorCode } = await connection.send({
        request: UnregisterBrokerRequest,
        response: UnregisterBrokerResponse,
        version: 0,
        message: { brokerId },
      });
      return errorCode;
    });
    expect(await Promise.all(codes)).toEqual([ErrorCode.INVALID_REQUEST, ErrorCode.BROKER_ID_NOT_REGISTERED]);
  });

  it('lists what can be configured', async () => {
    await using server = await TestBroker.start();
    const connection = await server.connect();
    await createTopic(connection, 'orders');
    const list = (resourceTypes: number[]) =>
      connection.send({
        request: ListConfigResourcesRequest,
        response: ListConfigResourcesResponse,
        version: 1,
        message: { resourceTypes },
      });
    expect((await list([2, 4])).configResources).toEqual([
      { resourceName: 'orders', resourceType: 2 },
      { resourceName: '1', resourceType: 4 },
    ]);
    expect((await list([99])).errorCode).toBe(ErrorCode.UNSUPPORTED_VERSION);
  });
});
