import type { Connection, Host, Logger, SocketAddress } from '@millrace/host';
import type { PeerSecurity } from '@millrace/replication';
import { errorCodeOf, messageOf } from '../errors.ts';
import type { BrokerImage, ClusterImage } from '../metadata/cluster-image.ts';

/** Between two attempts at a broker that can neither be reached nor is known to be gone. */
const RETRY_MS = 1000;
/** A connection that lives shorter is no reason to connect again at once. */
const SETTLED_MS = 100;

export interface BrokerWatchOptions {
  readonly host: Host;
  readonly logger: Logger;
  readonly nodeId: number;
  /** Where other brokers reach it; `undefined` where the controller cannot. */
  readonly addressOf: (broker: BrokerImage) => SocketAddress | undefined;
  readonly security: PeerSecurity;
  /** The process of that incarnation has ended. */
  readonly onGone: (broker: BrokerImage) => Promise<void>;
}

interface Watched {
  readonly broker: BrokerImage;
  readonly ended: AbortController;
}

/**
 * Tells the active controller that the process of a broker has ended, long before its session would.
 *
 * It holds a connection to each broker, on which nothing is said. The kernel of the broker's machine closes it when the
 * process ends, whatever the reason, and refuses the next one. That is proof; everything else (a machine without power, a
 * network that is cut, a process that is stopped) is left to the session.
 *
 * A broker that is heard of after it was declared gone is behind something that refuses connections for it: it is not
 * watched any more.
 */
export class BrokerWatch {
  readonly #options: BrokerWatchOptions;
  readonly #watched = new Map<number, Watched>();
  /** Broker epochs of what was declared gone. */
  readonly #gone = new Set<number>();
  #isActive = false;

  constructor(options: BrokerWatchOptions) {
    this.#options = options;
  }

  start(image: ClusterImage): void {
    this.#isActive = true;
    this.update(image);
  }

  stop(): void {
    this.#isActive = false;
    for (const { ended } of this.#watched.values()) ended.abort();
    this.#watched.clear();
    this.#gone.clear();
  }

  /** Brokers have come, gone, been fenced or let in. */
  update({ brokers }: ClusterImage): void {
    if (!this.#isActive) return;
    for (const [id, { broker, ended }] of this.#watched) {
      const now = brokers.get(id);
      if (now !== undefined && !now.isFenced && now.epoch === broker.epoch) continue;
      ended.abort();
      this.#watched.delete(id);
    }
    for (const broker of brokers.values()) {
      const isOther = broker.id !== this.#options.nodeId && !this.#watched.has(broker.id);
      if (isOther && !broker.isFenced && !this.#gone.has(broker.epoch)) this.#watch(broker);
    }
  }

  #watch(broker: BrokerImage): void {
    const address = this.#options.addressOf(broker);
    if (address === undefined) return;
    const ended = new AbortController();
    this.#watched.set(broker.id, { broker, ended });
    void this.#run(broker, address, ended.signal);
  }

  async #run(broker: BrokerImage, address: SocketAddress, ended: AbortSignal): Promise<void> {
    const { host, logger, onGone } = this.#options;
    while (!ended.aborted) {
      const beganMs = host.clock.monotonicMs();
      try {
        await this.#untilClosed(address, ended);
        if (host.clock.monotonicMs() - beganMs < SETTLED_MS) await pause(host, SETTLED_MS, ended);
      } catch (error) {
        if (ended.aborted) return;
        if (errorCodeOf(error) === 'ECONNREFUSED') {
          this.#gone.add(broker.epoch);
          logger.info('The process of a broker has ended', {
            brokerId: broker.id,
            brokerEpoch: broker.epoch,
          });
          await onGone(broker).catch((failure: unknown) => {
            logger.debug('A broker that is gone is left to its session', { error: messageOf(failure) });
          });
          return;
        }
        await pause(host, RETRY_MS, ended);
      }
    }
  }

  /** Connects, and resolves when that connection has ended. */
  async #untilClosed(address: SocketAddress, signal: AbortSignal): Promise<void> {
    const { host, security } = this.#options;
    const tls = security.tls === undefined ? {} : { tls: security.tls };
    const connection = await host.network.connect(address, { timeoutMs: RETRY_MS, signal, ...tls });
    await closed(connection, signal);
  }
}

function closed(connection: Connection, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const onAbort = (): void => connection.destroy();
    connection.start({
      onData: () => undefined,
      onDrain: () => undefined,
      onClose: () => {
        signal.removeEventListener('abort', onAbort);
        resolve();
      },
    });
    if (signal.aborted) connection.destroy();
    else signal.addEventListener('abort', onAbort, { once: true });
  });
}

function pause(host: Host, delayMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      timer.cancel();
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = host.timers.schedule(delayMs, done, { background: true });
    signal.addEventListener('abort', done, { once: true });
  });
}
