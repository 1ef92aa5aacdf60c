import type { Host, SocketAddress } from '@millrace/host';
import { decodeRecords, ErrorCode, kafkaErrorName, recordBatches } from '@millrace/protocol';
import { FetchRequest, FetchResponse } from '@millrace/protocol/messages/fetch';
import { OffsetCommitRequest, OffsetCommitResponse } from '@millrace/protocol/messages/offset-commit';
import { OffsetFetchRequest, OffsetFetchResponse } from '@millrace/protocol/messages/offset-fetch';
import { RawConnection } from '../src/testing/raw-connection.ts';
import { batchOf, createTopic, produceRequest } from '../src/testing/requests.ts';

const TOPIC = 'honest-orders';
const GROUP = 'honest-group';
/**
 * What one round may cost. Clients and broker are one process, so its CPU time is the work that was put before this
 * client, however busy the machine is; the clock only tells a lost answer.
 */
const PATIENCE_CPU_MS = 2000;
const PATIENCE_MS = 120_000;

/** Produces numbers, reads them back in order and commits how far it is, whatever the others do. */
export class HonestClient {
  readonly #connection: RawConnection;
  #produced = 0;
  #waitsFor = '';
  #read = 0;
  slowestMs = 0;
  /** CPU time of the whole process during the round that had most of it. */
  slowestCpuMs = 0;
  readonly #host: Host;

  private constructor(host: Host, connection: RawConnection) {
    this.#host = host;
    this.#connection = connection;
  }

  static async start(host: Host, address: SocketAddress): Promise<HonestClient> {
    const connection = await RawConnection.open(host, address);
    await createTopic(connection, TOPIC, { configs: { 'retention.ms': '-1' } });
    return new HonestClient(host, connection);
  }

  /** How many records made the whole way. */
  get records(): number {
    return this.#read;
  }

  /** One record there and back. @throws Error when the broker does not give what it took, or others keep it from it */
  async step(): Promise<void> {
    const beganMs = this.#host.clock.monotonicMs();
    const began = process.cpuUsage();
    await this.#withinPatience();
    const { user, system } = process.cpuUsage(began);
    const cpuMs = (user + system) / 1000;
    this.slowestMs = Math.max(this.slowestMs, this.#host.clock.monotonicMs() - beganMs);
    this.slowestCpuMs = Math.max(this.slowestCpuMs, cpuMs);
    if (cpuMs > PATIENCE_CPU_MS)
      throw new Error(
        `The honest client waited while ${Math.round(cpuMs)} ms of CPU went into others' requests`,
      );
  }

  #withinPatience(): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const timer = this.#host.timers.schedule(PATIENCE_MS, () => {
      reject(new Error(`The honest client had no answer to ${this.#waitsFor} for ${PATIENCE_MS} ms`));
    });
    this.#round()
      .then(resolve, reject)
      .finally(() => timer.cancel());
    return promise;
  }

  async #round(): Promise<void> {
    this.#waitsFor = 'Produce';
    await this.#produce();
    this.#waitsFor = 'Fetch';
    await this.#consume();
    this.#waitsFor = 'OffsetCommit and OffsetFetch';
    await this.#commit();
  }

  /** The same on another connection, which must find everything: after a restart. */
  async resume(address: SocketAddress): Promise<HonestClient> {
    this.#connection.destroy();
    const client = new HonestClient(this.#host, await RawConnection.open(this.#host, address));
    client.#produced = this.#produced;
    client.slowestMs = this.slowestMs;
    client.slowestCpuMs = this.slowestCpuMs;
    client.#read = 0;
    while (client.#read < client.#produced) await client.#consume();
    return client;
  }

  close(): void {
    this.#connection.destroy();
  }

  async #produce(): Promise<void> {
    const answer = await this.#connection.send(produceRequest(TOPIC, batchOf([String(this.#produced)])));
    const { errorCode, baseOffset } = answer.responses[0]!.partitionResponses[0]!;
    expectNone('Produce', errorCode);
    expectEqual('offset of a produced record', baseOffset, this.#produced);
    this.#produced++;
  }

  async #consume(): Promise<void> {
    const partition = { partition: 0, fetchOffset: this.#read, partitionMaxBytes: 1_048_576 };
    const { responses } = await this.#connection.send({
      request: FetchRequest,
      response: FetchResponse,
      version: 12,
      message: {
        maxWaitMs: 1000,
        minBytes: 1,
        topics: [{ topic: TOPIC, partitions: [partition] }],
      },
    });
    const { errorCode, records } = responses[0]!.partitions[0]!;
    expectNone('Fetch', errorCode);
    for (const batch of recordBatches(records ?? Buffer.alloc(0))) {
      for (const { offset, value } of decodeRecords(batch)) {
        if (offset < this.#read) continue;
        expectEqual('offset of a read record', offset, this.#read);
        expectEqual('value of a read record', String(value), String(this.#read));
        this.#read++;
      }
    }
  }

  async #commit(): Promise<void> {
    const partition = { partitionIndex: 0, committedOffset: this.#read, committedMetadata: 'm' };
    const committed = await this.#connection.send({
      request: OffsetCommitRequest,
      response: OffsetCommitResponse,
      version: 8,
      message: { groupId: GROUP, topics: [{ name: TOPIC, partitions: [partition] }] },
    });
    const { errorCode } = committed.topics[0]!.partitions[0]!;
    if (errorCode === ErrorCode.NOT_COORDINATOR || errorCode === ErrorCode.COORDINATOR_LOAD_IN_PROGRESS)
      return;
    if (errorCode === ErrorCode.COORDINATOR_NOT_AVAILABLE) return;
    expectNone('OffsetCommit', errorCode);
    const fetched = await this.#connection.send({
      request: OffsetFetchRequest,
      response: OffsetFetchResponse,
      version: 7,
      message: { groupId: GROUP, topics: [{ name: TOPIC, partitionIndexes: [0] }], requireStable: false },
    });
    expectEqual('committed offset', fetched.topics[0]!.partitions[0]!.committedOffset, this.#read);
  }
}

function expectNone(what: string, errorCode: number): void {
  if (errorCode !== ErrorCode.NONE)
    throw new Error(`${what} of the honest client: ${kafkaErrorName(errorCode)}`);
}

function expectEqual(what: string, actual: unknown, expected: unknown): void {
  if (actual !== expected) throw new Error(`${what}: ${String(actual)}, expected ${String(expected)}`);
}
