import type { Timer } from '@millrace/host';
import { ErrorCode, KafkaError } from '@millrace/protocol';
import {
  MetadataRequest,
  MetadataResponse,
  type MetadataRequestInput,
} from '@millrace/protocol/messages/metadata';
import {
  AuthenticationError,
  ClientClosedError,
  InvalidConfigError,
  TimeoutError,
  TlsError,
  UnsupportedVersionError,
} from '../errors.ts';
import { abortable } from './abortable.ts';
import { defineApi } from './api.ts';
import { RebootstrapRequiredError } from './broker-handshake.ts';
import type { BrokerNode } from './broker-node.ts';
import type { BrokerPool } from './broker-pool.ts';
import { lateAfterMs, type ClusterSettings } from './cluster-settings.ts';
import { Deadline } from './deadline.ts';
import { delay } from './delay.ts';
import { ExponentialBackoff } from './exponential-backoff.ts';
import { kafkaFailure } from './kafka-failure.ts';
import type { MetadataCache, TopicMetadata } from './metadata-cache.ts';

export const METADATA = defineApi(MetadataRequest, MetadataResponse);

export interface WaitOptions {
  readonly timeoutMs: number;
  /** The property or option that sets the limit, for the error. */
  readonly limitedBy: string;
  readonly signal?: AbortSignal | undefined;
}

/** Keeps a `MetadataCache` fresh: at most one request in flight, back-off between failures, periodic refresh. */
export class MetadataRefresher {
  readonly cache: MetadataCache;
  readonly #settings: ClusterSettings;
  readonly #pool: BrokerPool;
  readonly #backoff: ExponentialBackoff;
  readonly #closing = new AbortController();
  /** Topics of interest with the time of their last use. */
  readonly #tracked = new Map<string, number>();
  readonly #listeners = new Set<() => void>();
  #wantsAllTopics = false;
  #running: Promise<void> | undefined;
  #next: Promise<void> | undefined;
  #ageTimer: Timer | undefined;
  #updateTimer: Timer | undefined;
  #lastAnswerMs = -Infinity;
  #failures = 0;
  #lastFailure: Error | undefined;
  #unheardRefusal: Error | undefined;
  #lastSuccessMs: number;

  constructor(settings: ClusterSettings, cache: MetadataCache, pool: BrokerPool) {
    this.#settings = settings;
    this.cache = cache;
    this.#pool = pool;
    const random = settings.host.random.fork('metadata-backoff');
    this.#backoff = new ExponentialBackoff(settings.retryBackoffMs, settings.retryBackoffMaxMs, random);
    this.#lastSuccessMs = this.#nowMs();
  }

  /** Monotonic; `-Infinity` before the first. */
  get lastAnswerMs(): number {
    return this.#lastAnswerMs;
  }

  /** Why nothing could be learned of late, `undefined` since the last answer: the cause of whatever times out meanwhile. */
  get lastFailure(): Error | undefined {
    return this.#lastFailure;
  }

  /**
   * A refusal of credentials or certificates that met a request nobody waits for: for the next one who finds something
   * missing, and only for him, as it may be over when he tries again.
   */
  takeRefusal(): Error | undefined {
    const refusal = this.#unheardRefusal;
    this.#unheardRefusal = undefined;
    return refusal;
  }

  /** Asks for this topic from now on (and marks it as used). */
  track(topic: string): void {
    this.#tracked.set(topic, this.#nowMs());
  }

  /** Replaces the topics of interest; `all` for regex subscriptions and listings. */
  trackOnly(topics: Iterable<string> | 'all'): void {
    this.#wantsAllTopics = topics === 'all';
    this.#tracked.clear();
    if (topics !== 'all') for (const topic of topics) this.track(topic);
  }

  /** Called after every answer and leader hint. Returns the function that ends it. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Tells listeners of a change made to the cache from outside, such as a leader hint. */
  notify(): void {
    for (const listener of this.#listeners) listener();
  }

  /**
   * Asks for fresh metadata soon, without waiting for it. Cheap to call often: not before `retry.backoff.ms` after the
   * last answer, so that who asks because of each answer does not keep the broker busy.
   */
  requestUpdate(): void {
    if (this.#closing.signal.aborted || this.#updateTimer !== undefined || this.#running !== undefined)
      return;
    const { host, retryBackoffMs } = this.#settings;
    this.#updateTimer = host.timers.schedule(this.#lastAnswerMs + retryBackoffMs - this.#nowMs(), () => {
      this.#updateTimer = undefined;
      // Failures are retried inside; what arrives here besides is the end of the client.
      this.refresh().catch((error: Error) => {
        if (isFinal(error)) this.#unheardRefusal = error;
      });
    });
  }

