import { ErrorCode } from '@millrace/protocol';
import type { Cluster } from '../cluster/cluster.ts';
import { ExponentialBackoff } from '../cluster/exponential-backoff.ts';
import { kafkaFailure } from '../cluster/kafka-failure.ts';
import type { SubscriptionState } from './subscription/subscription-state.ts';

/** Keeps the metadata of the topics a consumer reads: which they are, and whether they exist (yet). */
export class TopicWatch {
  readonly #cluster: Cluster;
  readonly #subscription: SubscriptionState;
  readonly #withInternal: boolean;
  readonly #backoff: ExponentialBackoff;
  #nextCheckAtMs = 0;
  #checks = 0;

  constructor(
    cluster: Cluster,
    subscription: SubscriptionState,
    options: { readonly excludesInternal: boolean },
  ) {
    this.#cluster = cluster;
    this.#subscription = subscription;
    this.#withInternal = !options.excludesInternal;
    const { retryBackoffMs, retryBackoffMaxMs } = cluster.settings;
    this.#backoff = new ExponentialBackoff(
      retryBackoffMs,
      retryBackoffMaxMs,
      cluster.host.random.fork('topic-watch'),
    );
  }

  /** When `check` has something to do; `Infinity` while all topics are known. */
  get nextCheckAtMs(): number {
    return this.#nextCheckAtMs;
  }

  /** The subscription has changed: ask for its topics from now on. */
  subscriptionChanged(): void {
    const { pattern, brokerPattern, topics } = this.#subscription;
    // Assignments name topics by ids: whatever the broker may find must be known by its id.
    const isOpen = pattern !== undefined || brokerPattern !== undefined;
    this.#cluster.refresher.trackOnly(isOpen ? 'all' : topics);
    this.#checks = 0;
    this.#nextCheckAtMs = 0;
    if (isOpen) this.#cluster.refresher.requestUpdate();
  }

  /** Fresh metadata is there. @returns whether a pattern matches other topics than before */
  metadataChanged(): boolean {
    const isChanged = this.#subscription.matchTopics(this.#cluster.metadata.topics, this.#withInternal);
    if (isChanged) this.#nextCheckAtMs = 0;
    return isChanged;
  }

  /**
   * Asks again, with back-off, for topics that are not there yet: somebody may be about to create them.
   * @param topics own ones and, for a group's leader, everybody's.
   * @throws KafkaError for a topic that is forbidden, or whose name is illegal
   * @throws AuthenticationError, TlsError where brokers do not let this client ask
   */
  check(topics: Iterable<string>, nowMs: number): void {
    const refusal = this.#cluster.refresher.takeRefusal();
    if (refusal !== undefined) throw refusal;
    if (nowMs < this.#nextCheckAtMs) return;
    let isMissing = false;
    for (const name of topics) {
      const topic = this.#cluster.metadata.topic(name);
      if (topic !== undefined) throwIfHopeless(name, topic.errorCode);
      isMissing ||= topic === undefined || topic.partitions.length === 0;
    }
    if (isMissing) this.#cluster.refresher.requestUpdate();
    this.#checks = isMissing ? this.#checks + 1 : 0;
    this.#nextCheckAtMs = isMissing ? nowMs + this.#backoff.delayMs(this.#checks) : Infinity;
  }

  /** A topic may have gone: look again. */
  recheck(): void {
    if (this.#nextCheckAtMs === Infinity) this.#nextCheckAtMs = 0;
  }
}

function throwIfHopeless(topic: string, errorCode: number): void {
  if (errorCode === ErrorCode.INVALID_TOPIC_EXCEPTION || errorCode === ErrorCode.TOPIC_AUTHORIZATION_FAILED) {
    throw kafkaFailure(errorCode, `Subscription to topic "${topic}"`);
  }
}
