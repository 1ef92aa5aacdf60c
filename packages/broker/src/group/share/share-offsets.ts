import { ErrorCode } from '@millrace/protocol';
import { GroupChange } from '../consumer/group-change.ts';
import type { GroupShard } from '../group-shard.ts';
import { notFoundText } from '../describe-group.ts';
import { isOtherKind } from './find-share-group.ts';
import type {
  ShareAlterOffsetsCall,
  ShareForgetCall,
  ShareForgottenCall,
  SharePartitionsReply,
} from './share-calls.ts';
import { FIRST_SHARE_EPOCH, type ShareGroup } from './share-group.ts';
import { refuseShareCall } from './share-refusal.ts';
import {
  NO_STATE_PARTITIONS,
  withoutTopics,
  withPartitions,
  type StatePartitions,
  type StateTopic,
} from './state-partitions.ts';

const SUCCESS = { errorCode: ErrorCode.NONE, errorMessage: null };
const GROUP_NOT_EMPTY_TEXT = 'The group is not empty.';

/** The partitions that a group has state for; none for a group that does not exist. */
export function sharePartitions(shard: GroupShard, groupId: string): SharePartitionsReply {
  if (isOtherKind(shard, groupId)) {
    const errorMessage = `Group ${groupId} is not a share group.`;
    return { errorCode: ErrorCode.GROUP_ID_NOT_FOUND, errorMessage, topics: [] };
  }
  const initialized = shard.shareGroups.get(groupId)?.statePartitions.initialized.values();
  return { ...SUCCESS, topics: [...(initialized ?? [])] };
}

/** AlterShareGroupOffsets: a group without members, or one that is new, is about to begin elsewhere. */
export function alterShareOffsets(shard: GroupShard, call: ShareAlterOffsetsCall, replyId: number): void {
  const { groupId, topics } = call;
  const group = shard.shareGroups.get(groupId);
  if (isOtherKind(shard, groupId)) {
    const text = `Group ${groupId} is not a share group.`;
    shard.reply(replyId, refuseShareCall(call, ErrorCode.GROUP_ID_NOT_FOUND, text));
    return;
  }
  if (group !== undefined && group.members.size > 0) {
    shard.reply(replyId, refuseShareCall(call, ErrorCode.NON_EMPTY_GROUP, GROUP_NOT_EMPTY_TEXT));
    return;
  }
  const change = new GroupChange(shard);
  const before = group?.statePartitions ?? NO_STATE_PARTITIONS;
  if (group === undefined && topics.length > 0)
    change.apply({ type: 'share-epoch', groupId, value: { epoch: FIRST_SHARE_EPOCH, metadataHash: '' } });
  const value = { ...before, initializing: withPartitions(before.initializing, topics) };
  if (topics.length > 0) change.apply({ type: 'share-state', groupId, value });
  change.commit(replyId, call, { ...SUCCESS, stateEpoch: group?.epoch ?? FIRST_SHARE_EPOCH });
}

/** DeleteShareGroupOffsets, and the first half of DeleteGroups: notes what is about to be deleted. */
export function forgetShareTopics(shard: GroupShard, call: ShareForgetCall, replyId: number): void {
  const { groupId, topicIds } = call;
  const group = shard.shareGroups.get(groupId);
  if (group === undefined) {
    const text = notFoundText(shard, groupId, 'share');
    shard.reply(replyId, refuseShareCall(call, ErrorCode.GROUP_ID_NOT_FOUND, text));
    return;
  }
  if (group.members.size > 0) {
    shard.reply(replyId, refuseShareCall(call, ErrorCode.NON_EMPTY_GROUP, GROUP_NOT_EMPTY_TEXT));
    return;
  }
  const topics = knownTopics(group, topicIds === null ? undefined : new Set(topicIds));
  const change = new GroupChange(shard);
  if (topics.length > 0) {
    const gone = new Set(topics.map(({ topicId }) => topicId));
    const { initializing, initialized, deleting } = group.statePartitions;
    const value = {
      initializing: withoutTopics(initializing, gone),
      initialized: withoutTopics(initialized, gone),
      deleting: new Map([
        ...deleting,
        ...topics.map((topic) => [topic.topicId, { ...topic, partitions: [] }] as const),
      ]),
    };
    change.apply({ type: 'share-state', groupId, value });
  }
  change.commit(replyId, call, { ...SUCCESS, topics });
}

/** The topics that the group has state for, of those that are asked for; what was to be deleted before is among them. */
function knownTopics({ statePartitions }: ShareGroup, wanted: ReadonlySet<string> | undefined): StateTopic[] {
  const { initializing, initialized, deleting } = statePartitions;
  const known = [...deleting.values(), ...initializing.values(), ...initialized.values()];
  return [...withPartitions(new Map(), known).values()].filter(
    ({ topicId }) => wanted === undefined || wanted.has(topicId),
  );
}

/** The share coordinator has deleted what it had. */
export function finishForgetting(shard: GroupShard, call: ShareForgottenCall, replyId: number): void {
  const { groupId, topicIds } = call;
  const group = shard.shareGroups.get(groupId);
  const change = new GroupChange(shard);
  if (group !== undefined) {
    const deleting = withoutTopics(group.statePartitions.deleting, new Set(topicIds));
    change.apply({ type: 'share-state', groupId, value: { ...group.statePartitions, deleting } });
  }
  change.commit(replyId, call, SUCCESS);
}

/** Topics are gone, and with them what groups knew of them. */
export function dropDeletedTopics(change: GroupChange, topicIds: ReadonlySet<string>): void {
  for (const { groupId, statePartitions } of change.shard.shareGroups.values()) {
    const isConcerned = Object.values(statePartitions).some((topics: StatePartitions['initialized']) =>
      [...topics.keys()].some((topicId) => topicIds.has(topicId)),
    );
    if (!isConcerned) continue;
    const value = {
      initializing: withoutTopics(statePartitions.initializing, topicIds),
      initialized: withoutTopics(statePartitions.initialized, topicIds),
      deleting: withoutTopics(statePartitions.deleting, topicIds),
    };
    change.apply({ type: 'share-state', groupId, value });
  }
}

/** The tombstones of a group without members, in Kafka's order; with its epoch it is gone. */
export function buryShareGroup(change: GroupChange, { groupId }: ShareGroup): void {
  change.apply({ type: 'share-target-epoch', groupId, value: null });
  change.apply({ type: 'share-state', groupId, value: null });
  change.apply({ type: 'share-epoch', groupId, value: null });
}
