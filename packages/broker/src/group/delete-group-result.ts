import type { DeleteGroupsResponseDeletableGroupResult } from '@millrace/protocol/messages/delete-groups';

/** What DeleteGroups says of one group. */
export function deleteGroupResult(
  groupId: string,
  errorCode: number,
): DeleteGroupsResponseDeletableGroupResult {
  return { groupId, errorCode, errorMessage: null };
}
