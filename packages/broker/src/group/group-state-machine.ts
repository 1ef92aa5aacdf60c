import { describeGroups, listGroups } from './classic/describe.ts';
import { answerAll } from './classic/disband.ts';
import { restoreGroup } from './classic/group-metadata.ts';
import { heartbeat } from './classic/heartbeat.ts';
import { joinGroup } from './classic/join.ts';
import { leaveGroup } from './classic/leave.ts';
import { onInitialDelay, onJoinTimer, onSyncTimer, prepareRebalance } from './classic/rebalance.ts';
import { onEmptyRecordTimer } from './classic/record-empty-group.ts';
import { onSessionTimer } from './classic/session-expiry.ts';
import { restartSession } from './classic/session.ts';
import { syncGroup } from './classic/sync.ts';
import { applyConsumerRecord } from './consumer/apply-record.ts';
import { heartbeatConsumerGroup, syncConsumerGroup } from './consumer/classic-members/sync-and-heartbeat.ts';
import { joinConsumerGroup, removeEmptyConsumerGroup } from './consumer/classic-members/join.ts';
import { leaveByLeaveGroup } from './consumer/classic-members/leave.ts';
import { describeConsumerGroups } from './consumer/describe.ts';
import { consumerHeartbeat } from './consumer/heartbeat.ts';
import { onMemberTimer } from './consumer/member-expiry.ts';
import { watchMember } from './consumer/member-timers.ts';
import { deleteGroups } from './delete-groups.ts';
import type { GroupCall, GroupReply, HeartbeatCall, JoinCall, LeaveCall, SyncCall } from './group-calls.ts';
import type { GroupProperties } from './group-properties.ts';
import { decodeGroupRecord } from './group-records.ts';
import { refuse } from './group-refusal.ts';
import { type GroupClusterImage, type GroupEvent, GroupShard, type GroupTimer } from './group-shard.ts';
import { commitOffsets } from './offsets/commit.ts';
import { deleteOffsets, forgetTopics } from './offsets/delete.ts';
import { expireOffsets, scheduleOffsetExpiry } from './offsets/expiry.ts';
import { fetchOffsets } from './offsets/fetch.ts';
import { commitInTransaction, endTransaction } from './offsets/transactional-commit.ts';
import type {
  CoordinatorEffect,
  CoordinatorStateMachine,
  Instant,
  ReplayedMarker,
  ReplayedRecord,
} from '../coordinator/state-machine.ts';
import { emptyImage } from '../metadata/image-builder.ts';
import { applyShareRecord } from './share/apply-share-record.ts';
import { dispatchShareCall } from './share/dispatch-share-call.ts';
import { isShareCall } from './share/share-calls.ts';
import { restartShareSession } from './share/member-session.ts';
import { onShareSessionTimer } from './share/leave.ts';
import { applyStreamsRecord } from './streams/apply-streams-record.ts';
import { describeStreamsGroups } from './streams/describe.ts';
import { streamsHeartbeat } from './streams/heartbeat.ts';
import { onStreamsMemberTimer, removeEmptyStreamsGroup } from './streams/leave.ts';
import { isStreamsRecord } from './streams/streams-records.ts';
import { watchStreamsMember } from './streams/streams-timers.ts';
import { onStreamsDelayTimer } from './streams/update-streams-target.ts';
import { isShareGroupRecord } from './share/share-group-records.ts';
import { onWriteFailed, onWritten } from './write-result.ts';

type Effects = readonly CoordinatorEffect<GroupReply, GroupEvent>[];

/** The groups and committed offsets of one `__consumer_offsets` partition, as a pure machine. */
export class GroupStateMachine implements CoordinatorStateMachine<GroupCall, GroupReply, GroupEvent> {
  /** Open for tests and for the replay check; changed by steps only. */
  readonly shard: GroupShard;

  constructor(properties: () => GroupProperties, image: () => GroupClusterImage = () => emptyImage) {
    this.shard = new GroupShard(properties, image);
  }

