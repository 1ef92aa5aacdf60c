import { ErrorCode } from '@millrace/protocol';
import type { BrokerServices } from '../broker-services.ts';
import type { LeaderPartition } from '../partitions/leader-partition.ts';
import type { VerificationGuard } from '../partitions/verification-guard.ts';
import { CONCURRENT_RETRY_LIMIT_MS, CONCURRENT_RETRY_MS } from './transaction-limits.ts';
import type { VerifyReply } from './transaction-calls.ts';
import { EPOCH_BUMP_VERSION, noPartitions, type TransactionPartitions } from './transaction-metadata.ts';

/** A batch that wants to become part of a transaction. */
export interface TransactionalBatch {
  readonly leader: LeaderPartition;
  readonly producerId: number;
  readonly producerEpoch: number;
  /** -1 where sequences mean nothing. */
  readonly baseSequence: number;
}

/** What the append of such a batch needs; an error code other than 0 is its answer. */
export interface Coverage {
  readonly errorCode: number;
  readonly verification: VerificationGuard | undefined;
}

/** Whose transaction it is, and how its client speaks. */
export interface CoverRequest {
  readonly transactionalId: string;
  /** 2: the batch itself adds its partition to the transaction. 0: the client has added it before. */
  readonly clientVersion: number;
}

const covered: Coverage = { errorCode: ErrorCode.NONE, verification: undefined };

/**
 * Makes sure that the transaction coordinator knows of every partition that a transaction is about to write to
 * (KIP-890). All batches are of one producer. Answers without a promise when their transactions have records already,
 * which is all but the first time.
 */
export function coverPartitions(
  broker: BrokerServices,
  request: CoverRequest,
  batches: readonly TransactionalBatch[],
): readonly Coverage[] | Promise<readonly Coverage[]> {
  const isOpen = batches.map(({ leader, producerId, producerEpoch }) =>
    leader.verification.isOpen(producerId, producerEpoch),
  );
  if (!isOpen.includes(false)) return batches.map(() => covered);
  return ask(broker, request, batches, isOpen);
}

async function ask(
  broker: BrokerServices,
  request: CoverRequest,
  batches: readonly TransactionalBatch[],
  isOpen: readonly boolean[],
): Promise<readonly Coverage[]> {
  const raisesEpoch = request.clientVersion >= EPOCH_BUMP_VERSION;
  const question = questionOf(batches.filter((_, index) => !isOpen[index]!));
  const deadlineMs = broker.host.clock.monotonicMs() + CONCURRENT_RETRY_LIMIT_MS;
  for (;;) {
    // Before the question, so that a marker that comes after it is noticed; and again before the next one, since the
    // marker of the transaction before may be what that one was waiting for.
    const guards = batches.map((batch, index) =>
      isOpen[index]! ? undefined : batch.leader.verification.begin({ ...batch, raisesEpoch }),
    );
    const answer = await askCoordinator(broker, request, question);
    const isCompleting = raisesEpoch && answer.errorCode === ErrorCode.CONCURRENT_TRANSACTIONS;
    if (!isCompleting || broker.host.clock.monotonicMs() >= deadlineMs)
      return batches.map(({ leader }, index) =>
        isOpen[index]! ? covered : coverageOf(leader, answer, guards[index]),
      );
    // The last transaction of this producer is being completed, which takes milliseconds.
    await pause(broker, CONCURRENT_RETRY_MS);
  }
}

function coverageOf(
  leader: LeaderPartition,
  { errorCode, missing }: VerifyReply,
  verification: VerificationGuard | undefined,
): Coverage {
  const isMissing = missing.get(leader.topic)?.has(leader.index) === true;
  return {
    errorCode: isMissing ? ErrorCode.TRANSACTION_ABORTABLE : asPartitionError(errorCode),
    verification,
  };
}

interface Question {
  readonly producerId: number;
  readonly producerEpoch: number;
  readonly partitions: TransactionPartitions;
}

function questionOf(batches: readonly TransactionalBatch[]): Question {
  const { producerId, producerEpoch } = batches[0]!;
  return { producerId, producerEpoch, partitions: partitionsOf(batches) };
}

/** The coordinator may be another node. */
async function askCoordinator(
  broker: BrokerServices,
  { transactionalId, clientVersion }: CoverRequest,
  question: Question,
): Promise<VerifyReply> {
  if (clientVersion >= EPOCH_BUMP_VERSION)
    return broker.transactions.cover({ api: 'add', transactionalId, ...question, clientVersion });
  if (!broker.config['transaction.partition.verification.enable'])
    return { errorCode: ErrorCode.NONE, missing: noPartitions };
  return broker.transactions.cover({ api: 'verify', transactionalId, ...question });
}

/** What a coordinator says, in the words of a partition leader. The client is to send the batch again, no more. */
function asPartitionError(errorCode: number): number {
  switch (errorCode) {
    case ErrorCode.PRODUCER_FENCED:
      return ErrorCode.INVALID_PRODUCER_EPOCH;
    case ErrorCode.CONCURRENT_TRANSACTIONS:
    case ErrorCode.COORDINATOR_LOAD_IN_PROGRESS:
    case ErrorCode.COORDINATOR_NOT_AVAILABLE:
    case ErrorCode.NOT_COORDINATOR:
      return ErrorCode.NOT_ENOUGH_REPLICAS;
    default:
      return errorCode;
  }
}

function partitionsOf(batches: readonly TransactionalBatch[]): TransactionPartitions {
  const byTopic = Map.groupBy(batches, ({ leader }) => leader.topic);
  return new Map(
    Array.from(byTopic, ([topic, some]) => [topic, new Set(some.map(({ leader }) => leader.index))]),
  );
}

function pause({ host }: BrokerServices, delayMs: number): Promise<void> {
  return new Promise((resolve) => host.timers.schedule(delayMs, resolve));
}
