import { ErrorCode } from '@millrace/protocol';
import {
  OffsetDeleteResponse,
  type OffsetDeleteRequestTopic,
  type OffsetDeleteResponseTopic,
} from '@millrace/protocol/messages/offset-delete';
import type { ClassicGroup } from '../classic/classic-group.ts';
import { GroupChange } from '../consumer/group-change.ts';
import type { DeleteOffsetsCall, ForgetTopicsCall } from '../group-calls.ts';
import type { OffsetCommitRecord } from '../group-records.ts';
import type { GroupShard } from '../group-shard.ts';
import { dropDeletedTopics } from '../share/share-offsets.ts';

/** A group of either kind, as far as the deletion of offsets goes. */
export type SubscribingGroup = Pick<ClassicGroup, 'groupId' | 'isSubscribedTo'>;

/** OffsetDelete: partitions of topics that no member of the group subscribes. */
export function deleteOffsets(shard: GroupShard, call: DeleteOffsetsCall, replyId: number): void {
  const { request } = call;
  const classic = shard.groups.get(request.groupId);
  const assigned = shard.consumerGroups.get(request.groupId) ?? shard.streamsGroups.get(request.groupId);
  const group = assigned ?? classic;
  const errorCode = assigned ? ErrorCode.NONE : checkDelete(classic);
  if (errorCode !== ErrorCode.NONE) {
    shard.reply(replyId, OffsetDeleteResponse.create({ errorCode }));
    return;
  }
  const records: OffsetCommitRecord[] = [];
  const topics = request.topics.map((topic) => deleteOfTopic(shard, group!, topic, records));
  const reply = OffsetDeleteResponse.create({ topics });
  if (records.length === 0) shard.replyWhenDurable(replyId, () => reply);
  else shard.append(records, { type: 'reply', replyId, call, reply }, shard.applyOffsets(records));
}

/** Members of groups that are not consumers may use offsets of any topic, so all of their offsets are in use. */
function checkDelete(group: ClassicGroup | undefined): number {
  if (group === undefined || group.state === 'Dead') return ErrorCode.GROUP_ID_NOT_FOUND;
  return group.state === 'Empty' || group.usesConsumerProtocol ? ErrorCode.NONE : ErrorCode.NON_EMPTY_GROUP;
}

function deleteOfTopic(
  shard: GroupShard,
  group: SubscribingGroup,
  { name, partitions }: OffsetDeleteRequestTopic,
  records: OffsetCommitRecord[],
): OffsetDeleteResponseTopic {
  const isSubscribed = group.isSubscribedTo(name);
  for (const { partitionIndex } of isSubscribed ? [] : partitions) {
    const tombstone = offsetTombstone(group.groupId, name, partitionIndex);
    if (shard.offsets.get(tombstone) !== undefined) records.push(tombstone);
  }
  const errorCode = isSubscribed ? ErrorCode.GROUP_SUBSCRIBED_TO_TOPIC : ErrorCode.NONE;
  return { name, partitions: partitions.map(({ partitionIndex }) => ({ partitionIndex, errorCode })) };
}

/** The topics are gone: so are the offsets of all groups for them. */
export function forgetTopics(
  shard: GroupShard,
  { topics, topicIds }: ForgetTopicsCall,
  replyId: number,
): void {
  const records: OffsetCommitRecord[] = [];
  for (const groupId of shard.offsets.groupIds()) {
    const committed = shard.offsets.ofGroup(groupId);
    for (const topic of topics) {
      for (const partition of committed.get(topic)?.keys() ?? []) {
        records.push(offsetTombstone(groupId, topic, partition));
      }
    }
  }
  const change = new GroupChange(shard);
  change.forgetOffsets(records);
  dropDeletedTopics(change, new Set(topicIds));
  change.commitSilently();
  shard.reply(replyId, null);
}

/** Tombstones of everything a group has committed. */
export function offsetTombstonesOf(shard: GroupShard, groupId: string): OffsetCommitRecord[] {
  return [...shard.offsets.ofGroup(groupId)].flatMap(([topic, partitions]) =>
    [...partitions.keys()].map((partition) => offsetTombstone(groupId, topic, partition)),
  );
}

export function offsetTombstone(groupId: string, topic: string, partition: number): OffsetCommitRecord {
  return { type: 'offset-commit', groupId, topic, partition, value: null };
}
