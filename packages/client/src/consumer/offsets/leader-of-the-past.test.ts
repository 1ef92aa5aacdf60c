import { memoryHost, type Host } from '@millrace/host';
import { ApiKey, ErrorCode } from '@millrace/protocol';
import { FetchRequest, FetchResponse } from '@millrace/protocol/messages/fetch';
import { ListOffsetsResponse } from '@millrace/protocol/messages/list-offsets';
import { MetadataResponse } from '@millrace/protocol/messages/metadata';
import {
  OffsetForLeaderEpochRequest,
  OffsetForLeaderEpochResponse,
} from '@millrace/protocol/messages/offset-for-leader-epoch';
import { expect, it } from 'vitest';
import { metadataAnswer, usualVersions } from '../../testing/metadata-answer.ts';
import { ScriptedBroker } from '../../testing/scripted-broker.ts';
import { Consumer } from '../consumer.ts';

const versions = new Map([
  ...usualVersions,
  [ApiKey.FETCH, [4, 12]] as const,
  [ApiKey.OFFSET_FOR_LEADER_EPOCH, [2, 4]] as const,
]);

const OLD_ID = 'AAAAAAAAAAAAAAAAAAAAAQ';
const NEW_ID = 'BBBBBBBBBBBBBBBBBBBBBQ';

function consumerAt(broker: ScriptedBroker, host: Host, position: { offset: number; leaderEpoch: number }) {
  const consumer = new Consumer(
    {
      'bootstrap.servers': broker.bootstrapServers,
      'retry.backoff.ms': 1,
      'auto.offset.reset': 'earliest',
      'enable.auto.commit': false,
    },
    { host },
  );
  consumer.assign([{ topic: 't', partition: 0 }]);
  consumer.seek({ topic: 't', partition: 0, ...position });
  return consumer;
}

/**
 * 1. a member has read and committed up to offset 36, written in epoch 1
 * 2. metadata comes from a broker that was cut off, and names itself, the leader of epoch 0
 * 3. that one has nothing of epoch 1; asked for its end it answers that it knows of no such epoch
 */
it('a position of a later epoch than metadata knows waits for its leader, and is no lost one', async () => {
  const host = memoryHost();
  const fetched = Promise.withResolvers<number>();
  let metadataRequests = 0;
  let leaderEpoch = 0;
  await using broker: ScriptedBroker = await ScriptedBroker.start(host, versions, (request) => {
    switch (request.apiKey) {
      case ApiKey.METADATA: {
        leaderEpoch = metadataRequests++ < 3 ? 0 : 1;
        const topic = { name: 't', topicId: OLD_ID, leaderEpoch };
        return request.answer(MetadataResponse, metadataAnswer([broker.port], [topic]));
      }
      case ApiKey.OFFSET_FOR_LEADER_EPOCH: {
        const [asked] = request.body(OffsetForLeaderEpochRequest).topics;
        expect(asked).toMatchObject({ partitions: [{ leaderEpoch: 1, currentLeaderEpoch: leaderEpoch }] });
        const end =
          leaderEpoch === 1 ? { leaderEpoch: 1, endOffset: 50 } : { leaderEpoch: -1, endOffset: -1 };
        const topics = [{ topic: 't', partitions: [{ errorCode: 0, partition: 0, ...end }] }];
        return request.answer(OffsetForLeaderEpochResponse, { throttleTimeMs: 0, topics });
      }
      case ApiKey.FETCH: {
        const [topic] = request.body(FetchRequest).topics;
        // Held, as a fetch is that finds nothing new.
        return fetched.resolve(topic!.partitions[0]!.fetchOffset);
      }
      default:
        return fetched.reject(new Error(`API ${request.apiKey} has no business here`));
    }
  });
  await using consumer = consumerAt(broker, host, { offset: 36, leaderEpoch: 1 });
  const polling = consumer.poll({ timeoutMs: 10_000 });
  expect(await fetched.promise).toBe(36);
  expect(leaderEpoch).toBe(1);
  consumer.wakeup();
  await expect(polling).rejects.toThrow();
});

/**
 * 1. a consumer reads in epoch 5 of a topic
 * 2. the topic is deleted and created again: the epochs of the new one begin at 0
 * 3. its position is lost, and no leader of epoch 5 will ever be known
 */
it('a position in a topic that was created again since is a lost one, however late its epoch', async () => {
  const host = memoryHost();
  const fetched = Promise.withResolvers<number>();
  let isNew = false;
  await using broker: ScriptedBroker = await ScriptedBroker.start(
    host,
    new Map([...versions, [ApiKey.FETCH, [4, 13]]]),
    (request) => {
      switch (request.apiKey) {
        case ApiKey.METADATA: {
          const topic = isNew
            ? { name: 't', topicId: NEW_ID, leaderEpoch: 0 }
            : { name: 't', topicId: OLD_ID, leaderEpoch: 5 };
          return request.answer(MetadataResponse, metadataAnswer([broker.port], [topic]));
        }
        case ApiKey.OFFSET_FOR_LEADER_EPOCH: {
          const partitions = [{ errorCode: 0, partition: 0, leaderEpoch: -1, endOffset: -1 }];
          const topics = [{ topic: 't', partitions }];
          return request.answer(OffsetForLeaderEpochResponse, { throttleTimeMs: 0, topics });
        }
        case ApiKey.LIST_OFFSETS: {
          const partitions = [{ partitionIndex: 0, errorCode: 0, offset: 3, timestamp: -1, leaderEpoch: 0 }];
          return request.answer(ListOffsetsResponse, {
            throttleTimeMs: 0,
            topics: [{ name: 't', partitions }],
          });
        }
        case ApiKey.FETCH: {
          const [asked] = request.body(FetchRequest).topics;
          if (asked!.topicId === NEW_ID) return fetched.resolve(asked!.partitions[0]!.fetchOffset);
          isNew = true;
          const answer = { partitionIndex: 0, errorCode: ErrorCode.UNKNOWN_TOPIC_ID };
          return request.answer(FetchResponse, {
            throttleTimeMs: 0,
            errorCode: 0,
            sessionId: 0,
            responses: [
              {
                topicId: OLD_ID,
                partitions: [{ ...answer, highWatermark: -1, abortedTransactions: null, records: null }],
              },
            ],
          });
        }
        default:
          return fetched.reject(new Error(`API ${request.apiKey} has no business here`));
      }
    },
  );
  await using consumer = consumerAt(broker, host, { offset: 36, leaderEpoch: 5 });
  const polling = consumer.poll({ timeoutMs: 10_000 });
  expect(await fetched.promise).toBe(3);
  consumer.wakeup();
  await expect(polling).rejects.toThrow();
});
