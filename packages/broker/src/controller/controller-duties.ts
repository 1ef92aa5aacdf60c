import type { Logger, Timer, Timers } from '@millrace/host';
import { NoOpRecord } from '@millrace/protocol/messages/metadata-records';
import type { BrokerConfig } from '../config/broker-config.ts';
import { messageOf } from '../errors.ts';
import { balanceLeaders, electUncleanLeaders } from './balance-leaders.ts';
import type { ControllerOperation } from './controller-operation.ts';
import { expireBroker } from './expire-broker.ts';

/** Sessions are looked at this often for each of their lengths, so that a silent broker is noticed soon after. */
const CHECKS_PER_SESSION = 8;

export interface ControllerDutiesOptions {
  readonly timers: Timers;
  readonly logger: Logger;
  readonly config: BrokerConfig;
  /** Runs an operation on the active controller; rejects when it is not active any more. */
  readonly run: <Response>(operation: ControllerOperation<Response>) => Promise<Response>;
  /** A broker was fenced because its heartbeats did not come in time. */
  readonly onExpired?: () => void;
  /** There is no other node: nobody to be heard of, and nobody who looks whether the metadata log goes on. */
  readonly isAlone: boolean;
}

/**
 * What the active controller does by itself, from its activation to the end of it: fences brokers that are not heard of,
 * moves leaderships back to where they belong, elects uncleanly where topics ask for it, and keeps the metadata log
 * moving so that its followers see that there is nothing new.
 */
export class ControllerDuties {
  readonly #options: ControllerDutiesOptions;
  /** Of the activation; a new one with each `start`. */
  #activation: AbortController | undefined;

  constructor(options: ControllerDutiesOptions) {
    this.#options = options;
  }

  start(): void {
    this.stop();
    const { config, isAlone } = this.#options;
    const activation = new AbortController();
    this.#activation = activation;
    const { signal } = activation;
    const value = config.values;
    if (!isAlone) {
      this.#repeat(
        signal,
        'fencing of silent brokers',
        value['broker.session.timeout.ms'] / CHECKS_PER_SESSION,
        () => this.#expire(),
      );
    }
    if (value['auto.leader.rebalance.enable']) {
      const everyMs = value['leader.imbalance.check.interval.seconds'] * 1000;
      this.#repeat(signal, 'balancing of leaders', everyMs, () => this.#untilDone(signal, balanceLeaders));
    }
    this.#repeat(signal, 'unclean elections', value['unclean.leader.election.interval.ms'], () =>
      this.#untilDone(signal, electUncleanLeaders),
    );
    const idleMs = value['metadata.max.idle.interval.ms'];
    if (!isAlone && idleMs > 0) {
      this.#repeat(signal, 'keeping the metadata log moving', idleMs, () => this.#options.run(noOperation));
    }
  }

  /** The controller is not the active one any more. */
  stop(): void {
    this.#activation?.abort();
    this.#activation = undefined;
  }

  /** One after the other: what fencing one broker changes counts for the next. */
  async #expire(): Promise<void> {
    const { run, logger, onExpired } = this.#options;
    for (;;) {
      const brokerId = await run(expireBroker);
      if (brokerId < 0) return;
      onExpired?.();
      logger.warn('A broker was fenced: it has not been heard of', { brokerId });
    }
  }

  async #untilDone(signal: AbortSignal, operation: ControllerOperation<boolean>): Promise<void> {
    while (await this.#options.run(operation)) if (signal.aborted) return;
  }

  /** The next time is counted from the end of the one before. What fails is tried again then. */
  #repeat(signal: AbortSignal, duty: string, everyMs: number, act: () => Promise<unknown>): void {
    const { timers, logger } = this.#options;
    let timer: Timer;
    const again = () => {
      if (!signal.aborted) timer = timers.schedule(everyMs, turn, { background: true });
    };
    const turn = () => {
      act()
        .catch((error: unknown) => {
          if (!signal.aborted)
            logger.warn('A duty of the controller failed', { duty, error: messageOf(error) });
        })
        .finally(again);
    };
    again();
    signal.addEventListener('abort', () => timer.cancel());
  }
}

const noOperation: ControllerOperation<void> = () => ({
  records: [{ type: 'NoOp', data: NoOpRecord.create() }],
  response: undefined,
});
