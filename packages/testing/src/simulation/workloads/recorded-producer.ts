import { Producer, TransactionAbortableError, type ProducerProperties } from '@millrace/client';
import type { SimulatedHost } from '@millrace/host';
import type { ClientWorld } from './client-world.ts';

export interface RecordedSend {
  readonly topic: string;
  readonly partition: number;
  readonly value: string;
  readonly key?: string;
}

const limits = {
  'linger.ms': 1,
  'request.timeout.ms': 1000,
  'delivery.timeout.ms': 20_000,
  'max.block.ms': 20_000,
  'metadata.max.age.ms': 5000,
  'retry.backoff.ms': 20,
  'reconnect.backoff.ms': 20,
  'reconnect.backoff.max.ms': 200,
  'socket.connection.setup.timeout.ms': 1000,
} as const satisfies ProducerProperties;

/** A producer that takes down what it sends and what became of it. Its sends never reject. */
export class RecordedProducer {
  readonly producer: Producer;
  readonly #world: ClientWorld;
  readonly #process: string;
  #transaction:
    | { readonly name: string; readonly end: (decision: 'committed' | 'aborted') => void }
    | undefined;

  constructor(world: ClientWorld, host: SimulatedHost, properties: ProducerProperties = {}) {
    this.#world = world;
    this.#process = host.name;
    const servers = { 'bootstrap.servers': world.bootstrapServers };
    this.producer = new Producer(
      { ...servers, ...limits, ...properties },
      { host, allowAutoTopicCreation: false },
    );
  }

  /** @returns whether it is acknowledged */
  async send(record: RecordedSend): Promise<boolean> {
    const inside = this.#transaction === undefined ? {} : { transaction: this.#transaction.name };
    const done = this.#world.recorder.send({ process: this.#process, ...record, ...inside });
    try {
      const { offset } = await this.producer.send(record);
      done(offset);
      return true;
    } catch {
      return false;
    }
  }

  begin(name: string): void {
    this.producer.beginTransaction();
    this.#transaction = { name, end: this.#world.recorder.transaction(this.#process, name) };
  }

  /** @throws what makes another producer necessary */
  async end(decision: 'committed' | 'aborted'): Promise<void> {
    const transaction = this.#transaction!;
    this.#transaction = undefined;
    if (decision === 'committed') {
      try {
        await this.producer.commitTransaction();
        transaction.end('committed');
        return;
      } catch (error) {
        // Whether it is committed after all is not known. Only this error says that it is not.
        if (!(error instanceof TransactionAbortableError)) throw error;
      }
    }
    await this.producer.abortTransaction();
    transaction.end('aborted');
  }
}
