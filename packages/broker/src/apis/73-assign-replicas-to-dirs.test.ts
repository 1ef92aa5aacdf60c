import { ErrorCode, ZERO_UUID } from '@millrace/protocol';
import {
  AssignReplicasToDirsRequest,
  AssignReplicasToDirsResponse,
} from '@millrace/protocol/messages/assign-replicas-to-dirs';
import { expect, it } from 'vitest';
import { askController } from '../testing/ask-controller.ts';
import { createTopic } from '../testing/requests.ts';
import { TestBroker } from '../testing/test-broker.ts';

const assign = { request: AssignReplicasToDirsRequest, response: AssignReplicasToDirsResponse };

it('notes in which directory a replica is, and knows only replicas of that broker', async () => {
  await using server = await TestBroker.start();
  await createTopic(await server.connect(), 'orders');
  const { nodeId: brokerId, image } = server.broker;
  const { epoch: brokerEpoch, directoryIds } = image.brokers.get(brokerId)!;
  const { id: topicId } = image.topics.byName.get('orders')!;
  const partitions = [{ partitionIndex: 0 }, { partitionIndex: 9 }];
  const topics = [
    { topicId, partitions },
    { topicId: ZERO_UUID, partitions: [{ partitionIndex: 0 }] },
  ];
  const { errorCode, directories } = await askController(server, assign, {
    brokerId,
    brokerEpoch,
    directories: [{ id: directoryIds[0]!, topics }],
  });
  expect(errorCode).toBe(ErrorCode.NONE);
  const errors = directories[0]!.topics.map((topic) =>
    topic.partitions.map((partition) => partition.errorCode),
  );
  expect(errors).toEqual([
    [ErrorCode.NONE, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION],
    [ErrorCode.UNKNOWN_TOPIC_ID],
  ]);
  expect(server.broker.image.topics.byId.get(topicId)!.partitions[0]).toMatchObject({
    directories: directoryIds,
    leader: brokerId,
  });
});
