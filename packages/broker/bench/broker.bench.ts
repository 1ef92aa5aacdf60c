/**
 * A broker in a process of its own, driven with ready-made batches over one connection, so that what is measured is the
 * broker and not a client: produce and fetch through sockets, acknowledgements with and without fsync.
 *
 * Alone: `node --conditions=@millrace/source packages/broker/bench/broker.bench.ts`.
 */
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nodeHost } from '@millrace/host';
import { FetchRequest, FetchResponse } from '@millrace/protocol/messages/fetch';
import { BrokerChild } from '../src/testing/broker-child.ts';
import { RawConnection } from '../src/testing/raw-connection.ts';
import { batchOf, createTopic, produceRequest } from '../src/testing/requests.ts';

interface BenchRow {
  readonly metric: string;
  readonly value: number;
  readonly unit: string;
}

type Report = (row: BenchRow) => void;

const RECORD_BYTES = 100;
const RECORDS_PER_BATCH = 160;
const BATCHES = 10_000;
const IN_FLIGHT = 5;
const LATENCY_SAMPLES = 1_000;

const host = nodeHost();
const batch = batchOf(Array.from({ length: RECORDS_PER_BATCH }, () => 'x'.repeat(RECORD_BYTES / 2)));
const single = batchOf(['x'.repeat(RECORD_BYTES / 2)]);

async function secondsFor(work: () => Promise<void>): Promise<number> {
  const startMs = host.clock.monotonicMs();
  await work();
  return (host.clock.monotonicMs() - startMs) / 1000;
}

async function produce(connection: RawConnection, topic: string, count: number): Promise<void> {
  const inFlight: Promise<unknown>[] = [];
  for (let sent = 0; sent < count; sent++) {
    // The broker patches what it gets, but here it lies in another process.
    inFlight.push(connection.send(produceRequest(topic, batch)));
    if (inFlight.length >= IN_FLIGHT) await inFlight.shift();
  }
  await Promise.all(inFlight);
}

async function fetchAll(connection: RawConnection, topic: string, endOffset: number): Promise<void> {
  for (let fetchOffset = 0; fetchOffset < endOffset;) {
    const partitions = [{ partition: 0, fetchOffset, partitionMaxBytes: 1 << 20 }];
    const { responses } = await connection.send({
      request: FetchRequest,
      response: FetchResponse,
      version: 12,
      message: { maxWaitMs: 0, minBytes: 0, topics: [{ topic, partitions }] },
    });
    fetchOffset += (responses[0]!.partitions[0]!.records!.length / batch.length) * RECORDS_PER_BATCH;
  }
}

async function latenciesMs(connection: RawConnection, topic: string): Promise<number[]> {
  const samples: number[] = [];
  for (let count = 0; count < LATENCY_SAMPLES; count++) {
    const startMs = host.clock.monotonicMs();
    await connection.send(produceRequest(topic, single));
    samples.push(host.clock.monotonicMs() - startMs);
  }
  return samples.toSorted((a, b) => a - b);
}

async function measureLatency(
  connection: RawConnection,
  topic: string,
  name: string,
  report: Report,
): Promise<void> {
  const samples = await latenciesMs(connection, topic);
  const at = (share: number) => Number(samples[Math.floor(samples.length * share)]!.toFixed(3));
  report({ metric: `acknowledgement of one record, ${name}, p50`, value: at(0.5), unit: 'ms' });
  report({ metric: `acknowledgement of one record, ${name}, p99`, value: at(0.99), unit: 'ms' });
}

async function measure(connection: RawConnection, report: Report): Promise<void> {
  await createTopic(connection, 'cached');
  await createTopic(connection, 'flushed', { configs: { 'flush.messages': '1' } });
  await produce(connection, 'cached', BATCHES / 10);
  const records = BATCHES * RECORDS_PER_BATCH;
  const produceSeconds = await secondsFor(() => produce(connection, 'cached', BATCHES));
  report({
    metric: 'produce, one connection',
    value: Math.round(records / produceSeconds),
    unit: 'records/s',
  });
  const megabytes = (BATCHES * batch.length) / 1e6;
  report({ metric: 'produce, one connection', value: Math.round(megabytes / produceSeconds), unit: 'MB/s' });
  const fetchSeconds = await secondsFor(() => fetchAll(connection, 'cached', records));
  report({ metric: 'fetch, one connection', value: Math.round(records / fetchSeconds), unit: 'records/s' });
  report({ metric: 'fetch, one connection', value: Math.round(megabytes / fetchSeconds), unit: 'MB/s' });
  await measureLatency(connection, 'cached', 'page cache', report);
  await measureLatency(connection, 'flushed', 'fsync', report);
}

export const suite = {
  name: 'broker',
  async run(report: Report): Promise<void> {
    const folder = join(tmpdir(), `millrace-bench-${host.random.bytes(8).toString('hex')}`);
    const properties = { listeners: 'PLAINTEXT://127.0.0.1:0', 'log.dirs': join(folder, 'data') };
    const child = await BrokerChild.start(properties, join(folder, 'cache'));
    try {
      const connection = await RawConnection.open(host, { host: '127.0.0.1', port: child.port });
      await measure(connection, report);
      connection.destroy();
    } finally {
      await child.kill();
      await host.disk.removeDirectory(folder);
    }
  },
};

if (import.meta.main) {
  await suite.run(({ metric, value, unit }) => process.stdout.write(`${metric}: ${value} ${unit}\n`));
}
