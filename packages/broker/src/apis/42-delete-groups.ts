import { ApiKey, ErrorCode } from '@millrace/protocol';
import {
  DeleteGroupsRequest,
  DeleteGroupsResponse,
  type DeleteGroupsResponseDeletableGroupResult,
} from '@millrace/protocol/messages/delete-groups';
import { deleteGroupResult } from '../group/delete-group-result.ts';
import { forgetShareTopics } from '../share/change-share-offsets.ts';
import { partitionByAccess } from './access.ts';
import { defineHandler } from './handler.ts';

export const deleteGroups = defineHandler({
  key: ApiKey.DELETE_GROUPS,
  minVersion: 0,
  maxVersion: 2,
  request: DeleteGroupsRequest,
  response: DeleteGroupsResponse,

  async handle({ groupsNames }, context) {
    const names = { items: [...new Set(groupsNames)], nameOf: String };
    const { allowed, refused } = partitionByAccess(context, 'DELETE', 'GROUP', names);
    // What the share coordinator has of a group goes first: there is no other way to find it again.
    await Promise.all(allowed.map((groupId) => forgetShareTopics(context.broker, groupId, null)));
    const results = await context.broker.groups.callForEach<DeleteGroupsResponseDeletableGroupResult>(
      allowed,
      (groupIds) => ({
        api: 'deleteGroups',
        groupIds,
      }),
    );
    const hidden = refused.map((groupId) => deleteGroupResult(groupId, ErrorCode.GROUP_AUTHORIZATION_FAILED));
    return { throttleTimeMs: 0, results: [...results, ...hidden] };
  },

  fail: ({ errorCode }, { groupsNames }) => ({
    throttleTimeMs: 0,
    results: groupsNames.map((groupId) => deleteGroupResult(groupId, errorCode)),
  }),
});
