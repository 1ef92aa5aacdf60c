import { FetchRequest, FetchResponse } from '@millrace/protocol/messages/fetch';
import { ProduceRequest, ProduceResponse } from '@millrace/protocol/messages/produce';
import { expect, test } from 'vitest';
import { batchOf, createTopic } from '../testing/requests.ts';
import { TestBroker } from '../testing/test-broker.ts';

const partitions = [0, 1, 2, 3];

test('a fetch that waits gets all that one request writes to several partitions, as in Apache Kafka', async () => {
  await using server = await TestBroker.start();
  const writer = await server.connect();
  const reader = await server.connect();
  await createTopic(writer, 'orders', { partitions: partitions.length });
  for (let fetchOffset = 0; fetchOffset < 5; fetchOffset++) {
    const answer = reader.send({
      request: FetchRequest,
      response: FetchResponse,
      version: 12,
      message: {
        maxWaitMs: 60_000,
        minBytes: 1,
        topics: [
          {
            topic: 'orders',
            partitions: partitions.map((partition) => ({ partition, fetchOffset, partitionMaxBytes: 1000 })),
          },
        ],
      },
    });
    // Answered behind the fetch in the order of arrival, so that the fetch is known to wait.
    await createTopic(writer, `other-${fetchOffset}`);
    const { responses: produced } = await writer.send({
      request: ProduceRequest,
      response: ProduceResponse,
      version: 9,
      message: {
        acks: 1,
        timeoutMs: 1000,
        topicData: [
          {
            name: 'orders',
            partitionData: [
              ...partitions.map((index) => ({ index, records: batchOf(['value']) })),
              // What is refused is not waited for.
              { index: 99, records: batchOf(['value']) },
            ],
          },
        ],
      },
    });
    expect(produced[0]!.partitionResponses.filter(({ errorCode }) => errorCode === 0)).toHaveLength(4);
    const { responses } = await answer;
    const sizes = responses[0]!.partitions.map(({ records }) => records?.length ?? 0);
    expect(sizes.every((size) => size > 0)).toBe(true);
  }
});
