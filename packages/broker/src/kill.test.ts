import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nodeHost, SeededRandom, type Host } from '@millrace/host';
import { decodeRecords, ErrorCode, recordBatches } from '@millrace/protocol';
import { CreateTopicsRequest, CreateTopicsResponse } from '@millrace/protocol/messages/create-topics';
import { FetchRequest, FetchResponse } from '@millrace/protocol/messages/fetch';
import { expect, it } from 'vitest';
import { BrokerChild } from './testing/broker-child.ts';
import { IdempotentSender } from './testing/idempotent-sender.ts';
import { RawConnection } from './testing/raw-connection.ts';

const KILLS = 20;
const MAX_RUN_MS = 150;

/** A folder of its own that goes with the test. */
class TemporaryFolder {
  readonly path: string;
  readonly #host: Host;

  constructor(host: Host) {
    this.#host = host;
    this.path = join(tmpdir(), `millrace-kill-${host.random.bytes(8).toString('hex')}`);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#host.disk.removeDirectory(this.path);
  }
}

async function createTopic(
  host: Host,
  port: number,
  topic: string,
  configs: Readonly<Record<string, string>>,
): Promise<void> {
  const connection = await RawConnection.open(host, { host: '127.0.0.1', port });
  const entries = Object.entries(configs).map(([name, value]) => ({ name, value }));
  const { topics } = await connection.send({
    request: CreateTopicsRequest,
    response: CreateTopicsResponse,
    version: 5,
    message: {
      timeoutMs: 5000,
      topics: [{ name: topic, numPartitions: 1, replicationFactor: 1, assignments: [], configs: entries }],
    },
  });
  connection.destroy();
  expect(topics[0]!.errorCode).toBe(ErrorCode.NONE);
}

async function readAll(host: Host, port: number, topic: string): Promise<string[]> {
  const connection = await RawConnection.open(host, { host: '127.0.0.1', port });
  const values: string[] = [];
  for (let fetchOffset = 0; ;) {
    const partitions = [{ partition: 0, fetchOffset, partitionMaxBytes: 1 << 20 }];
    const { responses } = await connection.send({
      request: FetchRequest,
      response: FetchResponse,
      version: 11,
      message: { maxWaitMs: 0, minBytes: 0, topics: [{ topic, partitions }] },
    });
    const { errorCode, records } = responses[0]!.partitions[0]!;
    expect(errorCode).toBe(ErrorCode.NONE);
    const batches = recordBatches(records!);
    for (const batch of batches) for (const { value } of decodeRecords(batch)) values.push(value!.toString());
    if (batches.length === 0) break;
    fetchOffset = batches.at(-1)!.nextOffset;
  }
  connection.destroy();
  return values;
}

function delay(host: Host, delayMs: number): Promise<void> {
  return new Promise((resolve) => host.timers.schedule(delayMs, resolve));
}

/** The two promises of durability, side by side in one broker: each start of it costs half a second of CPU. */
const settings = [
  { topic: 'in-page-cache', configs: {} },
  { topic: 'fsynced', configs: { 'flush.messages': '1' } },
];

it(`has every acknowledged record exactly once after ${KILLS} kills while producers write, fsynced or not`, async () => {
  const host = nodeHost();
  const random = new SeededRandom('kill');
  await using folder = new TemporaryFolder(host);
  const properties = { listeners: 'PLAINTEXT://127.0.0.1:0', 'log.dirs': join(folder.path, 'data') };
  const senders = settings.map(({ topic }) => new IdempotentSender(topic));
  for (let kill = 0; kill < KILLS; kill++) {
    const child = await BrokerChild.start(properties, join(folder.path, 'cache'));
    if (kill === 0)
      for (const { topic, configs } of settings) await createTopic(host, child.port, topic, configs);
    const sending = senders.map((sender) =>
      sender.run(host, child.port, () => false).catch((error: unknown) => error),
    );
    await delay(host, random.float() * MAX_RUN_MS);
    await child.kill();
    for (const ended of sending) expect(String(await ended)).toContain('closed the connection');
  }
  const last = await BrokerChild.start(properties, join(folder.path, 'cache'));
  for (const [index, sender] of senders.entries()) {
    await sender.run(host, last.port, () => true);
    const values = await readAll(host, last.port, settings[index]!.topic);
    expect(sender.acknowledged.size).toBe(sender.sentCount);
    expect(values).toEqual(Array.from({ length: sender.sentCount }, (_, record) => String(record)));
    expect(values.length).toBeGreaterThan(KILLS);
  }
  await last.kill();
}, 300_000);
