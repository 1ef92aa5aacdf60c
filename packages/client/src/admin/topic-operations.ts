import { ErrorCode } from '@millrace/protocol';
import {
  CreatePartitionsRequest,
  CreatePartitionsResponse,
} from '@millrace/protocol/messages/create-partitions';
import { CreateTopicsRequest, CreateTopicsResponse } from '@millrace/protocol/messages/create-topics';
import { DeleteTopicsRequest, DeleteTopicsResponse } from '@millrace/protocol/messages/delete-topics';
import { defineApi } from '../cluster/api.ts';
import { kafkaFailure } from '../cluster/kafka-failure.ts';
import { retrying } from '../cluster/retrying.ts';
import { checkOptionNames } from '../option-checks.ts';
import { limitOf, attemptTimeoutMs, type AdminCallOptions, type AdminContext } from './admin-context.ts';
import { toController } from './routes.ts';
import { runItems, type Outcomes } from './run-items.ts';

const CREATE_TOPICS = defineApi(CreateTopicsRequest, CreateTopicsResponse);
const DELETE_TOPICS = defineApi(DeleteTopicsRequest, DeleteTopicsResponse);
const CREATE_PARTITIONS = defineApi(CreatePartitionsRequest, CreatePartitionsResponse);

/** Topics by id can be deleted from here on; before, they go by name in a list of their own. */
const FIRST_DELETE_VERSION_WITH_STATES = 6;

/** A topic to create. */
export interface NewTopic {
  readonly name: string;
  /** Default: `num.partitions` of the broker. */
  readonly partitions?: number;
  /** Default: `default.replication.factor` of the broker. */
  readonly replicationFactor?: number;
  /** Broker ids per partition, the preferred leader first; instead of the two above. */
  readonly assignments?: readonly (readonly number[])[];
  /** Kafka's topic properties, for example `cleanup.policy`. */
  readonly configs?: Readonly<Record<string, string | number | boolean>>;
}

const newTopicNames = Object.keys({
  name: true,
  partitions: true,
  replicationFactor: true,
  assignments: true,
  configs: true,
} satisfies Record<keyof NewTopic, true>);

/** A topic as the brokers have made it. */
export interface CreatedTopic {
  readonly name: string;
  readonly topicId: string;
  /** -1 from brokers that do not tell (before Kafka 2.4). */
  readonly partitions: number;
  /** -1 from brokers that do not tell. */
  readonly replicationFactor: number;
}

/** For `createTopics()`. */
export interface CreateTopicsOptions extends AdminCallOptions {
  /** Check only, create nothing. */
  readonly validateOnly?: boolean;
  /** Resolve when the brokers know the topics and their leaders, so that they can be used at once. Default true. */
  readonly waitForLeaders?: boolean;
}

/** More partitions for a topic. */
export interface NewPartitions {
  readonly topic: string;
  /** How many the topic is to have in all. */
  readonly totalCount: number;
  /** Broker ids per new partition. */
  readonly assignments?: readonly (readonly number[])[];
}

/** For `createPartitions()`. */
export interface CreatePartitionsOptions extends AdminCallOptions {
  /** Check only, change nothing. Default false. */
  readonly validateOnly?: boolean;
}

export async function createTopics(
  context: AdminContext,
  topics: readonly NewTopic[],
  options: CreateTopicsOptions,
): Promise<Map<string, CreatedTopic>> {
  for (const topic of topics) checkOptionNames('createTopics()', topic, newTopicNames);
  const { validateOnly = false, waitForLeaders = true } = options;
  const timeoutMs = attemptTimeoutMs(context, options);
  const created = await runItems<NewTopic, CreatedTopic>(
    context,
    {
      operation: 'createTopics',
      items: topics,
      keyOf: ({ name }) => name,
      route: toController,
      ask: async ({ to, items }) => {
        const message = { topics: items.map(creatableTopic), timeoutMs, validateOnly };
        const { response } = await context.cluster.send({ to, api: CREATE_TOPICS, message, timeoutMs });
        return topicOutcomes(
          response.topics,
          'Creating',
          ({ name, topicId, numPartitions, replicationFactor }) => ({
            name,
            topicId,
            partitions: numPartitions,
            replicationFactor,
          }),
        );
      },
    },
    options,
  );
  if (waitForLeaders && !validateOnly) await awaitLeaders(context, [...created.keys()], options);
  return created;
}

