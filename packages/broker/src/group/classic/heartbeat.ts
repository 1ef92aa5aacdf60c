import { ErrorCode } from '@millrace/protocol';
import { HeartbeatResponse, type HeartbeatRequest } from '@millrace/protocol/messages/heartbeat';
import type { HeartbeatCall } from '../group-calls.ts';
import type { GroupShard } from '../group-shard.ts';
import { restartSession } from './session.ts';

/** Heartbeat: keeps the session alive and tells of a rebalance. */
export function heartbeat(shard: GroupShard, { request }: HeartbeatCall, replyId: number): void {
  shard.reply(replyId, HeartbeatResponse.create({ errorCode: beat(shard, request) }));
}

function beat(shard: GroupShard, request: HeartbeatRequest): number {
  if (request.groupId === '') return ErrorCode.INVALID_GROUP_ID;
  const group = shard.groups.get(request.groupId);
  if (group === undefined) return ErrorCode.UNKNOWN_MEMBER_ID;
  if (group.state === 'Dead') return ErrorCode.COORDINATOR_NOT_AVAILABLE;
  const memberError = group.checkMember(request.memberId, request.groupInstanceId);
  if (memberError !== ErrorCode.NONE) return memberError;
  if (request.generationId !== group.generation) return ErrorCode.ILLEGAL_GENERATION;
  restartSession(shard, group, group.members.get(request.memberId)!);
  return group.state === 'PreparingRebalance' ? ErrorCode.REBALANCE_IN_PROGRESS : ErrorCode.NONE;
}
