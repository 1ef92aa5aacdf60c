import { ApiKey, ErrorCode, KafkaError } from '@millrace/protocol';
import {
  TxnOffsetCommitRequest,
  TxnOffsetCommitResponse,
} from '@millrace/protocol/messages/txn-offset-commit';
import { existingPartitions, mergeTopics } from '../group/offsets/existing-partitions.ts';
import { transactionalCommitError } from '../group/offsets/transactional-commit.ts';
import { CONSUMER_OFFSETS_TOPIC } from '../metadata/topic-names.ts';
import { coverPartitions, type Coverage } from '../transaction/cover-partitions.ts';
import { EPOCH_BUMP_VERSION } from '../transaction/transaction-metadata.ts';
import { isAllowed, requireAllowed } from './access.ts';
import { defineHandler, type RequestContext } from './handler.ts';

const FIRST_WITH_TRANSACTION_ABORTABLE = 4;
const FIRST_WITH_EPOCH_BUMP = 5;
const NO_SEQUENCE = -1;

export const txnOffsetCommit = defineHandler({
  key: ApiKey.TXN_OFFSET_COMMIT,
  minVersion: 0,
  maxVersion: 5,
  request: TxnOffsetCommitRequest,
  response: TxnOffsetCommitResponse,

  authorize({ transactionalId, groupId }, context) {
    requireAllowed(context, 'WRITE', 'TRANSACTIONAL_ID', transactionalId);
    requireAllowed(context, 'READ', 'GROUP', groupId);
  },

  validate({ transactionalId, groupId }) {
    if (transactionalId === '') throw new KafkaError('INVALID_REQUEST', 'The transactional id is empty');
    if (groupId === '') throw new KafkaError('INVALID_GROUP_ID', 'The group id is empty');
  },

  async handle(request, context) {
    const { broker } = context;
    const { existing, missing } = existingPartitions(request.topics, broker.image.topics, {
      isAllowed: (topic) => isAllowed(context, 'READ', 'TOPIC', topic),
    });
    if (existing.length === 0) return { throttleTimeMs: 0, topics: mergeTopics(missing, []) };
    const known = { ...request, topics: [...existing] };
    const { errorCode, verification } = await coverOffsets(request, context);
    const reply =
      errorCode === ErrorCode.NONE
        ? await broker.groups.call(request.groupId, {
            api: 'commitInTransaction',
            request: known,
            verification,
          })
        : transactionalCommitError(known, inVersion(asCoordinatorError(errorCode), context.version));
    return { throttleTimeMs: 0, topics: mergeTopics(missing, reply.topics) };
  },

  fail: (error, request) => transactionalCommitError(request, error.errorCode),
});

/** Is the partition that keeps the group's offsets part of the transaction? */
async function coverOffsets(
  { transactionalId, groupId, producerId, producerEpoch }: TxnOffsetCommitRequest,
  { broker, version }: RequestContext,
): Promise<Coverage> {
  const partition = broker.groups.partitionFor(groupId);
  const leader =
    partition === undefined ? undefined : broker.partitions.get(CONSUMER_OFFSETS_TOPIC, partition);
  if (leader === undefined) return { errorCode: ErrorCode.NOT_COORDINATOR, verification: undefined };
  const clientVersion = version >= FIRST_WITH_EPOCH_BUMP ? EPOCH_BUMP_VERSION : 0;
  const batch = { leader, producerId, producerEpoch, baseSequence: NO_SEQUENCE };
  const [coverage] = await coverPartitions(broker, { transactionalId, clientVersion }, [batch]);
  // Led by another node meanwhile, or anew: nobody was asked for this term.
  if (broker.partitions.get(CONSUMER_OFFSETS_TOPIC, leader.index) !== leader)
    return { errorCode: ErrorCode.NOT_COORDINATOR, verification: undefined };
  return coverage!;
}

/** The client asked a group coordinator: errors of partition leaders mean nothing to it. */
function asCoordinatorError(errorCode: number): number {
  return errorCode === ErrorCode.NOT_ENOUGH_REPLICAS ? ErrorCode.COORDINATOR_NOT_AVAILABLE : errorCode;
}

function inVersion(errorCode: number, version: number): number {
  const isUnknown =
    errorCode === ErrorCode.TRANSACTION_ABORTABLE && version < FIRST_WITH_TRANSACTION_ABORTABLE;
  return isUnknown ? ErrorCode.INVALID_TXN_STATE : errorCode;
}
