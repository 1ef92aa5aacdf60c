import { ErrorCode } from '@millrace/protocol';
import { FetchRequest, FetchResponse } from '@millrace/protocol/messages/fetch';
import { expect, test } from 'vitest';
import { FailingDiskHost } from './testing/failing-disk.ts';
import type { RawConnection } from './testing/raw-connection.ts';
import { append, batchOf, createTopic, listTopics, produceRequest } from './testing/requests.ts';
import { TestBroker } from './testing/test-broker.ts';

async function produceError(connection: RawConnection, topic: string): Promise<number> {
  const { responses } = await connection.send(produceRequest(topic, batchOf(['lost'])));
  return responses[0]!.partitionResponses[0]!.errorCode;
}

async function endOffset(connection: RawConnection, topic: string) {
  const partitions = [{ partition: 0, fetchOffset: 0, partitionMaxBytes: 1 << 20 }];
  const { responses } = await connection.send({
    request: FetchRequest,
    response: FetchResponse,
    version: 11,
    message: { maxWaitMs: 0, minBytes: 0, topics: [{ topic, partitions }] },
  });
  return responses[0]!.partitions[0]!.highWatermark;
}

test.each(['ENOSPC', 'EIO', 'EROFS'])(
  'a disk that begins to answer %s costs acknowledgements, no acknowledged record, and not the broker',
  async (failure) => {
    const disk = new FailingDiskHost();
    {
      await using server = await TestBroker.start({}, disk.host);
      const connection = await server.connect();
      await createTopic(connection, 'orders');
      await createTopic(connection, 'payments');
      await append(connection, 'orders', ['a', 'b']);

      disk.failure = failure;
      expect(await produceError(connection, 'orders')).toBe(ErrorCode.KAFKA_STORAGE_ERROR);
      // What failed once is not trusted before a restart, whatever it answers meanwhile.
      disk.failure = undefined;
      expect(await produceError(connection, 'payments')).toBe(ErrorCode.KAFKA_STORAGE_ERROR);
      await expect(createTopic(connection, 'invoices')).rejects.toThrow('KAFKA_STORAGE_ERROR');
      expect(await listTopics(connection)).toEqual(['orders', 'payments']);
    }
    await using server = await TestBroker.start({}, disk.host);
    const connection = await server.connect();
    expect(await endOffset(connection, 'orders')).toBe(2);
    expect(await append(connection, 'orders', ['c'])).toBe(2);
    await createTopic(connection, 'invoices');
    expect(await listTopics(connection)).toEqual(['invoices', 'orders', 'payments']);
    expect(server.complaints).toEqual([]);
  },
);
