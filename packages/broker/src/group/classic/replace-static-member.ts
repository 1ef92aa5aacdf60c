import { ErrorCode } from '@millrace/protocol';
import type { JoinGroupResponse } from '@millrace/protocol/messages/join-group';
import type { JoinCall } from '../group-calls.ts';
import { type GroupShard, sessionTimer } from '../group-shard.ts';
import { invariant } from '../../coordinator/invariant.ts';
import type { StaticReplacedOutcome } from '../write-outcome.ts';
import type { ClassicGroup, MemberUpdate } from './classic-group.ts';
import { ClassicMember } from './classic-member.ts';
import { currentAssignments, groupMetadataRecord } from './group-metadata.ts';
import { joinReason, memberSettings } from './join-admission.ts';
import { answerJoin, answerSync, awaitJoin, joinError, joinWelcome, syncError } from './member-replies.ts';
import { completeJoinIfAllJoined, prepareRebalance } from './rebalance.ts';
import { restartSession } from './session.ts';

/** From this version on a leader can be told that it leads without having to assign (KIP-814). */
const SKIP_ASSIGNMENT_VERSION = 9;

interface Replacement {
  readonly oldMemberId: string;
  readonly newMemberId: string;
  readonly replyId: number;
}

/**
 * A static member is back without its member id, mostly after a restart (KIP-345). It takes the place of its
 * predecessor under a new id; the old id is fenced from then on.
 */
export function replaceStaticMember(
  shard: GroupShard,
  group: ClassicGroup,
  call: JoinCall,
  replacement: Replacement,
): void {
  const { oldMemberId, newMemberId, replyId } = replacement;
  const oldLeaderId = group.leaderId ?? '';
  const old = group.members.get(oldMemberId);
  invariant(old !== undefined, `${oldMemberId} of ${group.groupId} is to be replaced and is not there`);
  const oldSettings = settingsOf(old);
  const member = swap(shard, group, old, newMemberId, memberSettings(call));
  awaitJoin(shard, group, member, replyId);
  shard.log('Static member is back under a new id', group, { oldMemberId, newMemberId });
  const reason = joinReason('a static member is back', newMemberId, call);
  switch (group.state) {
    case 'Stable':
      if (group.selectProtocol() !== group.protocolName) {
        prepareRebalance(shard, group, reason);
        return;
      }
      // Nothing changes for the others. The new id must be durable before the member hears of it: a coordinator that
      // was restarted in between would fence it for the sake of the old one.
      shard.append([groupMetadataRecord(group, currentAssignments(group))], {
        type: 'static-replaced',
        group,
        replyId,
        newMemberId,
        oldMemberId,
        oldSettings,
        oldLeaderId,
        version: call.version,
      });
      return;
    case 'CompletingRebalance':
      // The leader may be assigning to the old id right now; the new one would go away empty-handed.
      prepareRebalance(shard, group, reason);
      return;
    case 'PreparingRebalance':
      completeJoinIfAllJoined(shard, group);
      return;
    case 'Empty':
    case 'Dead':
      invariant(false, `${oldMemberId} is a static member of ${group.groupId}, which is ${group.state}`);
  }
}

function settingsOf({ protocols, rebalanceTimeoutMs, sessionTimeoutMs }: ClassicMember): MemberUpdate {
  return { protocols, rebalanceTimeoutMs, sessionTimeoutMs };
}

/** Puts `newMemberId` in the place of `old`. Whatever waits for the old id ends with FENCED_INSTANCE_ID. */
function swap(
  shard: GroupShard,
  group: ClassicGroup,
  old: ClassicMember,
  newMemberId: string,
  settings: MemberUpdate,
): ClassicMember {
  answerJoin(shard, group, old, joinError(ErrorCode.FENCED_INSTANCE_ID, old.memberId));
  answerSync(shard, old, syncError(ErrorCode.FENCED_INSTANCE_ID));
  const { instanceId, clientId, clientHost, protocolType, assignment } = old;
  const identity = { instanceId, clientId, clientHost, protocolType, assignment };
  const member = new ClassicMember({ ...identity, ...settings, memberId: newMemberId });
  group.replaceStatic(old.memberId, member);
  shard.cancelTimer(sessionTimer(group.groupId, old.memberId));
  restartSession(shard, group, member);
  return member;
}

/** The new id is durable. A rebalance that began in the meantime answers the member when it ends. */
export function onStaticReplaced(shard: GroupShard, outcome: StaticReplacedOutcome): void {
  const { group, newMemberId, replyId, version, oldLeaderId } = outcome;
  const member = group.members.get(newMemberId);
  if (member === undefined || member.joinReplyId !== replyId || group.state !== 'Stable') return;
  const welcome = joinWelcome(group, newMemberId);
  const reply: JoinGroupResponse =
    version >= SKIP_ASSIGNMENT_VERSION
      ? { ...welcome, skipAssignment: group.isLeader(newMemberId) }
      : { ...welcome, leader: oldLeaderId, members: [] };
  answerJoin(shard, group, member, reply);
}

/** The new id is lost: the old one is valid again, as the log has it. */
export function onStaticReplacementFailed(
  shard: GroupShard,
  outcome: StaticReplacedOutcome,
  errorCode: number,
): void {
  const { group, newMemberId, oldMemberId, oldSettings, replyId, oldLeaderId } = outcome;
  const member = group.members.get(newMemberId);
  if (member === undefined || member.joinReplyId !== replyId) return;
  const reply = {
    ...joinWelcome(group, newMemberId),
    errorCode,
    memberId: '',
    leader: oldLeaderId,
    members: [],
  };
  answerJoin(shard, group, member, reply);
  swap(shard, group, member, oldMemberId, oldSettings);
}
