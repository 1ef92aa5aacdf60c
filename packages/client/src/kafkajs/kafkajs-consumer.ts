import { ApiKey } from '@millrace/protocol';
import type { OffsetOfPartition } from '../consumer/offset-of-partition.ts';
import type { TopicPartition } from '../consumer/topic-partition.ts';
import { listTopics } from '../admin/describe-topics.ts';
import type { ClientObserver } from '../observability/client-observer.ts';
import { consumerEvents, type ConsumerPayloads } from './consumer-events.ts';
import type { ConsumerConfig } from './consumer-options.ts';
import { ConsumerSession } from './consumer-session.ts';
import { describeRawGroups, type GroupDescription } from './describe-raw-groups.ts';
import {
  Instrumentation,
  type InstrumentationEvent,
  type RemoveInstrumentationEventListener,
} from './instrumentation.ts';
import { defaultRetry, type RetryOptions } from './kafka-config.ts';
import { KafkaJSNonRetriableError } from './kafkajs-errors.ts';
import type { Logger } from './kafkajs-logger.ts';
import type {
  ConsumerRunConfig,
  TopicPartitionOffset,
  TopicPartitionOffsetAndMetadata,
  TopicPartitions,
} from './kafkajs-types.ts';
import { connect, type ConnectedSettings, type LayerContext } from './layer-context.ts';
import { networkObserver } from './network-instrumentation.ts';
import { PausedPartitions, type TopicSelection } from './paused-partitions.ts';
import { withKafkaJsErrors } from './to-kafkajs-error.ts';

/** What to read: one topic, or several; names or patterns, which are looked up once. */
export interface ConsumerSubscribeTopics {
  topics: (string | RegExp)[];
  /** Where to begin when nothing is committed. Default false: with what comes from now on. */
  fromBeginning?: boolean;
}

export interface ConsumerSubscribeTopic {
  topic: string | RegExp;
  fromBeginning?: boolean;
}

const NOT_RUNNING = 'Consumer group was not initialized, consumer#run must be called first';

/** kafkajs's consumer on top of ours. */
export class Consumer {
  readonly events: typeof consumerEvents = consumerEvents;
  readonly #context: LayerContext;
  readonly #config: ConsumerConfig;
  readonly #logger: Logger;
  readonly #instrumentation: Instrumentation<ConsumerPayloads>;
  readonly #paused = new PausedPartitions();
  readonly #topics = new Map<string, boolean>();
  #settings: ConnectedSettings | undefined;
  #session: ConsumerSession | undefined;
  #stopping: Promise<void> | undefined;
  /** Waits to start again after a crash. */
  #restart: { cancel(): void } | undefined;
  /** How often the user has said whether it is to run: a crash must not start what was stopped since. */
  #wishCount = 0;
  #isWanted = false;

  constructor(context: LayerContext, config: ConsumerConfig) {
    this.#context = context;
    this.#config = config;
    this.#logger = context.logger.namespace('Consumer');
    const nowMs = () => context.host.clock.nowMs();
    this.#instrumentation = new Instrumentation('consumer', consumerEvents, { logger: this.#logger, nowMs });
    const { groupId, heartbeatInterval = 3000, sessionTimeout = 30_000 } = config;
    if (!groupId) throw new KafkaJSNonRetriableError('Consumer groupId must be a non-empty string.');
    if (heartbeatInterval >= sessionTimeout) {
      throw new KafkaJSNonRetriableError(
        `Consumer heartbeatInterval (${heartbeatInterval}) must be lower than sessionTimeout (${sessionTimeout}). It is recommended to set heartbeatInterval to approximately a third of the sessionTimeout.`,
      );
    }
  }

  /** Reaches the cluster; the group is joined by {@link run}. */
  async connect(): Promise<void> {
    await this.#connected();
    this.#instrumentation.emit('consumer.connect', null);
  }

  /** Stops as {@link stop} does, then closes the connections. */
  disconnect(): Promise<void> {
    this.#wish(false);
    return this.#disconnect();
  }

