import { KafkaError } from '@millrace/protocol';
import type { RequestContext } from '../apis/handler.ts';
import type { NewTopic } from '../controller/create-topics.ts';
import type { InternalTopicInfo } from '../group/streams/topology/streams-topology.ts';
import { createTopicsForClient } from './implicit-topics.ts';

interface Failure {
  readonly text: string;
  /** Until then nobody tries again. */
  readonly untilMs: number;
}

/**
 * Creates the repartition and changelog topics of Kafka Streams applications, in the name of the member whose heartbeat
 * asks for them. No heartbeat waits: what came of it is told with the next one.
 */
export class StreamsTopics {
  readonly #underWay = new Set<string>();
  readonly #failures = new Map<string, Failure>();

  /** Has topics created, but those that are being created, or could not be within the last `retryMs`. */
  create(topics: readonly InternalTopicInfo[], context: RequestContext, retryMs: number): void {
    const nowMs = context.broker.host.clock.monotonicMs();
    for (const [name, { untilMs }] of this.#failures) if (untilMs <= nowMs) this.#failures.delete(name);
    const due = topics.filter(({ name }) => !this.#underWay.has(name) && !this.#failures.has(name));
    if (due.length > 0) void this.#create(due, context, retryMs);
  }

  /** Why topics could not be created, as far as that was tried of late. */
  failuresOf(topics: readonly InternalTopicInfo[]): readonly (readonly [name: string, text: string])[] {
    return topics.flatMap(({ name }) => {
      const failure = this.#failures.get(name);
      return failure === undefined ? [] : [[name, failure.text] as const];
    });
  }

  /** Never rejects: a failure is kept for the next heartbeat. */
  async #create(
    topics: readonly InternalTopicInfo[],
    context: RequestContext,
    retryMs: number,
  ): Promise<void> {
    const { host, logger } = context.broker;
    const names = topics.map(({ name }) => name);
    for (const name of names) this.#underWay.add(name);
    const fail = (name: string, text: string) => {
      logger.warn('A topic of a streams application could not be created', { topic: name, error: text });
      this.#failures.set(name, { text, untilMs: host.clock.monotonicMs() + retryMs });
    };
    try {
      const created = await createTopicsForClient(() => topics.map(toNewTopic), context);
      for (const { name, error } of created) {
        // Somebody else was faster.
        if (error !== undefined && error.code !== 'TOPIC_ALREADY_EXISTS') fail(name, error.message);
      }
    } catch (cause) {
      if (!(cause instanceof KafkaError)) logger.error('Topics could not be created', { error: cause });
      const text = cause instanceof Error ? cause.message : String(cause);
      for (const name of names) fail(name, text);
    } finally {
      for (const name of names) this.#underWay.delete(name);
    }
  }
}

/** Number of replicas that means: the broker's default. */
const DEFAULT_REPLICATION = -1;

function toNewTopic({ name, partitions, replicationFactor, topicConfigs }: InternalTopicInfo): NewTopic {
  return {
    name,
    numPartitions: partitions,
    replicationFactor: replicationFactor === 0 ? DEFAULT_REPLICATION : replicationFactor,
    assignments: [],
    configs: topicConfigs.map(({ key, value }) => ({ name: key, value })),
  };
}
