import { ErrorCode } from '@millrace/protocol';
import {
  DescribeTransactionsRequest,
  DescribeTransactionsResponse,
} from '@millrace/protocol/messages/describe-transactions';
import { InitProducerIdRequest, InitProducerIdResponse } from '@millrace/protocol/messages/init-producer-id';
import {
  ListTransactionsRequest,
  ListTransactionsResponse,
} from '@millrace/protocol/messages/list-transactions';
import { defineApi } from '../cluster/api.ts';
import { kafkaFailure } from '../cluster/kafka-failure.ts';
import type { TopicPartition } from '../consumer/topic-partition.ts';
import type { AdminCallOptions, AdminContext } from './admin-context.ts';
import { describeCluster } from './describe-cluster.ts';
import { retryCall } from './retry-call.ts';
import { forgetMovedCoordinator, toCoordinators } from './routes.ts';
import { runItems, type Outcomes, type Route } from './run-items.ts';

const LIST = defineApi(ListTransactionsRequest, ListTransactionsResponse);
const DESCRIBE = defineApi(DescribeTransactionsRequest, DescribeTransactionsResponse);
const INIT_PRODUCER_ID = defineApi(InitProducerIdRequest, InitProducerIdResponse);

/** Nothing of the sort is begun; the broker only wants a legal value. */
const FENCING_TRANSACTION_TIMEOUT_MS = 1;
const FIRST_VERSION_WITH_DURATION = 1;
const FIRST_VERSION_WITH_PATTERN = 2;

/** A transactional id in a list. */
export interface TransactionListing {
  readonly transactionalId: string;
  readonly producerId: number;
  /** Kafka's name, for example `Ongoing`. */
  readonly state: string;
}

/** For `listTransactions()`. */
export interface ListTransactionsOptions extends AdminCallOptions {
  /** Only those in one of these states. */
  readonly states?: readonly string[];
  /** Only those of one of these producers. */
  readonly producerIds?: readonly number[];
  /** Only those that have been running for longer. */
  readonly longerThanMs?: number;
  /** Regular expression (RE2) that transactional ids must match. */
  readonly transactionalIdPattern?: string;
}

/** What the coordinator knows of a transactional id. */
export interface TransactionDescription {
  readonly coordinatorId: number;
  readonly state: string;
  readonly producerId: number;
  readonly producerEpoch: number;
  readonly timeoutMs: number;
  /** -1 where no transaction is going on. */
  readonly startTimestampMs: number;
  readonly partitions: readonly TopicPartition[];
}

/** The producer that was left in charge of a transactional id after those before were fenced. */
export interface FencedProducer {
  readonly producerId: number;
  readonly producerEpoch: number;
}

/** @returns the transactions by broker that coordinates them */
export async function listTransactions(
  context: AdminContext,
  options: ListTransactionsOptions,
): Promise<Map<number, TransactionListing[]>> {
  const { brokers } = await describeCluster(context, options);
  const lists = await Promise.all(
    brokers.map(({ id }) =>
      retryCall(context, 'listTransactions', options, () => transactionsOf(context, id, options)),
    ),
  );
  return new Map(brokers.map(({ id }, index) => [id, lists[index]!]));
}

async function transactionsOf(
  { cluster }: AdminContext,
  nodeId: number,
  { states = [], producerIds = [], longerThanMs = -1, transactionalIdPattern }: ListTransactionsOptions,
): Promise<TransactionListing[]> {
  const needed = longerThanMs >= 0 ? FIRST_VERSION_WITH_DURATION : 0;
  const minVersion = transactionalIdPattern === undefined ? needed : FIRST_VERSION_WITH_PATTERN;
  const { response } = await cluster.send({
    to: { nodeId },
    api: LIST,
    versions: { minVersion },
    message: {
      stateFilters: [...states],
      producerIdFilters: [...producerIds],
      durationFilter: longerThanMs,
      transactionalIdPattern: transactionalIdPattern ?? null,
    },
  });
  if (response.errorCode !== ErrorCode.NONE) {
    throw kafkaFailure(response.errorCode, `Listing the transactions of broker ${nodeId}`);
  }
  return response.transactionStates.map(({ transactionalId, producerId, transactionState }) => ({
    transactionalId,
    producerId,
    state: transactionState,
  }));
}

export function describeTransactions(
  context: AdminContext,
  transactionalIds: readonly string[],
  options: AdminCallOptions,
): Promise<Map<string, TransactionDescription>> {
  return runTransactionalIds(
    context,
    'describeTransactions',
    transactionalIds,
    options,
    async ({ to, items }) => {
      const message = { transactionalIds: [...items] };
      const { response, nodeId } = await context.cluster.send({ to, api: DESCRIBE, message });
      return new Map(
        response.transactionStates.map((answer): [string, TransactionDescription | Error] => {
          const { transactionalId, errorCode } = answer;
          if (errorCode !== ErrorCode.NONE) {
            return [transactionalId, kafkaFailure(errorCode, `Describing transaction "${transactionalId}"`)];
          }
          return [transactionalId, descriptionOf(nodeId, answer)];
        }),
      );
    },
  );
}

function descriptionOf(
  coordinatorId: number,
  answer: DescribeTransactionsResponse['transactionStates'][number],
): TransactionDescription {
  return {
    coordinatorId,
    state: answer.transactionState,
    producerId: answer.producerId,
    producerEpoch: answer.producerEpoch,
    timeoutMs: answer.transactionTimeoutMs,
    startTimestampMs: answer.transactionStartTimeMs,
    partitions: answer.topics.flatMap(({ topic, partitions }) =>
      partitions.map((partition) => ({ topic, partition })),
    ),
  };
}

/** Ends producers that still use these ids; what they have begun is aborted. */
export function fenceProducers(
  context: AdminContext,
  transactionalIds: readonly string[],
  options: AdminCallOptions,
): Promise<Map<string, FencedProducer>> {
  return runTransactionalIds(context, 'fenceProducers', transactionalIds, options, async ({ to, items }) => {
    const transactionalId = items[0]!;
    const message = { transactionalId, transactionTimeoutMs: FENCING_TRANSACTION_TIMEOUT_MS };
    const { response } = await context.cluster.send({ to, api: INIT_PRODUCER_ID, message });
    const { errorCode, producerId, producerEpoch } = response;
    if (errorCode !== ErrorCode.NONE) {
      throw kafkaFailure(errorCode, `Fencing the producers of "${transactionalId}"`);
    }
    return new Map([[transactionalId, { producerId, producerEpoch }]]);
  });
}

function runTransactionalIds<Value>(
  context: AdminContext,
  operation: string,
  transactionalIds: readonly string[],
  options: AdminCallOptions,
  ask: (route: Route<string>) => Promise<Outcomes<Value>>,
): Promise<Map<string, Value>> {
  const { cluster } = context;
  const forget = (id: string, error: Error): void =>
    forgetMovedCoordinator(cluster, 'transaction', id, error);
  return runItems<string, Value>(
    context,
    {
      operation,
      items: transactionalIds,
      keyOf: (id) => id,
      route: (open) => toCoordinators('transaction', open, (id) => id),
      ask: async (route) => {
        try {
          const outcomes = await ask(route);
          for (const [id, outcome] of outcomes) if (outcome instanceof Error) forget(id, outcome);
          return outcomes;
        } catch (error) {
          for (const id of route.items) forget(id, error as Error);
          throw error;
        }
      },
    },
    options,
  );
}
