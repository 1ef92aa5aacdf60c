import { Broker } from '@millrace/broker';
import { Consumer, Producer, type ConsumerRecord } from '@millrace/client';
import {
  silentLogger,
  Simulation,
  type Logger,
  type SimulatedHost,
  type SimulationEvent,
} from '@millrace/host';
import { drainPartitions } from '../drain-partitions.ts';

export interface BrokerWorldOptions {
  readonly seed: number | string;
  readonly properties?: Readonly<Record<string, string | number>>;
  readonly onEvent?: (event: SimulationEvent) => void;
  /** Told what the broker logs. */
  readonly logger?: Logger;
}

const BROKER = 'broker:9092';

/** A broker on one simulated machine and clients on others. Everything happens in virtual time, from one seed. */
export class BrokerWorld {
  readonly simulation: Simulation;
  readonly #properties: Readonly<Record<string, string | number>>;
  readonly #logger: Logger;
  #broker: Broker | undefined;

  constructor({ seed, properties = {}, onEvent, logger = silentLogger }: BrokerWorldOptions) {
    this.simulation = new Simulation({
      seed,
      maxVirtualMs: 3_600_000,
      ...(onEvent === undefined ? {} : { onEvent }),
    });
    this.#logger = logger;
    this.#properties = {
      listeners: `PLAINTEXT://${BROKER}`,
      'log.dirs': '/data',
      'offsets.topic.num.partitions': 3,
      ...properties,
    };
  }

  /** The broker's machine; after a restart another object. */
  get machine(): SimulatedHost {
    return this.simulation.host('broker');
  }

  async startBroker(): Promise<Broker> {
    this.#broker = await Broker.start(this.#properties, { host: this.machine, logger: this.#logger });
    return this.#broker;
  }

  async closeBroker(): Promise<void> {
    await this.#broker?.close();
  }

  /** Starts again what `machine.crash()` or `machine.kill()` ended. */
  async restartBroker(): Promise<Broker> {
    this.simulation.restart(this.machine);
    return this.startBroker();
  }

  producer(name: string, properties: Readonly<Record<string, string | number>> = {}): Producer {
    return new Producer({ 'bootstrap.servers': BROKER, ...properties }, { host: this.simulation.host(name) });
  }

  consumer(name: string, properties: Readonly<Record<string, string | number>> = {}): Consumer {
    return new Consumer(
      { 'bootstrap.servers': BROKER, 'auto.offset.reset': 'earliest', ...properties },
      { host: this.simulation.host(name) },
    );
  }

  /** Everything in a topic, by partition and offset. */
  async readAll(topic: string, partitionCount = 1): Promise<ConsumerRecord[]> {
    await using consumer = this.consumer('reader');
    const partitions = Array.from({ length: partitionCount }, (_, partition) => ({ topic, partition }));
    return await drainPartitions(consumer, partitions);
  }
}
