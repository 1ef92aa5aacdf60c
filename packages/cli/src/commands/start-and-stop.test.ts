import { mkdtemp, rm } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Admin, Producer } from '@millrace/client';
import { nodeHost } from '@millrace/host';
import { encodeRequest } from '@millrace/protocol';
import { ApiVersionsRequest } from '@millrace/protocol/messages/api-versions';
import kafkajs from 'kafkajs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CliProcess } from '../testing/cli-process.ts';

interface Ready {
  readonly listen: string;
  readonly metrics?: string;
}

let directory: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'millrace-stop-'));
});

afterAll(() => rm(directory, { recursive: true }));

function start(listen: string, name: string, ...more: readonly string[]): CliProcess {
  const parameters = ['start', '--listen', listen, '--data-dir', join(directory, name), '--output', 'json'];
  return new CliProcess([...parameters, ...more], join(directory, 'cache'));
}

/** Sends one record after the other until it is told to stop. */
class Sender {
  acknowledged = 0;
  readonly #done: Promise<void>;
  #isStopped = false;
  #onAcknowledged: (() => void) | undefined;

  constructor(send: (value: string) => Promise<unknown>) {
    this.#done = this.#run(send);
    this.#done.catch(() => {});
  }

  /** Resolves when that many more were acknowledged. @throws what `send` has thrown */
  async more(count: number): Promise<void> {
    const wanted = this.acknowledged + count;
    const reached = new Promise<void>((resolve) => {
      this.#onAcknowledged = () => {
        if (this.acknowledged >= wanted) resolve();
      };
    });
    await Promise.race([reached, this.#done]);
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#done;
  }

  async #run(send: (value: string) => Promise<unknown>): Promise<void> {
    for (let index = 0; !this.#isStopped; index++) {
      await send(String(index));
      this.acknowledged++;
      this.#onAcknowledged?.();
    }
  }
}

async function offsetsOf(bootstrapServers: string, topics: readonly string[]): Promise<number[]> {
  await using admin = new Admin({ 'bootstrap.servers': bootstrapServers });
  const partitions = topics.map((topic) => ({ topic, partition: 0 }));
  const offsets = await admin.listOffsets(
    partitions.map((partition) => ({ ...partition, at: 'latest' as const })),
  );
  return topics.map((topic) => offsets.get(`${topic}-0`)!.offset);
}

describe('SIGTERM', () => {
  test(
    'ends a node with code 0, and producers go on after the next start without an error',
    { timeout: 90_000 },
    async () => {
      await using first = start('127.0.0.1:0', 'restarted');
      const { listen } = (await first.firstLine()) as Ready;
      const kafka = new kafkajs.Kafka({
        brokers: [listen],
        logLevel: kafkajs.logLevel.NOTHING,
        retry: { initialRetryTime: 100, retries: 40, maxRetryTime: 1000 },
      });
      const theirs = kafka.producer({ createPartitioner: kafkajs.Partitioners.DefaultPartitioner });
      await theirs.connect();
      await using ours = new Producer({ 'bootstrap.servers': listen });
      const senders = [
        new Sender((value) => theirs.send({ topic: 'theirs', messages: [{ value }] })),
        new Sender((value) => ours.send({ topic: 'ours', value })),
      ];
      await Promise.all(senders.map((sender) => sender.more(20)));
      first.kill('SIGTERM');
      expect(await first.exitCode()).toBe(0);
      await using second = start(listen, 'restarted');
      await second.firstLine();
      await Promise.all(senders.map((sender) => sender.more(20)));
      await Promise.all(senders.map((sender) => sender.stop()));
      await theirs.disconnect();
      const [theirEnd, ourEnd] = await offsetsOf(listen, ['theirs', 'ours']);
      // kafkajs is not idempotent unless asked to be, but a node that stops in order answers before it goes.
      expect(theirEnd).toBe(senders[0]!.acknowledged);
      expect(ourEnd).toBe(senders[1]!.acknowledged);
      second.kill('SIGTERM');
      expect(await second.exitCode()).toBe(0);
      expect([first.stderr, second.stderr]).toEqual(['', '']);
    },
  );

  test(
    'a second time does not wait for a peer that does not take its answers',
    { timeout: 60_000 },
    async () => {
      await using node = start('127.0.0.1:0', 'stuck', '--set', 'controlled.shutdown.timeout.ms=60000');
      const { listen } = (await node.firstLine()) as Ready;
      const socket = connect(Number(listen.split(':')[1]), '127.0.0.1');
      await once(socket, 'connect');
      // The node goes while there is still much to be sent.
      socket.on('error', () => {});
      await fillUp(socket);
      node.kill('SIGTERM');
      // It no longer listens: the first signal is being worked on.
      await refused(listen);
      node.kill('SIGTERM');
      expect(await node.exitCode()).toBe(130);
    },
  );
});

/** Asks, and reads nothing, until there is no room for further questions: then there is none for answers either. */
async function fillUp(socket: Socket): Promise<void> {
  socket.pause();
  const message = { clientSoftwareName: 'a', clientSoftwareVersion: '1' };
  const request = encodeRequest({
    codec: ApiVersionsRequest,
    version: 4,
    correlationId: 1,
    clientId: 'deaf',
    message,
  });
  const many = Buffer.concat(Array.from({ length: 2000 }, () => Buffer.concat(request)));
  let unsent = 0;
  while (unsent < 10) unsent = socket.write(many) ? 0 : unsent + 1;
}

async function refused(listen: string): Promise<void> {
  const { network } = nodeHost();
  const [host, port] = listen.split(':') as [string, string];
  for (;;) {
    try {
      const connection = await network.connect({ host, port: Number(port) });
      connection.start({ onData() {}, onDrain() {}, onClose() {} });
      connection.destroy();
    } catch {
      return;
    }
  }
}
