import { connect, type Socket } from 'node:net';
import { memoryHost } from '@millrace/host';
import { decodeRecords, RecordBatch } from '@millrace/protocol';
import { describe, expect, test } from 'vitest';
import { readTopic } from '../testing/read-topic.ts';
import { startBroker } from '../testing/start-broker.ts';
import { BatchCompressor } from './batch-compressor.ts';
import { BufferMemory } from './buffer-memory.ts';
import { PartitionQueue } from './partition-queue.ts';
import { Producer } from './producer.ts';
import { ProducerBatch } from './producer-batch.ts';

const LARGE_BYTES = 200_000;

function batchOf(valueBytes: number, isTransactional = false): ProducerBatch {
  const batch = new ProducerBatch({
    topic: 'orders',
    partition: 0,
    maxBytes: 1_000_000,
    initialBytes: 1000,
    compression: 'gzip',
    compressionLevel: undefined,
    isTransactional,
    reservedBytes: 0,
    createdMs: 0,
  });
  batch.tryAppend({ topic: 'orders', value: 'x'.repeat(valueBytes) }, 1);
  return batch;
}

function world(mayUseThreads = true) {
  const memory = new BufferMemory(memoryHost(), 1_000_000);
  const { promise: done, resolve: onDone } = Promise.withResolvers<void>();
  const compressor = new BatchCompressor({ compression: 'gzip', mayUseThreads, memory, onDone });
  return { memory, compressor, done, queue: new PartitionQueue('orders', 0) };
}

describe('BatchCompressor', () => {
  test('holds a large batch back until another thread is done with it', async () => {
    const { memory, compressor, done, queue } = world();
    const batch = batchOf(LARGE_BYTES);
    queue.batches.push(batch);
    queue.open = batch;
    expect(compressor.isReady(queue)).toBe(false);
    expect(queue.open).toBeUndefined();
    expect(batch.tryAppend({ topic: 'orders', value: 'late' }, 1)).toBe(false);
    expect(memory.usedBytes).toBeGreaterThan(LARGE_BYTES);
    expect(compressor.isReady(queue)).toBe(false);
    await done;
    expect(compressor.isReady(queue)).toBe(true);
    expect(memory.usedBytes).toBe(0);
    batch.setSequence({ producerId: 7, epoch: 2 }, 40);
    const bytes = batch.encode();
    expect(bytes.length).toBeLessThan(2000);
    const read = new RecordBatch(bytes);
    expect(read).toMatchObject({ producerId: 7, producerEpoch: 2, baseSequence: 40, isCrcValid: true });
    expect(decodeRecords(read)[0]!.value).toHaveLength(LARGE_BYTES);
    batch.setSequence({ producerId: 8, epoch: 0 }, 0);
    expect(batch.encode()).not.toBe(bytes);
    expect(new RecordBatch(bytes).producerId).toBe(7);
  });

  test('a batch of a transaction says so', async () => {
    const { compressor, done, queue } = world();
    queue.batches.push(batchOf(LARGE_BYTES, true));
    compressor.lookAhead(queue);
    await done;
    queue.batches[0]!.setSequence({ producerId: 7, epoch: 2 }, 0);
    expect(new RecordBatch(queue.batches[0]!.encode())).toMatchObject({
      isTransactional: true,
      producerId: 7,
    });
  });

  test('looks ahead no further than there are threads, and not into the open batch', async () => {
    const { compressor, done, queue } = world();
    queue.batches.push(...Array.from({ length: 6 }, () => batchOf(LARGE_BYTES)));
    const last = batchOf(LARGE_BYTES);
    queue.batches.push(last);
    queue.open = last;
    compressor.lookAhead(queue);
    expect(queue.batches.map(({ isCompressing }) => isCompressing)).toEqual([
      true,
      true,
      true,
      true,
      false,
      false,
      false,
    ]);
    await done;
  });

  test('leaves small batches, and hosts without threads, alone', () => {
    const small = world();
    small.queue.batches.push(batchOf(1000));
    expect(small.compressor.isReady(small.queue)).toBe(true);
    const simulated = world(false);
    simulated.queue.batches.push(batchOf(LARGE_BYTES));
    expect(simulated.compressor.isReady(simulated.queue)).toBe(true);
  });
});

test.each(['gzip', 'snappy', 'lz4', 'zstd'] as const)(
  'large and small batches with %s are written once and in order, while connections break',
  async (compression) => {
    await using broker = await startBroker({ 'num.partitions': '2' });
    const sockets = new Set<Socket>();
    const socketFactory = async ({ host, port }: { host: string; port: number }) => {
      const socket = connect(port, host);
      sockets.add(socket.on('error', () => {}).on('close', () => sockets.delete(socket)));
      return socket;
    };
    const properties = {
      'bootstrap.servers': broker.bootstrapServers,
      'compression.type': compression,
      'batch.size': 100_000,
      'reconnect.backoff.ms': 1,
      'retry.backoff.ms': 1,
    };
    const producer = new Producer(properties, { socketFactory });
    const sent: Promise<unknown>[] = [];
    const expected: string[][] = [[], []];
    for (let number = 0; number < 24; number++) {
      // Sizes on both sides of the limit, so that a batch that is ready at once waits behind one that is not.
      const values = Array.from({ length: number % 3 === 0 ? 7000 : 3 }, (_, index) => `${number}.${index}`);
      const partition = number % 2;
      expected[partition]!.push(...values);
      sent.push(producer.send(values.map((value) => ({ topic: 'orders', partition, value }))));
      if (number % 8 === 7) {
        await sent[number - 4];
        for (const socket of sockets) socket.destroy();
      }
    }
    await Promise.all(sent);
    await producer.close();
    expect(producer.bufferedBytes).toBe(0);
    for (const [partition, values] of expected.entries()) {
      const records = await readTopic(broker.host, broker.bootstrapServers, 'orders', partition);
      expect(records.map(({ value }) => String(value))).toEqual(values);
    }
  },
);
