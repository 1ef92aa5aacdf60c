import type { Host, Logger, Timer } from '@millrace/host';
import { ErrorCode, kafkaErrorName } from '@millrace/protocol';
import {
  BrokerHeartbeatRequest,
  BrokerHeartbeatResponse,
} from '@millrace/protocol/messages/broker-heartbeat';
import {
  BrokerRegistrationRequest,
  BrokerRegistrationResponse,
  type BrokerRegistrationRequestInput,
} from '@millrace/protocol/messages/broker-registration';
import { peerApi } from '@millrace/replication';
import { BrokerClosedError, ClusterError, messageOf } from '../errors.ts';
import type { BrokerPropertyValues } from '../config/broker-properties.ts';
import type { MetadataLoader } from '../metadata/metadata-loader.ts';
import type { ControllerChannel } from './controller-channel.ts';

const registrationApi = peerApi(BrokerRegistrationRequest, BrokerRegistrationResponse);
const heartbeatApi = peerApi(BrokerHeartbeatRequest, BrokerHeartbeatResponse);

/** Pauses between heartbeats while the broker waits to be let in, and while it waits to go. */
const CATCHING_UP_INTERVAL_MS = 10;
const SHUTDOWN_INTERVAL_MS = 50;
const REGISTRATION_BACKOFF_MS = 100;

/** Time does not help with these. */
const finalRefusals: ReadonlySet<number> = new Set([
  ErrorCode.INCONSISTENT_CLUSTER_ID,
  ErrorCode.INVALID_REGISTRATION,
  ErrorCode.UNSUPPORTED_VERSION,
]);

export interface BrokerLifecycleOptions {
  readonly host: Host;
  readonly logger: Logger;
  readonly config: () => BrokerPropertyValues;
  readonly nodeId: number;
  readonly clusterId: string;
  readonly channel: ControllerChannel;
  readonly loader: MetadataLoader;
  /** What this node says of itself, apart from the broker epoch of before. */
  readonly registration: () => Omit<
    BrokerRegistrationRequestInput,
    'brokerId' | 'clusterId' | 'previousBrokerEpoch'
  >;
  /** From the last clean stop; -1 for none. */
  readonly previousBrokerEpoch: number;
  /** Ids of log directories that have failed. */
  readonly offlineDirectories: () => readonly string[];
  /** Ids of those that take no new replicas; `null` while the cluster does not know of such (KIP-1066). */
  readonly cordonedDirectories: () => readonly string[] | null;
  /** This broker cannot go on. */
  readonly onFault: (error: Error) => void;
  /** For messages. */
  readonly controllerAddresses: readonly string[];
  /** Why no controller answers, as far as this node knows, for messages. */
  readonly problem: () => string | undefined;
}

/**
 * The life of a broker in its cluster (KIP-631): it registers, catches up with the state of the cluster, is let in, says
 * every now and then that it lives, and asks to go. All of it is requests to the active controller, which decides.
 */
export class BrokerLifecycle {
  readonly #options: BrokerLifecycleOptions;
  readonly #stopped = new AbortController();
  #brokerEpoch = -1;
  #isFenced = true;
  #wantsToGo = false;
  #mayGo = false;
  #timer: Timer | undefined;
  #beating: Promise<void> | undefined;
  /** The next heartbeat does not wait for its time. */
  #isUrgent = false;
  /** Failed directories that the controller knows of. */
  #reportedDirectories: ReadonlySet<string> = new Set();

  constructor(options: BrokerLifecycleOptions) {
    this.#options = options;
  }

  /** Of this incarnation; -1 before `register`. */
  get brokerEpoch(): number {
    return this.#brokerEpoch;
  }

  /** Whether the controller keeps clients and leaderships away from this broker. */
  get isFenced(): boolean {
    return this.#isFenced;
  }

