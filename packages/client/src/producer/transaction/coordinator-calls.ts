import { ErrorCode, KafkaError, MillraceError } from '@millrace/protocol';
import {
  AddOffsetsToTxnRequest,
  AddOffsetsToTxnResponse,
} from '@millrace/protocol/messages/add-offsets-to-txn';
import {
  AddPartitionsToTxnRequest,
  AddPartitionsToTxnResponse,
} from '@millrace/protocol/messages/add-partitions-to-txn';
import { EndTxnRequest, EndTxnResponse } from '@millrace/protocol/messages/end-txn';
import { InitProducerIdRequest, InitProducerIdResponse } from '@millrace/protocol/messages/init-producer-id';
import {
  TxnOffsetCommitRequest,
  TxnOffsetCommitResponse,
} from '@millrace/protocol/messages/txn-offset-commit';
import { defineApi } from '../../cluster/api.ts';
import type { Cluster } from '../../cluster/cluster.ts';
import { Deadline } from '../../cluster/deadline.ts';
import { delay } from '../../cluster/delay.ts';
import { kafkaFailure } from '../../cluster/kafka-failure.ts';
import type { CoordinatorType } from '../../cluster/coordinator-cache.ts';
import { structsByTopic } from '../../consumer/offsets/by-leader.ts';
import type { Committer, OffsetToCommit } from '../../consumer/offsets/commit-offsets.ts';
import type { TopicPartition } from '../../consumer/topic-partition.ts';
import { TimeoutError } from '../../errors.ts';
import type { ProducerIdentity } from '../partition-sequencer.ts';

const INIT_PRODUCER_ID = defineApi(InitProducerIdRequest, InitProducerIdResponse);
const ADD_PARTITIONS = defineApi(AddPartitionsToTxnRequest, AddPartitionsToTxnResponse);
const ADD_OFFSETS = defineApi(AddOffsetsToTxnRequest, AddOffsetsToTxnResponse);
const END_TXN = defineApi(EndTxnRequest, EndTxnResponse);
const TXN_OFFSET_COMMIT = defineApi(TxnOffsetCommitRequest, TxnOffsetCommitResponse);

/** Later versions are for brokers. */
const LAST_ADD_PARTITIONS_OF_CLIENTS = 3;
const FIRST_INIT_WITH_EPOCH = 3;
const FIRST_COMMIT_WITH_MEMBER = 3;
/** Last versions of the first generation of transactions (KIP-890). */
const LAST_END_WITHOUT_BUMP = 4;
const LAST_COMMIT_WITHOUT_BUMP = 4;
/** The end of the transaction before is being completed, which takes milliseconds. */
const CONCURRENT_RETRY_MS = 20;

/** What the producer is configured with. */
export interface TransactionalIdentity {
  readonly transactionalId: string;
  readonly transactionTimeoutMs: number;
  /** For each of the calls below, retries included. */
  readonly maxBlockMs: number;
}

/** The requests that transactions are made of, each tried again while that may help. */
export class CoordinatorCalls {
  readonly #cluster: Cluster;
  readonly #settings: TransactionalIdentity;

  constructor(cluster: Cluster, settings: TransactionalIdentity) {
    this.#cluster = cluster;
    this.#settings = settings;
  }

