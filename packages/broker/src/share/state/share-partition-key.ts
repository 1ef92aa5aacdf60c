import { ZERO_UUID } from '@millrace/protocol';

/** One partition of a topic, as one share group sees it. */
export interface SharePartitionKey {
  readonly groupId: string;
  readonly topicId: string;
  readonly partition: number;
}

/** The text that FindCoordinator is asked for, and whose hash decides on the partition of `__share_group_state`. */
export function coordinatorKey({ groupId, topicId, partition }: SharePartitionKey): string {
  return `${groupId}:${topicId}:${partition}`;
}

/** Is this a key that a share coordinator can be found by? */
export function isCoordinatorKey(text: string): boolean {
  const parts = text.split(':');
  if (parts.length !== 3) return false;
  const [groupId, topicId, partition] = parts as [string, string, string];
  return (
    groupId.trim() !== '' &&
    /^[\w-]{22}$/.test(topicId) &&
    /^[+-]?\d+$/.test(partition) &&
    topicId !== ZERO_UUID
  );
}
