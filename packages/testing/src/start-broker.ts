import { Broker, type BrokerProperties } from '@millrace/broker';
import { silentLogger, type Logger } from '@millrace/host';
import { openBrokerStorage, type StorageKind } from './broker-storage.ts';
import { TestBroker } from './test-broker.ts';

/** For `startBroker()`. */
export interface StartBrokerOptions {
  /**
   * Broker properties by Kafka's names. They win over what this function sets: `listeners` (a free port of
   * 127.0.0.1), `log.dirs`, one partition for `__consumer_offsets`, and groups that do not wait for late members.
   */
  readonly properties?: BrokerProperties;
  /** `memory`, the default, or a `temporary` directory that `close()` removes. */
  readonly storage?: StorageKind;
  /** Default: silent. */
  readonly logger?: Logger;
}

/**
 * Starts a broker in this process, on a port of its own, so that tests may run in parallel.
 *
 * @throws what `Broker.start` throws
 */
export async function startBroker(options: StartBrokerOptions = {}): Promise<TestBroker> {
  const { storage: kind = 'memory', logger = silentLogger } = options;
  const storage = await openBrokerStorage(kind);
  const properties: BrokerProperties = {
    'log.dirs': storage.directory,
    'offsets.topic.num.partitions': 1,
    'group.initial.rebalance.delay.ms': 0,
    ...options.properties,
  };
  try {
    const listening = { listeners: 'PLAINTEXT://127.0.0.1:0', ...properties };
    const broker = await Broker.start(listening, { host: storage.host, logger });
    return new TestBroker({ broker, storage, properties, logger });
  } catch (error) {
    await storage.remove();
    throw error;
  }
}