export async function deleteTopics(
  context: AdminContext,
  topics: readonly string[],
  options: AdminCallOptions,
): Promise<void> {
  const timeoutMs = attemptTimeoutMs(context, options);
  await runItems<string, true>(
    context,
    {
      operation: 'deleteTopics',
      items: topics,
      keyOf: (name) => name,
      route: toController,
      ask: async ({ to, items }) => {
        const { response } = await context.cluster.send({
          to,
          api: DELETE_TOPICS,
          timeoutMs,
          message: (version) =>
            version >= FIRST_DELETE_VERSION_WITH_STATES
              ? { topics: items.map((name) => ({ name, topicId: NO_TOPIC_ID })), timeoutMs }
              : { topicNames: [...items], timeoutMs },
        });
        return topicOutcomes(response.responses, 'Deleting', () => true as const);
      },
    },
    options,
  );
}

export async function createPartitions(
  context: AdminContext,
  topics: readonly NewPartitions[],
  options: CreatePartitionsOptions,
): Promise<void> {
  const { validateOnly = false } = options;
  const timeoutMs = attemptTimeoutMs(context, options);
  await runItems<NewPartitions, true>(
    context,
    {
      operation: 'createPartitions',
      items: topics,
      keyOf: ({ topic }) => topic,
      route: toController,
      ask: async ({ to, items }) => {
        const message = { topics: items.map(extendedTopic), timeoutMs, validateOnly };
        const { response } = await context.cluster.send({ to, api: CREATE_PARTITIONS, message, timeoutMs });
        return topicOutcomes(response.results, 'Adding partitions to', () => true as const);
      },
    },
    options,
  );
}

const NO_TOPIC_ID = 'AAAAAAAAAAAAAAAAAAAAAA';

interface TopicAnswer {
  readonly name: string | null;
  readonly errorCode: number;
  readonly errorMessage: string | null;
}

function topicOutcomes<Answer extends TopicAnswer, Value>(
  answers: readonly Answer[],
  doing: string,
  valueOf: (answer: Answer & { readonly name: string }) => Value,
): Outcomes<Value> {
  const outcomes = new Map<string, Value | Error>();
  for (const answer of answers) {
    const { name, errorCode, errorMessage } = answer;
    if (name === null) continue;
    const outcome =
      errorCode === ErrorCode.NONE
        ? valueOf({ ...answer, name })
        : kafkaFailure(errorCode, `${doing} topic "${name}"`, errorMessage);
    outcomes.set(name, outcome);
  }
  return outcomes;
}

function creatableTopic({ name, partitions, replicationFactor, assignments, configs = {} }: NewTopic) {
  return {
    name,
    numPartitions: assignments === undefined ? (partitions ?? -1) : -1,
    replicationFactor: assignments === undefined ? (replicationFactor ?? -1) : -1,
    assignments: (assignments ?? []).map((brokerIds, partitionIndex) => ({
      partitionIndex,
      brokerIds: [...brokerIds],
    })),
    configs: Object.entries(configs).map(([configName, value]) => ({
      name: configName,
      value: String(value),
    })),
  };
}

function extendedTopic({ topic, totalCount, assignments }: NewPartitions) {
  return {
    name: topic,
    count: totalCount,
    assignments: assignments?.map((brokerIds) => ({ brokerIds: [...brokerIds] })) ?? null,
  };
}

/** The controller knows a new topic before the other brokers do. */
async function awaitLeaders(
  { cluster, defaultTimeoutMs }: AdminContext,
  topics: readonly string[],
  options: AdminCallOptions,
): Promise<void> {
  const retry = {
    operation: 'createTopics (waiting for leaders)',
    timeoutMs: options.timeoutMs ?? defaultTimeoutMs,
    limitedBy: limitOf(options),
    signal: options.signal,
  };
  for (const topic of topics) cluster.refresher.track(topic);
  await retrying(cluster, retry, async () => {
    await cluster.refresher.refresh();
    for (const topic of topics) {
      const known = cluster.metadata.topic(topic);
      const isLed = known?.partitions.every(({ leaderId }) => leaderId >= 0) ?? false;
      if (isLed && known?.errorCode === ErrorCode.NONE && known.partitions.length > 0) continue;
      throw kafkaFailure(ErrorCode.LEADER_NOT_AVAILABLE, `Waiting for leaders of topic "${topic}"`);
    }
  });
}
