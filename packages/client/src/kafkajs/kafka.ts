import { nodeHost, type Host } from '@millrace/host';
import { logLevel } from './constants.ts';
import type { ConsumerConfig } from './consumer-options.ts';
import { Admin, type AdminConfig } from './kafkajs-admin.ts';
import { Consumer } from './kafkajs-consumer.ts';
import { createLogger, jsonLines, type Logger } from './kafkajs-logger.ts';
import type { KafkaConfig } from './kafka-config.ts';
import { Producer, type ProducerConfig } from './kafkajs-producer.ts';
import type { LayerContext } from './layer-context.ts';

/** kafkajs's class of that name: makes clients that connect when they are told to. */
export class Kafka {
  readonly #context: LayerContext;

  /** @param host Default: this machine; only tests need another one. */
  constructor(config: KafkaConfig, host: Host = nodeHost()) {
    const { logLevel: level = logLevel.INFO, logCreator = jsonLines } = config;
    this.#context = { config, host, logger: createLogger(level, logCreator, () => host.clock.nowMs()) };
  }

  /**
   * A producer that is not connected yet.
   * @throws KafkaJSNonRetriableError for an idempotent one without retries
   */
  producer(config: ProducerConfig = {}): Producer {
    return new Producer(this.#context, config);
  }

  /**
   * A consumer that is not connected yet.
   * @throws KafkaJSNonRetriableError without a group id, or when heartbeats are not more frequent than the session time-out
   */
  consumer(config: ConsumerConfig): Consumer {
    return new Consumer(this.#context, config);
  }

  /** An admin client that is not connected yet. */
  admin(config: AdminConfig = {}): Admin {
    return new Admin(this.#context, config);
  }

  /** The root of the loggers that all clients of this instance write to. */
  logger(): Logger {
    return this.#context.logger;
  }
}