  /**
   * Resolves when an answer asked for after this call has arrived: one already under way may be older than what the
   * caller has just learned. Retries for ever, unless credentials or certificates are refused; the caller sets the
   * limit.
   * @throws AuthenticationError, TlsError, InvalidConfigError, UnsupportedVersionError
   */
  refresh(): Promise<void> {
    if (this.#running === undefined) return this.#start();
    this.#next ??= this.#running.then(
      () => this.#startNext(),
      () => this.#startNext(),
    );
    return this.#next;
  }

  /**
   * The topic with its partitions; waits for a topic that is being created.
   * @throws KafkaError for INVALID_TOPIC_EXCEPTION and TOPIC_AUTHORIZATION_FAILED
   * @throws TimeoutError with the last failure as cause, of the connection or of what the broker says of the topic
   */
  async topic(name: string, options: WaitOptions): Promise<TopicMetadata> {
    this.track(name);
    const deadline = new Deadline(this.#settings.host, options.timeoutMs);
    const closing = this.#closing.signal;
    const signal = options.signal === undefined ? closing : AbortSignal.any([options.signal, closing]);
    let wasMade = false;
    for (let attempt = 0; ; attempt++) {
      const topic = this.cache.topic(name);
      if (isUsable(topic)) return topic;
      const failure = topicFailure(topic);
      if (failure !== undefined && !failure.retriable) throw failure;
      const expired = () =>
        new TimeoutError(`Metadata of topic "${name}"`, options.timeoutMs, options.limitedBy, {
          cause: this.#lastFailure ?? failure,
        });
      if (deadline.isExpired) throw expired();
      // The first answer about a topic that the broker has just made; it may well know the leader by now.
      const isNew: boolean = !wasMade && attempt > 0 && failure?.errorCode === ErrorCode.LEADER_NOT_AVAILABLE;
      wasMade ||= isNew;
      await deadline.race(this.#nextAttempt(isNew ? 0 : attempt, signal), expired);
    }
  }

  close(): void {
    this.#closing.abort(new ClientClosedError(this.#settings.clientName));
    this.#ageTimer?.cancel();
    this.#updateTimer?.cancel();
  }

  async #nextAttempt(attempt: number, signal: AbortSignal): Promise<void> {
    if (attempt > 0) await delay(this.#settings.host, this.#backoff.delayMs(attempt), signal);
    signal.throwIfAborted();
    await abortable(this.refresh(), signal);
  }

  #start(): Promise<void> {
    const running = this.#run().finally(() => {
      if (this.#running === running) this.#running = undefined;
    });
    this.#running = running;
    return running;
  }

