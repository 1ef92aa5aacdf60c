import { ApiKey, ErrorCode } from '@millrace/protocol';
import {
  DescribeGroupsRequest,
  DescribeGroupsResponse,
  type DescribeGroupsResponseDescribedGroup,
} from '@millrace/protocol/messages/describe-groups';
import { describeError } from '../group/classic/describe.ts';
import { GROUP_OPERATIONS } from './authorized-operations.ts';
import { defineHandler } from './handler.ts';

export const describeGroups = defineHandler({
  key: ApiKey.DESCRIBE_GROUPS,
  minVersion: 0,
  maxVersion: 6,
  request: DescribeGroupsRequest,
  response: DescribeGroupsResponse,

  async handle({ groups: ids, includeAuthorizedOperations }, { version, broker }) {
    const described = await broker.groups.callForEach<DescribeGroupsResponseDescribedGroup>(
      ids,
      (groupIds) => ({
        api: 'describe',
        version,
        groupIds,
      }),
    );
    const groups = includeAuthorizedOperations ? described.map(withOperations) : described;
    return { throttleTimeMs: 0, groups };
  },

  fail: ({ errorCode }, { groups }) => ({
    throttleTimeMs: 0,
    groups: groups.map((groupId) => describeError(groupId, errorCode)),
  }),
});

function withOperations(group: DescribeGroupsResponseDescribedGroup): DescribeGroupsResponseDescribedGroup {
  if (group.errorCode !== ErrorCode.NONE) return group;
  return { ...group, authorizedOperations: GROUP_OPERATIONS };
}