  /** Before `run()`. @throws KafkaJSNonRetriableError */
  async subscribe(subscription: ConsumerSubscribeTopics | ConsumerSubscribeTopic): Promise<void> {
    if (this.#session !== undefined) {
      throw new KafkaJSNonRetriableError('Cannot subscribe to topic while consumer is running');
    }
    const wanted = subscribedTo(subscription);
    const patterns = wanted.filter((topic) => topic instanceof RegExp);
    for (const topic of wanted) {
      if (typeof topic === 'string') this.#topics.set(topic, subscription.fromBeginning ?? false);
    }
    if (patterns.length === 0) return;
    const { admin } = await this.#connected();
    const listed = await withKafkaJsErrors(() => listTopics(admin, {}));
    for (const { name } of listed) {
      if (patterns.some((pattern) => pattern.test(name))) {
        this.#topics.set(name, subscription.fromBeginning ?? false);
      }
    }
  }

  /** Resolves when the group has given this consumer its part. Handlers run until `stop()`. */
  async run(config: ConsumerRunConfig = {}): Promise<void> {
    if (this.#session !== undefined) {
      this.#logger.warn('consumer#run was called, but the consumer is already running', {
        groupId: this.#config.groupId,
      });
      return;
    }
    this.#logger.info('Starting', { groupId: this.#config.groupId });
    this.#wish(true);
    await this.#start(config);
  }

  /** Handlers finish, the group is left; `run()` may be called again. */
  stop(): Promise<void> {
    this.#wish(false);
    return this.#stopOnce();
  }

  /**
   * Commits these offsets for the group: of each partition the next one to read.
   * @throws KafkaJSNonRetriableError before `run()`, and for what is no offset
   */
  async commitOffsets(offsets: TopicPartitionOffsetAndMetadata[] = []): Promise<void> {
    const checked = offsets.map(checkedCommit);
    await this.#running().commit(checked);
  }

  /** Goes on at this offset; -1 is the end of the partition, -2 its beginning. */
  seek({ topic, partition, offset }: TopicPartitionOffset): void {
    const to = Number(offset);
    checkPartition(topic, partition);
    checkOffset(offset, to);
    if (to < 0 && to !== -1 && to !== -2) {
      throw new KafkaJSNonRetriableError('Offset must not be a negative number');
    }
    this.#running().seek({ topic, partition, offset: to });
  }

  /** State and members of the group, as the brokers tell them. */
  async describeGroup(): Promise<GroupDescription> {
    const { admin } = await this.#connected();
    const { groupId } = this.#config;
    const [group] = await withKafkaJsErrors(() => describeRawGroups(admin, [groupId]));
    return group!;
  }

  /**
   * Handlers get nothing of these topics or partitions until {@link resume}.
   * @throws KafkaJSNonRetriableError before `run()`
   */
  pause(selections: TopicSelection[]): void {
    const session = this.#running();
    this.#paused.pause(selections);
    session.applyPauses();
  }

  /** Those of the partitions of this consumer that are paused; none while it does not run. */
  paused(): TopicPartitions[] {
    return this.#session === undefined ? [] : this.#paused.among(this.#session.assignment());
  }

  /**
   * Undoes {@link pause}.
   * @throws KafkaJSNonRetriableError before `run()`
   */
  resume(selections: TopicSelection[]): void {
    const session = this.#running();
    this.#paused.resume(selections);
    session.applyPauses();
  }

  /** Calls `listener` for each event of that name, until the function that is returned is called. */
  on<Name extends keyof ConsumerPayloads>(
    eventName: Name,
    listener: (event: InstrumentationEvent<ConsumerPayloads[Name]>) => void,
  ): RemoveInstrumentationEventListener<Name> {
    return this.#instrumentation.on(eventName, listener);
  }

  /** Where this consumer writes to: the logger of its `Kafka`, in the namespace `Consumer`. */
  logger(): Logger {
    return this.#logger;
  }

  async #connected(): Promise<ConnectedSettings> {
    this.#settings ??= await connect(
      this.#context,
      this.#retry,
      this.#observer(() => this.#session),
    );
    return this.#settings;
  }

  #running(): ConsumerSession {
    if (this.#session === undefined) throw new KafkaJSNonRetriableError(NOT_RUNNING);
    return this.#session;
  }

  async #start(runConfig: ConsumerRunConfig): Promise<void> {
    const settings = await this.#connected();
    const session: ConsumerSession = new ConsumerSession({
      host: this.#context.host,
      logger: this.#logger,
      settings,
      config: this.#config,
      runConfig,
      retry: this.#retry,
      topics: new Map(this.#topics),
      paused: this.#paused,
      instrumentation: this.#instrumentation,
      observer: this.#observer(() => session),
    });
    this.#session = session;
    const wish = this.#wishCount;
    session.ended.catch((error: unknown) => {
      if (this.#session === session) void this.#crashed(runConfig, error as Error, wish);
    });
    // As in kafkajs, a crash while joining is told by the event alone.
    await session.joined.catch(() => {});
  }

  #wish(isWanted: boolean): void {
    this.#wishCount++;
    this.#isWanted = isWanted;
  }

  async #disconnect(): Promise<void> {
    await this.#stopOnce();
    await this.#closeConnections();
    this.#instrumentation.emit('consumer.disconnect', null);
  }

  /** @param wish the one that it ran by */
  async #crashed(runConfig: ConsumerRunConfig, error: Error, wish: number): Promise<void> {
    const { groupId } = this.#config;
    const { retryCount, retryTime } = error as { retryCount?: number; retryTime?: number };
    this.#logger.error(`Crash: ${error.name}: ${error.message}`, { groupId, retryCount, stack: error.stack });
    await this.#disconnect();
    const restart = this.#wishCount === wish && (await this.#restarts(error));
    this.#instrumentation.emit('consumer.crash', { error, groupId, restart });
    if (!restart || this.#wishCount !== wish) return;
    const pauseMs = retryTime || (this.#retry.initialRetryTime ?? defaultRetry.initialRetryTime);
    this.#logger.error(`Restarting the consumer in ${pauseMs}ms`, {
      groupId,
      retryCount,
      retryTime: pauseMs,
    });
    this.#restart = this.#context.host.timers.schedule(pauseMs, () => {
      this.#restart = undefined;
      void this.#startAgain(runConfig, wish);
    });
  }

  async #restarts(error: Error): Promise<boolean> {
    const isRetriable =
      error.name === 'KafkaJSNumberOfRetriesExceeded' ||
      (originOf(error) as { retriable?: boolean }).retriable === true;
    const ask = this.#retry.restartOnFailure;
    if (!isRetriable || ask === undefined) return isRetriable;
    try {
      return await ask(error);
    } catch (failure) {
      this.#logger.error(
        'Caught error when invoking user-provided "restartOnFailure" callback. Defaulting to restarting.',
        { error: (failure as Error).message, groupId: this.#config.groupId },
      );
      return true;
    }
  }

  async #startAgain(runConfig: ConsumerRunConfig, wish: number): Promise<void> {
    try {
      await this.#connected();
      if (this.#wishCount !== wish) {
        if (!this.#isWanted) await this.#closeConnections();
        return;
      }
      this.#instrumentation.emit('consumer.connect', null);
      await this.#start(runConfig);
    } catch (error) {
      if (this.#wishCount !== wish) return;
      const { name, message } = error as Error;
      this.#logger.error(`Crash: ${name}: ${message}`, { groupId: this.#config.groupId });
      const restart = await this.#restarts(error as Error);
      this.#instrumentation.emit('consumer.crash', {
        error: error as Error,
        groupId: this.#config.groupId,
        restart,
      });
      if (!restart || this.#wishCount !== wish) return;
      const pauseMs = this.#retry.maxRetryTime ?? defaultRetry.maxRetryTime;
      this.#restart = this.#context.host.timers.schedule(
        pauseMs,
        () => void this.#startAgain(runConfig, wish),
      );
    }
  }

  #stopOnce(): Promise<void> {
    this.#stopping ??= this.#stop().finally(() => {
      this.#stopping = undefined;
    });
    return this.#stopping;
  }

  async #stop(): Promise<void> {
    this.#restart?.cancel();
    this.#restart = undefined;
    const session = this.#session;
    if (session !== undefined) {
      await session.stop();
      this.#session = undefined;
      this.#instrumentation.emit('consumer.stop', null);
    }
    this.#logger.info('Stopped', { groupId: this.#config.groupId });
  }

  async #closeConnections(): Promise<void> {
    const settings = this.#settings;
    this.#settings = undefined;
    await settings?.admin.cluster.close({ drain: false });
  }

  get #retry(): RetryOptions {
    return { ...this.#context.config.retry, ...this.#config.retry };
  }

  #observer(sessionOf: () => ConsumerSession | undefined): ClientObserver {
    const { instrumentation, groupId } = {
      instrumentation: this.#instrumentation,
      groupId: this.#config.groupId,
    };
    const network = networkObserver(this.#context.host.clock, {
      request: (payload) => instrumentation.emit('consumer.network.request', payload),
      requestTimeout: (payload) => instrumentation.emit('consumer.network.request_timeout', payload),
      queueSize: (payload) => instrumentation.emit('consumer.network.request_queue_size', payload),
    });
    return {
      ...network,
      onRequestSent: (event) => {
        network.onRequestSent?.(event);
        if (event.apiKey === ApiKey.FETCH) {
          instrumentation.emit('consumer.fetch_start', { nodeId: event.nodeId });
        }
      },
      onRequestAnswered: (event) => {
        network.onRequestAnswered?.(event);
        const { nodeId, durationMs } = event;
        if (event.apiKey === ApiKey.FETCH) {
          // The number of batches is 0 in kafkajs, too, since its version 1.12.
          instrumentation.emit('consumer.fetch', {
            numberOfBatches: 0,
            duration: Math.round(durationMs),
            nodeId,
          });
        }
        const session = event.apiKey === ApiKey.HEARTBEAT ? sessionOf() : undefined;
        if (session?.isRunning !== true) return;
        const { memberId, generationId } = session.memberOf();
        instrumentation.emit('consumer.heartbeat', { groupId, memberId, groupGenerationId: generationId });
      },
    };
  }
}