  /**
   * Registers, and resolves when this node knows the state of the cluster up to its own registration.
   * @throws ClusterError when the controller refuses, or is not reached within `initial.broker.registration.timeout.ms`
   */
  async register(): Promise<void> {
    const { loader, config } = this.#options;
    await this.#register(config()['initial.broker.registration.timeout.ms']);
    await loader.reached(this.#brokerEpoch);
  }

  /**
   * Resolves when the controller has let this broker in, and this node knows of it. From then on the controller is told
   * regularly that the broker lives.
   */
  async enter(): Promise<void> {
    const { config, loader, nodeId } = this.#options;
    const deadlineMs = this.#nowMs() + config()['initial.broker.registration.timeout.ms'];
    for (;;) {
      await this.#beat();
      if (!this.#isFenced) break;
      if (this.#nowMs() > deadlineMs) throw new ClusterError('The controller does not unfence this broker');
      await this.#pause(CATCHING_UP_INTERVAL_MS);
    }
    this.#schedule();
    await loader.until(({ brokers }) => brokers.get(nodeId)?.isFenced === false);
  }

  /**
   * Asks to go, and resolves when others lead what this broker led, after `timeoutMs`, or when there is no controller to
   * ask for so long that there may be none any more.
   */
  async leave(timeoutMs: number): Promise<void> {
    this.#wantsToGo = true;
    this.#timer?.cancel();
    await this.#beating;
    const { config, logger } = this.#options;
    const deadlineMs = this.#nowMs() + timeoutMs;
    const patienceMs = 2 * config()['controller.quorum.election.timeout.ms'];
    let answeredMs = this.#nowMs();
    while (!this.#mayGo) {
      const nowMs = this.#nowMs();
      if (nowMs >= deadlineMs || nowMs - answeredMs >= patienceMs) {
        logger.warn('Others may not lead yet what this broker led; it stops all the same', { timeoutMs });
        return;
      }
      if (await this.#beat(Math.min(patienceMs, deadlineMs - nowMs))) answeredMs = this.#nowMs();
      if (!this.#mayGo) await this.#pause(SHUTDOWN_INTERVAL_MS);
    }
  }

  /**
   * A log directory has failed: the controller is told at once, so that others lead what is in it. A broker that cannot
   * tell for `log.dir.failure.timeout.ms` stops, which the controller notices.
   */
  onDirectoryFailure(): void {
    const { host, config, offlineDirectories, onFault } = this.#options;
    const timeoutMs = config()['log.dir.failure.timeout.ms'];
    const failed = offlineDirectories();
    const check = (): void => {
      if (this.#stopped.signal.aborted || failed.every((id) => this.#reportedDirectories.has(id))) return;
      onFault(ClusterError.unreportedDirectory(timeoutMs));
    };
    host.timers.schedule(timeoutMs, check, { background: true });
    this.hurry();
  }

  /** The controller is told at once how this broker is. */
  hurry(): void {
    this.#isUrgent = true;
    if (this.#timer === undefined) return;
    this.#timer.cancel();
    this.#schedule();
  }

  close(): void {
    this.#timer?.cancel();
    this.#stopped.abort(new BrokerClosedError());
  }

  async #register(timeoutMs: number): Promise<void> {
    const { nodeId, clusterId, channel, registration, previousBrokerEpoch, logger } = this.#options;
    const deadlineMs = this.#nowMs() + timeoutMs;
    let backoffMs = REGISTRATION_BACKOFF_MS;
    let refusal: number = ErrorCode.NONE;
    for (;;) {
      const request = {
        ...registration(),
        brokerId: nodeId,
        clusterId,
        previousBrokerEpoch: this.#brokerEpoch < 0 ? previousBrokerEpoch : this.#brokerEpoch,
      };
      const leftMs = Math.max(1, deadlineMs - this.#nowMs());
      const { errorCode, brokerEpoch } = await channel
        .send(registrationApi, request, { timeoutMs: leftMs, signal: this.#stopped.signal })
        .catch((cause: unknown) => {
          this.#stopped.signal.throwIfAborted();
          // What it has said before is more than that it says nothing now.
          if (refusal !== ErrorCode.NONE) throw ClusterError.refused(nodeId, clusterId, refusal);
          const { controllerAddresses, problem } = this.#options;
          const reason = problem() ?? messageOf(cause);
          throw ClusterError.unreachable(nodeId, timeoutMs, controllerAddresses, reason, cause);
        });
      if (errorCode === ErrorCode.NONE) {
        this.#brokerEpoch = brokerEpoch;
        return;
      }
      if (finalRefusals.has(errorCode) || this.#nowMs() + backoffMs > deadlineMs) {
        throw ClusterError.refused(nodeId, clusterId, errorCode);
      }
      refusal = errorCode;
      logger.info('The controller does not register this broker yet', { error: kafkaErrorName(errorCode) });
      await this.#pause(backoffMs);
      backoffMs = Math.min(2 * backoffMs, this.#options.config()['broker.heartbeat.interval.ms']);
    }
  }

  #schedule(): void {
    if (this.#wantsToGo || this.#stopped.signal.aborted) return;
    const intervalMs = this.#options.config()['broker.heartbeat.interval.ms'];
    const pauseMs = this.#isFenced ? Math.min(intervalMs, SHUTDOWN_INTERVAL_MS) : intervalMs;
    this.#timer = this.#options.host.timers.schedule(
      this.#isUrgent ? 0 : pauseMs,
      () => {
        this.#timer = undefined;
        this.#isUrgent = false;
        this.#beating = this.#beat()
          .catch((error: unknown) => {
            if (!this.#stopped.signal.aborted)
              this.#options.logger.warn('A heartbeat failed', { error: messageOf(error) });
          })
          .then(() => this.#schedule());
      },
      { background: true },
    );
  }

  /** @returns whether the controller has answered */
  async #beat(timeoutMs = this.#options.config()['broker.session.timeout.ms']): Promise<boolean> {
    const { nodeId, channel, loader, logger, offlineDirectories, cordonedDirectories } = this.#options;
    const offlineLogDirs = [...offlineDirectories()];
    const request = {
      brokerId: nodeId,
      brokerEpoch: this.#brokerEpoch,
      currentMetadataOffset: loader.reachedOffset,
      wantFence: false,
      wantShutDown: this.#wantsToGo,
      offlineLogDirs,
      cordonedLogDirs: copyOrNull(cordonedDirectories()),
    };
    const answer = await channel
      .send(heartbeatApi, request, { timeoutMs, signal: this.#stopped.signal })
      .catch((error: unknown) => {
        this.#stopped.signal.throwIfAborted();
        logger.warn('The controller cannot be told that this broker lives', { error: messageOf(error) });
        return undefined;
      });
    if (answer === undefined) return false;
    if (answer.errorCode !== ErrorCode.NONE) {
      await this.#onRefusedHeartbeat(answer.errorCode);
      return true;
    }
    this.#reportedDirectories = new Set(offlineLogDirs);
    if (answer.isFenced !== this.#isFenced && !this.#wantsToGo) {
      logger.info(answer.isFenced ? 'This broker is fenced' : 'This broker is unfenced', {
        brokerEpoch: this.#brokerEpoch,
      });
    }
    this.#isFenced = answer.isFenced;
    this.#mayGo = answer.shouldShutDown;
    return true;
  }

  /** The controller knows nothing of this incarnation: its registration was removed, or somebody has taken the id. */
  async #onRefusedHeartbeat(errorCode: number): Promise<void> {
    const { logger, config } = this.#options;
    const isUnknown =
      errorCode === ErrorCode.STALE_BROKER_EPOCH || errorCode === ErrorCode.BROKER_ID_NOT_REGISTERED;
    const error = kafkaErrorName(errorCode);
    logger.warn('The controller refuses the heartbeat of this broker', { error });
    if (this.#wantsToGo) this.#mayGo = isUnknown;
    else if (isUnknown) await this.#register(config()['broker.session.timeout.ms']);
  }

  #nowMs(): number {
    return this.#options.host.clock.monotonicMs();
  }

  #pause(delayMs: number): Promise<void> {
    const { signal } = this.#stopped;
    return new Promise((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason as Error);
      const timer = this.#options.host.timers.schedule(delayMs, () => {
        signal.removeEventListener('abort', onAbort);
        resolve();
      });
      function onAbort(): void {
        timer.cancel();
        reject(signal.reason as Error);
      }
      signal.addEventListener('abort', onAbort, { once: true });
    });
  }
}

function copyOrNull(list: readonly string[] | null): string[] | null {
  return list === null ? null : [...list];
}
