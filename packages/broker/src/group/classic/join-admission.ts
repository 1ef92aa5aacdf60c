import type { JoinCall } from '../group-calls.ts';
import { MAX_LOGGED_REASON_CHARS, NEW_MEMBER_JOIN_TIMEOUT_MS } from '../group-limits.ts';
import type { GroupShard } from '../group-shard.ts';
import type { ClassicGroup, MemberUpdate } from './classic-group.ts';
import { ClassicMember } from './classic-member.ts';
import { awaitJoin } from './member-replies.ts';
import { rebalanceOrCompleteJoin } from './rebalance.ts';
import { restartSession } from './session.ts';

/**
 * What a JoinGroup says of its member. Metadata is copied: as slices it would keep the whole received frame alive for
 * as long as the member is in the group.
 */
export function memberSettings({ request }: JoinCall): MemberUpdate {
  return {
    protocols: request.protocols.map(({ name, metadata }) => ({ name, metadata: Buffer.from(metadata) })),
    sessionTimeoutMs: request.sessionTimeoutMs,
    // Version 0 has one timeout for both.
    rebalanceTimeoutMs:
      request.rebalanceTimeoutMs === -1 ? request.sessionTimeoutMs : request.rebalanceTimeoutMs,
  };
}

/** Adds a member, which waits for the rebalance that it causes. */
export function addMember(
  shard: GroupShard,
  group: ClassicGroup,
  call: JoinCall,
  { memberId, replyId }: { readonly memberId: string; readonly replyId: number },
): void {
  const member = new ClassicMember({
    ...memberSettings(call),
    memberId,
    instanceId: call.request.groupInstanceId,
    clientId: call.clientId,
    clientHost: call.clientHost,
    protocolType: call.request.protocolType,
  });
  member.isNew = true;
  if (group.state === 'PreparingRebalance' && group.previousState === 'Empty') group.newMemberAdded = true;
  group.add(member, replyId);
  restartSession(shard, group, member, NEW_MEMBER_JOIN_TIMEOUT_MS);
  rebalanceOrCompleteJoin(shard, group, joinReason('a member joins', memberId, call));
}

/** Takes over what a member says anew, and lets it wait for the rebalance. */
export function updateMember(
  shard: GroupShard,
  group: ClassicGroup,
  call: JoinCall,
  { member, replyId }: { readonly member: ClassicMember; readonly replyId: number },
): void {
  group.update(member, memberSettings(call));
  awaitJoin(shard, group, member, replyId);
  rebalanceOrCompleteJoin(shard, group, joinReason('a member joins again', member.memberId, call));
}

/** Why a rebalance begins, with what the client has to say about it (KIP-800). */
export function joinReason(what: string, memberId: string, { request }: JoinCall): string {
  const { reason } = request;
  return `${what}: ${memberId}${reason === null || reason === '' ? '' : ` (${reason.slice(0, MAX_LOGGED_REASON_CHARS)})`}`;
}