  replay(record: ReplayedRecord): void {
    const decoded = decodeGroupRecord(record);
    if (decoded === undefined) return;
    const { groups } = this.shard;
    const { groupId } = decoded;
    if (decoded.type === 'group-metadata') {
      if (decoded.value === null) groups.delete(groupId);
      else groups.set(groupId, restoreGroup(groupId, decoded.value));
      return;
    }
    if (decoded.type !== 'offset-commit') {
      if (isShareGroupRecord(decoded)) applyShareRecord(this.shard, decoded);
      else if (isStreamsRecord(decoded)) applyStreamsRecord(this.shard, decoded);
      else applyConsumerRecord(this.shard, decoded);
      return;
    }
    const { value } = decoded;
    if (record.producerId < 0 || value === null) this.shard.applyOffsets([decoded]);
    else this.shard.holdOffsets(record.producerId, [{ ...decoded, value }]);
    if (value !== null && !this.shard.hasGroup(groupId)) this.shard.createGroup(groupId);
  }

  replayMarker({ producerId, isCommit }: ReplayedMarker): void {
    this.shard.settleOffsets(producerId, isCommit);
  }

  loaded(now: Instant): Effects {
    return this.#step(now, () => {
      scheduleOffsetExpiry(this.shard);
      for (const group of this.shard.consumerGroups.values())
        for (const memberId of group.members.keys()) watchMember(this.shard, group, memberId);
      for (const group of this.shard.shareGroups.values())
        for (const memberId of group.members.keys()) restartShareSession(this.shard, group, memberId);
      for (const group of this.shard.streamsGroups.values())
        for (const memberId of group.members.keys()) watchStreamsMember(this.shard, group, memberId);
      const maxSize = this.shard.properties['group.max.size'];
      for (const group of this.shard.groups.values()) {
        for (const member of group.members.values()) restartSession(this.shard, group, member);
        // The limit was lowered: the members gather again, and as many as there is room for are let in.
        if (group.members.size > maxSize)
          prepareRebalance(this.shard, group, 'more members than group.max.size');
      }
    });
  }

  call(call: GroupCall, replyId: number, now: Instant): Effects {
    return this.#step(now, () => this.#dispatch(call, replyId));
  }

  written(writeId: number, now: Instant): Effects {
    return this.#step(now, () => onWritten(this.shard, writeId));
  }

  writeFailed(writeIds: readonly number[], errorCode: number, now: Instant): Effects {
    return this.#step(now, () => onWriteFailed(this.shard, writeIds, errorCode));
  }

  expire(now: Instant): Effects {
    return this.#step(now, () => {
      for (;;) {
        const timer = this.shard.deadlines.popDue(now.monotonicMs);
        if (timer === undefined) return;
        this.#onTimer(timer);
      }
    });
  }

  nextDeadlineMs(): number | undefined {
    return this.shard.deadlines.nextMs();
  }

  unload(errorCode: number): Effects {
    return this.#step(this.shard.now, () => {
      const { shard } = this;
      const writeIds = shard.writes.ids;
      for (const group of shard.groups.values()) answerAll(shard, group, errorCode);
      if (writeIds.length > 0) onWriteFailed(shard, writeIds, errorCode);
      shard.deadlines.clear();
      shard.groups.clear();
      shard.consumerGroups.clear();
      shard.shareGroups.clear();
      shard.streamsGroups.clear();
    });
  }

  refuse(call: GroupCall, errorCode: number): GroupReply {
    return refuse(call, errorCode);
  }

  #step(now: Instant, step: () => void): Effects {
    this.shard.now = now;
    step();
    return this.shard.takeEffects();
  }

  #dispatch(call: GroupCall, replyId: number): void {
    const { shard } = this;
    if (isShareCall(call)) return dispatchShareCall(shard, call, replyId);
    switch (call.api) {
      case 'consumerHeartbeat':
        return consumerHeartbeat(shard, call, replyId);
      case 'consumerDescribe':
        return shard.replyWhenDurable(replyId, () => describeConsumerGroups(shard, call.groupIds));
      case 'streamsHeartbeat':
        return streamsHeartbeat(shard, call, replyId);
      case 'streamsDescribe':
        return shard.replyWhenDurable(replyId, () => describeStreamsGroups(shard, call.groupIds));
      case 'join':
      case 'sync':
      case 'heartbeat':
      case 'leave':
        return this.#dispatchClassic(call, replyId);
      case 'commit':
        return commitOffsets(shard, call, replyId);
      case 'commitInTransaction':
        return commitInTransaction(shard, call, replyId);
      case 'endTransaction':
        return endTransaction(shard, call, replyId);
      case 'fetch':
        return fetchOffsets(shard, call, replyId);
      case 'describe':
        return shard.reply(replyId, describeGroups(shard, call));
      case 'list':
        return shard.reply(replyId, { errorCode: 0, groups: listGroups(shard) });
      case 'deleteGroups':
        return deleteGroups(shard, call, replyId);
      case 'deleteOffsets':
        return deleteOffsets(shard, call, replyId);
      case 'forgetTopics':
        return forgetTopics(shard, call, replyId);
    }
  }

  /** Members that speak the classic protocol may be in a group of either kind. */
  #dispatchClassic(call: JoinCall | SyncCall | HeartbeatCall | LeaveCall, replyId: number): void {
    const { shard } = this;
    const group = shard.consumerGroups.get(call.request.groupId);
    switch (call.api) {
      case 'join':
        removeEmptyStreamsGroup(shard, call.request.groupId);
        if (group === undefined) return joinGroup(shard, call, replyId);
        if (group.members.size > 0) return joinConsumerGroup(shard, group, call, replyId);
        removeEmptyConsumerGroup(shard, group);
        return joinGroup(shard, call, replyId);
      case 'sync':
        if (group === undefined) return syncGroup(shard, call, replyId);
        return syncConsumerGroup(shard, group, call, replyId);
      case 'heartbeat':
        if (group === undefined) return heartbeat(shard, call, replyId);
        return heartbeatConsumerGroup(shard, group, call, replyId);
      case 'leave':
        if (group === undefined) return leaveGroup(shard, call, replyId);
        return leaveByLeaveGroup(shard, group, call, replyId);
    }
  }

  #onTimer(timer: GroupTimer): void {
    if (timer.type === 'offset-expiry') {
      expireOffsets(this.shard);
      return;
    }
    const consumerGroup = this.shard.consumerGroups.get(timer.groupId);
    if (consumerGroup !== undefined) return onMemberTimer(this.shard, consumerGroup, timer);
    const streamsGroup = this.shard.streamsGroups.get(timer.groupId);
    if (streamsGroup !== undefined)
      return timer.type === 'streams-delay'
        ? onStreamsDelayTimer(this.shard, streamsGroup)
        : onStreamsMemberTimer(this.shard, streamsGroup, timer);
    const shareGroup = this.shard.shareGroups.get(timer.groupId);
    if (shareGroup !== undefined && timer.type === 'session')
      return onShareSessionTimer(this.shard, shareGroup, timer.memberId);
    const group = this.shard.groups.get(timer.groupId);
    if (group === undefined) return;
    switch (timer.type) {
      case 'session':
        return onSessionTimer(this.shard, group, timer.memberId);
      case 'initial-delay':
        return onInitialDelay(this.shard, group, timer);
      case 'join':
        return onJoinTimer(this.shard, group);
      case 'sync':
        return onSyncTimer(this.shard, group, timer.generation);
      case 'empty-record':
        return onEmptyRecordTimer(this.shard, group, timer.generation);
      case 'member-rebalance':
      case 'member-join':
      case 'member-sync':
      case 'streams-delay':
        // Of a consumer or streams group that has become a classic one meanwhile.
        break;
    }
  }
}