  #startNext(): Promise<void> {
    this.#next = undefined;
    return this.#start();
  }

  async #run(): Promise<void> {
    for (;;) {
      const backoffMs = this.#backoff.delayMs(this.#failures);
      if (backoffMs > 0) await delay(this.#settings.host, backoffMs, this.#closing.signal);
      this.#closing.signal.throwIfAborted();
      try {
        await this.#ask();
        return;
      } catch (error) {
        this.#closing.signal.throwIfAborted();
        this.#failed(error);
        if (!isFinal(error)) continue;
        // It may be over by then, and who has all the leaders that he needs does not ask.
        this.#askAgainByAge();
        throw error;
      }
    }
  }

  async #ask(): Promise<void> {
    const { allowAutoTopicCreation } = this.#settings;
    this.#forgetIdleTopics();
    const isComplete = this.#wantsAllTopics;
    const topics = isComplete ? null : [...this.#tracked.keys()].map((name) => ({ name }));
    if (this.#pool.hasNamesToLookUp) await this.#pool.lookUpNames();
    const message = { topics, allowAutoTopicCreation };
    const response = await this.#firstAnswer(message);
    if (response.errorCode !== ErrorCode.NONE) throw kafkaFailure(response.errorCode, 'Metadata');
    if (response.brokers.length === 0)
      throw kafkaFailure(ErrorCode.BROKER_NOT_AVAILABLE, 'Metadata', 'no broker is alive');
    this.cache.apply(response, { isComplete });
    this.#succeeded();
  }

  /**
   * One broker is asked, and the next one besides while the answer is late: a broker that is stopped or cut off says
   * nothing, and every other one knows who leads in its place.
   */
  #firstAnswer(message: MetadataRequestInput): Promise<MetadataResponse> {
    const { host } = this.#settings;
    const lateMs = lateAfterMs(this.#settings);
    const candidates = this.#pool.candidates();
    return new Promise((resolve, reject) => {
      let next = 0;
      let open = 0;
      let timer: Timer | undefined;
      const settle = (settled: () => void): void => {
        timer?.cancel();
        next = candidates.length;
        settled();
      };
      const askNext = (): void => {
        const node = candidates[next++];
        if (node === undefined) return;
        open++;
        this.#askOne(node, message).then(
          (response) => settle(() => resolve(response)),
          (error: Error) => {
            if (--open === 0) settle(() => reject(error));
          },
        );
        timer = host.timers.schedule(lateMs, askNext, { background: true });
      };
      askNext();
    });
  }

  async #askOne(node: BrokerNode, message: MetadataRequestInput): Promise<MetadataResponse> {
    const { connection, versions } = await node.connect('general');
    const timeoutMs = this.#settings.requestTimeoutMs;
    return connection.request(METADATA, versions.choose(METADATA), message, { timeoutMs });
  }

  #succeeded(): void {
    this.#failures = 0;
    this.#lastFailure = undefined;
    this.#unheardRefusal = undefined;
    this.#lastSuccessMs = this.#nowMs();
    this.#lastAnswerMs = this.#lastSuccessMs;
    this.#pool.leaveBootstrap();
    this.#askAgainByAge();
    this.notify();
  }

  #askAgainByAge(): void {
    if (this.#closing.signal.aborted) return;
    this.#ageTimer?.cancel();
    const { host, metadataMaxAgeMs } = this.#settings;
    this.#ageTimer = host.timers.schedule(metadataMaxAgeMs, () => this.requestUpdate(), { background: true });
  }

  #failed(error: unknown): void {
    const { rebootstrap, rebootstrapTriggerMs, logger } = this.#settings;
    this.#failures++;
    this.#lastFailure = error instanceof Error ? error : undefined;
    logger.warn('metadata refresh failed', { failures: this.#failures, error });
    if (!rebootstrap) return;
    // Every known broker has had its chance: the cluster may have moved to new addresses behind the bootstrap names.
    if (this.#failures >= this.cache.brokers.length) this.#pool.rebootstrap();
    const isTold =
      error instanceof RebootstrapRequiredError ||
      (error instanceof KafkaError && error.errorCode === ErrorCode.REBOOTSTRAP_REQUIRED);
    if (!isTold && this.#nowMs() - this.#lastSuccessMs < rebootstrapTriggerMs) return;
    this.cache.forgetBrokers();
    this.#pool.rebootstrap();
    this.#lastSuccessMs = this.#nowMs();
  }

  #forgetIdleTopics(): void {
    const oldestMs = this.#nowMs() - this.#settings.metadataMaxIdleMs;
    for (const [topic, lastUsedMs] of this.#tracked) {
      if (lastUsedMs >= oldestMs) continue;
      this.#tracked.delete(topic);
      this.cache.forgetTopic(topic);
    }
  }

  #nowMs(): number {
    return this.#settings.host.clock.monotonicMs();
  }
}

/**
 * Wrong credentials, certificates and properties, and brokers of another age (or a listener that is for controllers), are
 * for whoever waits to hear of; asking again would not mend them.
 */
function isFinal(error: unknown): boolean {
  return (
    error instanceof AuthenticationError ||
    error instanceof TlsError ||
    error instanceof InvalidConfigError ||
    error instanceof UnsupportedVersionError
  );
}

function isUsable(topic: TopicMetadata | undefined): topic is TopicMetadata {
  return topic !== undefined && topic.errorCode === ErrorCode.NONE && topic.partitions.length > 0;
}

function topicFailure(topic: TopicMetadata | undefined): KafkaError | undefined {
  if (topic === undefined || topic.errorCode === ErrorCode.NONE) return undefined;
  return kafkaFailure(topic.errorCode, `Metadata of topic "${topic.name}"`);
}
