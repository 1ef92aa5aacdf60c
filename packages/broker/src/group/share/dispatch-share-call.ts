import type { GroupShard } from '../group-shard.ts';
import { describeShareGroups } from './describe.ts';
import { shareHeartbeat } from './heartbeat.ts';
import { finishInitialization } from './initialize.ts';
import type { ShareCall } from './share-calls.ts';
import { alterShareOffsets, finishForgetting, forgetShareTopics, sharePartitions } from './share-offsets.ts';

/** Hands a call about share groups to the code of its kind. */
export function dispatchShareCall(shard: GroupShard, call: ShareCall, replyId: number): void {
  switch (call.api) {
    case 'shareHeartbeat':
      return shareHeartbeat(shard, call, replyId);
    case 'shareDescribe':
      return shard.replyWhenDurable(replyId, () => describeShareGroups(shard, call.groupIds));
    case 'shareInitialized':
    case 'shareNotInitialized':
      return finishInitialization(shard, call, replyId);
    case 'sharePartitions':
      return shard.replyWhenDurable(replyId, () => sharePartitions(shard, call.groupId));
    case 'shareAlterOffsets':
      return alterShareOffsets(shard, call, replyId);
    case 'shareForget':
      return forgetShareTopics(shard, call, replyId);
    case 'shareForgotten':
      return finishForgetting(shard, call, replyId);
  }
}