  /** @param current The identity to go on from (KIP-360). */
  init(current: ProducerIdentity | undefined): Promise<ProducerIdentity> {
    const { transactionalId, transactionTimeoutMs } = this.#settings;
    return this.#retrying('InitProducerId', 'transaction', transactionalId, async (signal) => {
      const { response } = await this.#cluster.send({
        signal,
        to: { coordinatorOf: { type: 'transaction', key: transactionalId } },
        api: INIT_PRODUCER_ID,
        message: {
          transactionalId,
          transactionTimeoutMs,
          ...(current === undefined ? {} : idOf(current)),
        },
        ...(current === undefined ? {} : { versions: { minVersion: FIRST_INIT_WITH_EPOCH } }),
      });
      throwFailure(response.errorCode, `InitProducerId of "${transactionalId}"`);
      return { producerId: response.producerId, epoch: response.producerEpoch };
    });
  }

  addPartitions(identity: ProducerIdentity, partitions: readonly TopicPartition[]): Promise<void> {
    const { transactionalId } = this.#settings;
    const topics = structsByTopic(partitions, ({ partition }) => partition);
    return this.#retrying('AddPartitionsToTxn', 'transaction', transactionalId, async (signal) => {
      const { response } = await this.#cluster.send({
        signal,
        to: { coordinatorOf: { type: 'transaction', key: transactionalId } },
        api: ADD_PARTITIONS,
        message: {
          v3AndBelowTransactionalId: transactionalId,
          v3AndBelowProducerId: identity.producerId,
          v3AndBelowProducerEpoch: identity.epoch,
          v3AndBelowTopics: topics.map(({ topic, partitions: indexes }) => ({
            name: topic,
            partitions: indexes,
          })),
        },
        versions: { maxVersion: LAST_ADD_PARTITIONS_OF_CLIENTS },
      });
      for (const { name, resultsByPartition } of response.resultsByTopicV3AndBelow) {
        for (const { partitionIndex, partitionErrorCode } of resultsByPartition) {
          if (partitionErrorCode === ErrorCode.OPERATION_NOT_ATTEMPTED) continue;
          throwFailure(partitionErrorCode, `Adding ${name}-${partitionIndex} to the transaction`);
        }
      }
    });
  }

  addOffsets(identity: ProducerIdentity, groupId: string): Promise<void> {
    const { transactionalId } = this.#settings;
    return this.#retrying('AddOffsetsToTxn', 'transaction', transactionalId, async (signal) => {
      const { response } = await this.#cluster.send({
        signal,
        to: { coordinatorOf: { type: 'transaction', key: transactionalId } },
        api: ADD_OFFSETS,
        message: { transactionalId, ...idOf(identity), groupId },
      });
      throwFailure(response.errorCode, `Adding offsets of group "${groupId}" to the transaction`);
    });
  }

  commitOffsets(
    identity: ProducerIdentity,
    offsets: readonly OffsetToCommit[],
    committer: Committer,
    bumps: boolean,
  ): Promise<void> {
    const { groupId } = committer;
    return this.#retrying('TxnOffsetCommit', 'group', groupId, async (signal) => {
      const { response } = await this.#cluster.send({
        signal,
        to: { coordinatorOf: { type: 'group', key: groupId } },
        api: TXN_OFFSET_COMMIT,
        message: (version) => this.#commitMessage(identity, offsets, committer, version),
        versions: bumps
          ? { minVersion: LAST_COMMIT_WITHOUT_BUMP + 1, maxVersion: LAST_COMMIT_WITHOUT_BUMP + 1 }
          : { maxVersion: LAST_COMMIT_WITHOUT_BUMP },
      });
      for (const { name, partitions } of response.topics) {
        for (const { partitionIndex, errorCode } of partitions)
          throwFailure(errorCode, `Commit of ${name}-${partitionIndex} in group "${groupId}"`);
      }
    });
  }

  /** @returns the identity for the next transaction: the same object where ends do not raise the epoch */
  end(identity: ProducerIdentity, committed: boolean, bumps: boolean): Promise<ProducerIdentity> {
    const { transactionalId } = this.#settings;
    return this.#retrying('EndTxn', 'transaction', transactionalId, async (signal) => {
      const { response } = await this.#cluster.send({
        signal,
        to: { coordinatorOf: { type: 'transaction', key: transactionalId } },
        api: END_TXN,
        message: { transactionalId, ...idOf(identity), committed },
        versions: bumps ? { minVersion: LAST_END_WITHOUT_BUMP + 1 } : { maxVersion: LAST_END_WITHOUT_BUMP },
      });
      throwFailure(
        response.errorCode,
        `${committed ? 'Commit' : 'Abort'} of transaction "${transactionalId}"`,
      );
      return bumps ? { producerId: response.producerId, epoch: response.producerEpoch } : identity;
    });
  }

  #commitMessage(
    identity: ProducerIdentity,
    offsets: readonly OffsetToCommit[],
    { groupId, generationId, memberId, groupInstanceId }: Committer,
    version: number,
  ): Parameters<typeof TxnOffsetCommitRequest.write>[1] {
    const topics = structsByTopic(offsets, ({ partition, offset, leaderEpoch, metadata }) => ({
      partitionIndex: partition,
      committedOffset: offset,
      committedLeaderEpoch: leaderEpoch,
      committedMetadata: metadata,
    }));
    const member = { generationIdOrMemberEpoch: generationId, memberId, groupInstanceId };
    return {
      transactionalId: this.#settings.transactionalId,
      groupId,
      ...idOf(identity),
      ...(version >= FIRST_COMMIT_WITH_MEMBER ? member : {}),
      topics: topics.map(({ topic, partitions }) => ({ name: topic, partitions })),
    };
  }

  /** @throws TimeoutError with the last failure as cause; the first error that another attempt cannot mend */
  async #retrying<T>(
    operation: string,
    type: CoordinatorType,
    key: string,
    attempt: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const { host, closing, retryBackoff, coordinators, refresher } = this.#cluster;
    const { maxBlockMs } = this.#settings;
    const deadline = new Deadline(host, maxBlockMs);
    const expired = (cause: Error | undefined) =>
      new TimeoutError(operation, maxBlockMs, 'max.block.ms', { cause });
    // What has not been sent by then never is: it might end a later transaction.
    const givenUp = new AbortController();
    let last: Error | undefined;
    for (let failures = 1; ; failures++) {
      try {
        const answer = attempt(givenUp.signal);
        return await deadline.race(answer, () => expired(last ?? refresher.lastFailure));
      } catch (error) {
        if (deadline.isExpired) givenUp.abort();
        if (deadline.isExpired && error instanceof TimeoutError) throw error;
        if (!(error instanceof MillraceError) || !error.retriable || closing.aborted) throw error;
        last = error;
        const isConcurrent = hasCode(error, ErrorCode.CONCURRENT_TRANSACTIONS);
        if (!isConcurrent) coordinators.forget(type, key);
        const pauseMs = isConcurrent ? CONCURRENT_RETRY_MS : retryBackoff.delayMs(failures);
        if (pauseMs >= deadline.remainingMs) throw expired(error);
        await delay(host, pauseMs, closing);
      }
    }
  }
}

function hasCode(error: Error, errorCode: number): boolean {
  return error instanceof KafkaError && error.errorCode === errorCode;
}

function throwFailure(errorCode: number, subject: string): void {
  if (errorCode !== ErrorCode.NONE) throw kafkaFailure(errorCode, subject);
}

function idOf({ producerId, epoch }: ProducerIdentity) {
  return { producerId, producerEpoch: epoch };
}
