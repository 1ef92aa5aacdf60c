import { ErrorCode } from '@millrace/protocol';
import { ElectLeadersRequest, ElectLeadersResponse } from '@millrace/protocol/messages/elect-leaders';
import { describe, expect, it } from 'vitest';
import { createTopic } from '../testing/requests.ts';
import { TestBroker } from '../testing/test-broker.ts';

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
});
