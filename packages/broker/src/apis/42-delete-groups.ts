import { ApiKey } from '@millrace/protocol';
import {
  DeleteGroupsRequest,
  DeleteGroupsResponse,
  type DeleteGroupsResponseDeletableGroupResult,
} from '@millrace/protocol/messages/delete-groups';
import { deleteGroupResult } from '../group/delete-group-result.ts';
import { defineHandler } from './handler.ts';

export const deleteGroups = defineHandler({
  key: ApiKey.DELETE_GROUPS,
  minVersion: 0,
  maxVersion: 2,
  request: DeleteGroupsRequest,
  response: DeleteGroupsResponse,

  async handle({ groupsNames }, { broker }) {
    const distinct = [...new Set(groupsNames)];
    const results = await broker.groups.callForEach<DeleteGroupsResponseDeletableGroupResult>(
      distinct,
      (groupIds) => ({
        api: 'deleteGroups',
        groupIds,
      }),
    );
    return { throttleTimeMs: 0, results };
  },

  fail: ({ errorCode }, { groupsNames }) => ({
    throttleTimeMs: 0,
    results: groupsNames.map((groupId) => deleteGroupResult(groupId, errorCode)),
  }),
});