function subscribedTo(subscription: ConsumerSubscribeTopics | ConsumerSubscribeTopic): (string | RegExp)[] {
  const { topic, topics } = subscription as { topic?: string | RegExp; topics?: (string | RegExp)[] };
  if (!topic && !topics) throw new KafkaJSNonRetriableError('Missing required argument "topics"');
  if (topics !== undefined && !Array.isArray(topics)) {
    throw new KafkaJSNonRetriableError('Argument "topics" must be an array');
  }
  const wanted = topics ?? [topic!];
  for (const one of wanted) {
    if (typeof one === 'string' || one instanceof RegExp) continue;
    throw new KafkaJSNonRetriableError(
      `Invalid topic ${String(one)} (${typeof one}), the topic name has to be a String or a RegExp`,
    );
  }
  return wanted;
}

function checkedCommit(commit: TopicPartitionOffsetAndMetadata): OffsetOfPartition {
  const { topic, partition, offset, metadata = null } = commit;
  checkPartition(topic, partition);
  const number = Number(offset);
  checkOffset(offset, number);
  if (number < 0) throw new KafkaJSNonRetriableError('Offset must not be a negative number');
  if (metadata !== null && typeof metadata !== 'string') {
    throw new KafkaJSNonRetriableError(
      `Invalid offset metadata, expected string or null, received ${String(metadata)}`,
    );
  }
  return { topic, partition, offset: number, ...(metadata === null ? {} : { metadata }) };
}

function checkPartition(topic: string, partition: TopicPartition['partition']): void {
  if (!topic) throw new KafkaJSNonRetriableError(`Invalid topic ${topic}`);
  if (!Number.isNaN(partition)) return;
  throw new KafkaJSNonRetriableError(`Invalid partition, expected a number received ${partition}`);
}

function checkOffset(text: string, offset: number): void {
  if (Number.isSafeInteger(offset)) return;
  throw new KafkaJSNonRetriableError(`Invalid offset, expected a long received ${text}`);
}

function originOf(error: Error): Error {
  return error.cause instanceof Error ? originOf(error.cause) : error;
}
