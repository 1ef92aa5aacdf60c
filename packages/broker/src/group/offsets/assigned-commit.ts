import { ErrorCode } from '@millrace/protocol';
import type {
  OffsetCommitRequest,
  OffsetCommitRequestTopic,
} from '@millrace/protocol/messages/offset-commit';
import { checkConsumerCommit, checkPastCommit } from '../consumer/check-commit.ts';
import type { GroupShard } from '../group-shard.ts';
import { checkPastStreamsCommit, checkStreamsCommit } from '../streams/check-streams-commit.ts';

/** May somebody commit for a group whose members are given their part by the broker? */
export interface AssignedCommit {
  /** `NONE`, or the error of every partition. */
  readonly error: number;
  /** `NONE`, or the error of this partition: an epoch gone by is good for what the member had already. */
  readonly errorOf: (topic: Pick<OffsetCommitRequestTopic, 'name' | 'topicId'>, partition: number) => number;
}

/** `undefined` for groups of other kinds. */
export function checkAssignedCommit(
  shard: GroupShard,
  request: OffsetCommitRequest,
  version: number,
): AssignedCommit | undefined {
  const { groupId, generationIdOrMemberEpoch: epoch } = request;
  const consumerGroup = shard.consumerGroups.get(groupId);
  if (consumerGroup !== undefined) {
    const { error, pastEpochOf: member } = checkConsumerCommit(consumerGroup, request, version);
    return {
      error,
      errorOf: ({ topicId }, partition) =>
        member === undefined ? ErrorCode.NONE : checkPastCommit(member, epoch, topicId, partition),
    };
  }
  const streamsGroup = shard.streamsGroups.get(groupId);
  if (streamsGroup === undefined) return undefined;
  const { error, pastEpochOf: member } = checkStreamsCommit(streamsGroup, request, version);
  return {
    error,
    errorOf: ({ name: topic }, index) =>
      member === undefined
        ? ErrorCode.NONE
        : checkPastStreamsCommit(streamsGroup, member, epoch, { topic, index }),
  };
}
