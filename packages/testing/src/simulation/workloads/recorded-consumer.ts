import {
  Consumer,
  type ConsumerProperties,
  type ConsumerRecord,
  type TopicPartition,
} from '@millrace/client';
import type { SimulatedHost } from '@millrace/host';
import type { Isolation } from '../history/history.ts';
import type { ClientWorld } from './client-world.ts';

const limits = {
  'enable.auto.commit': false,
  'auto.offset.reset': 'earliest',
  'fetch.max.wait.ms': 150,
  'request.timeout.ms': 1000,
  'default.api.timeout.ms': 20_000,
  'metadata.max.age.ms': 5000,
  'retry.backoff.ms': 20,
  'reconnect.backoff.ms': 20,
  'reconnect.backoff.max.ms': 200,
  'socket.connection.setup.timeout.ms': 1000,
} as const satisfies ConsumerProperties;

/** A consumer that takes down what it is given, and what it commits. */
export class RecordedConsumer {
  readonly consumer: Consumer;
  readonly #world: ClientWorld;
  readonly #process: string;
  readonly #isolation: Isolation;
  readonly #group: string | undefined;

  constructor(world: ClientWorld, host: SimulatedHost, properties: ConsumerProperties = {}) {
    this.#world = world;
    this.#process = host.name;
    this.#isolation =
      properties['isolation.level'] === 'read_committed' ? 'read_committed' : 'read_uncommitted';
    this.#group = properties['group.id'] ?? undefined;
    const servers = { 'bootstrap.servers': world.bootstrapServers };
    this.consumer = new Consumer({ ...servers, ...limits, ...properties }, { host });
  }

  /** From the start. */
  assign(partitions: readonly TopicPartition[]): void {
    this.#world.recorder.assign({ process: this.#process, partitions, startOffset: 0 });
    this.consumer.assign(partitions);
    this.consumer.seekToBeginning();
  }

  subscribe(topic: string): void {
    const group = this.#group!;
    this.consumer.subscribe(topic, {
      onPartitionsAssigned: (partitions) => {
        this.#world.recorder.assign({ process: this.#process, group, partitions });
      },
    });
  }

  async poll(timeoutMs: number): Promise<ConsumerRecord[]> {
    const fromMs = this.#world.simulation.nowMs;
    const records = await this.consumer.poll({ timeoutMs });
    this.#world.recorder.poll(fromMs, {
      process: this.#process,
      isolation: this.#isolation,
      records: records.map(({ topic, partition, offset, key, value }) => ({
        topic,
        partition,
        offset,
        value: String(value),
        ...(key === null ? {} : { key: String(key) }),
      })),
    });
    return records;
  }

  /** What comes behind these records. */
  async commit(records: readonly ConsumerRecord[]): Promise<void> {
    const offsets = nextOffsets(records);
    const done = this.#world.recorder.commit({ process: this.#process, group: this.#group!, offsets });
    await this.consumer.commit(offsets);
    done();
  }
}

/**
 * With leader epochs: whoever starts from them must not believe a leader of the past, which is cut off, that there are no
 * such offsets (KIP-320).
 */
export function nextOffsets(records: readonly ConsumerRecord[]) {
  const last = new Map(records.map((record) => [`${record.topic}-${record.partition}`, record]));
  return [...last.values()].map(({ topic, partition, offset, leaderEpoch }) => {
    return { topic, partition, offset: offset + 1, leaderEpoch };
  });
}
