import { ErrorCode } from '@millrace/protocol';
import {
  AddPartitionsToTxnRequest,
  AddPartitionsToTxnResponse,
  type AddPartitionsToTxnResponseAddPartitionsToTxnResult,
} from '@millrace/protocol/messages/add-partitions-to-txn';
import { peerApi } from '@millrace/replication';
import { BatchedCalls } from '../coordinator/batched-calls.ts';
import { NODE_ANSWER_TIMEOUT_MS } from '../coordinator/coordinator-limits.ts';
import type { NodeChannels } from '../coordinator/node-channels.ts';
import type { AddPartitionsCall, VerifyCall, VerifyReply } from './transaction-calls.ts';
import { noPartitions } from './transaction-metadata.ts';

const ADD_PARTITIONS_TO_TXN = peerApi(AddPartitionsToTxnRequest, AddPartitionsToTxnResponse);

/** Transactions in one request; as many as gather during one round trip, within reason. */
const MAX_TRANSACTIONS = 500;
const MAX_WAITING = 10_000;

/** A question of a partition leader to the transaction coordinator. */
export type CoverageCall = AddPartitionsCall | VerifyCall;

/** Asks transaction coordinators on other nodes (KIP-890), many transactions in one request. */
export class RemoteCoverage {
  readonly #calls: BatchedCalls<number, CoverageCall, VerifyReply>;

  constructor(channels: () => NodeChannels) {
    this.#calls = new BatchedCalls({
      maxItems: MAX_TRANSACTIONS,
      maxWaiting: MAX_WAITING,
      send: async (nodeId, calls) => {
        const limits = { timeoutMs: NODE_ANSWER_TIMEOUT_MS };
        const answer = await channels().to(nodeId).send(ADD_PARTITIONS_TO_TXN, requestOf(calls), limits);
        return repliesOf(answer, calls);
      },
    });
  }

  /** Never rejects: a node that does not answer coordinates nothing. */
  async ask(nodeId: number, call: CoverageCall): Promise<VerifyReply> {
    try {
      return await this.#calls.call(nodeId, call);
    } catch {
      return refused(ErrorCode.COORDINATOR_NOT_AVAILABLE);
    }
  }
}

function requestOf(calls: readonly CoverageCall[]) {
  return {
    transactions: calls.map(({ api, transactionalId, producerId, producerEpoch, partitions }) => ({
      transactionalId,
      producerId,
      producerEpoch,
      verifyOnly: api === 'verify',
      topics: Array.from(partitions, ([name, indexes]) => ({ name, partitions: [...indexes] })),
    })),
  };
}

function repliesOf(
  { errorCode, resultsByTransaction }: AddPartitionsToTxnResponse,
  calls: readonly CoverageCall[],
): VerifyReply[] {
  if (errorCode !== ErrorCode.NONE) return calls.map(() => refused(errorCode));
  return resultsByTransaction.map((result) => replyOf(result));
}

/** What was not added because another partition could not be says nothing. */
function replyOf({ topicResults }: AddPartitionsToTxnResponseAddPartitionsToTxnResult): VerifyReply {
  let errorCode: number = ErrorCode.NONE;
  const missing = new Map<string, ReadonlySet<number>>();
  for (const { name, resultsByPartition } of topicResults) {
    const absent = new Set<number>();
    for (const { partitionIndex, partitionErrorCode } of resultsByPartition) {
      if (partitionErrorCode === ErrorCode.TRANSACTION_ABORTABLE) absent.add(partitionIndex);
      else if (partitionErrorCode !== ErrorCode.OPERATION_NOT_ATTEMPTED) errorCode ||= partitionErrorCode;
    }
    if (absent.size > 0) missing.set(name, absent);
  }
  return { errorCode, missing };
}

function refused(errorCode: number): VerifyReply {
  return { errorCode, missing: noPartitions };
}
