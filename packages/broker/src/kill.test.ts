import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nodeHost, SeededRandom, type Host } from '@millrace/host';
import { decodeRecords, ErrorCode, recordBatches } from '@millrace/protocol';
import { CreateTopicsRequest, CreateTopicsResponse } from '@millrace/protocol/messages/create-topics';
import { FetchRequest, FetchResponse } from '@millrace/protocol/messages/fetch';
import { describe, expect, it } from 'vitest';
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
      topics: [{ name: 'orders', numPartitions: 1, replicationFactor: 1, assignments: [], configs: entries }],
    },
  });
  connection.destroy();
  expect(topics[0]!.errorCode).toBe(ErrorCode.NONE);
}

async function readAll(host: Host, port: number): Promise<string[]> {
  const connection = await RawConnection.open(host, { host: '127.0.0.1', port });
  const values: string[] = [];
  for (let fetchOffset = 0; ;) {
    const partitions = [{ partition: 0, fetchOffset, partitionMaxBytes: 1 << 20 }];
    const { responses } = await connection.send({
      request: FetchRequest,
      response: FetchResponse,
      version: 11,
      message: { maxWaitMs: 0, minBytes: 0, topics: [{ topic: 'orders', partitions }] },
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

describe(`a broker that is killed ${KILLS} times while a producer writes`, () => {
  it.each([
    ['in the page cache', {}],
    ['fsynced before the acknowledgement', { 'flush.messages': '1' }],
  ])(
    'has every acknowledged record exactly once, %s',
    async (_name, configs) => {
      const host = nodeHost();
      const random = new SeededRandom('kill');
      await using folder = new TemporaryFolder(host);
      const properties = { listeners: 'PLAINTEXT://127.0.0.1:0', 'log.dirs': join(folder.path, 'data') };
      const sender = new IdempotentSender('orders');
      for (let kill = 0; kill < KILLS; kill++) {
        const child = await BrokerChild.start(properties, join(folder.path, 'cache'));
        if (kill === 0) await createTopic(host, child.port, configs);
        const sending = sender.run(host, child.port, () => false).catch((error: unknown) => error);
        await delay(host, random.float() * MAX_RUN_MS);
        await child.kill();
        expect(String(await sending)).toContain('closed the connection');
      }
      const last = await BrokerChild.start(properties, join(folder.path, 'cache'));
      await sender.run(host, last.port, () => true);
      const values = await readAll(host, last.port);
      await last.kill();
      expect(sender.acknowledged.size).toBe(sender.sentCount);
      expect(values).toEqual(Array.from({ length: sender.sentCount }, (_, index) => String(index)));
      expect(values.length).toBeGreaterThan(KILLS);
    },
    120_000,
  );
});
