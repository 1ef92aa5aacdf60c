import { ApiKey, ErrorCode } from '@millrace/protocol';
import {
  DescribeGroupsRequest,
  DescribeGroupsResponse,
  type DescribeGroupsResponseDescribedGroup,
} from '@millrace/protocol/messages/describe-groups';
import { describeError } from '../group/classic/describe.ts';
import { partitionByAccess } from './access.ts';
import { authorizedOperations } from './authorized-operations.ts';
import { defineHandler, type RequestContext } from './handler.ts';

export const describeGroups = defineHandler({
  key: ApiKey.DESCRIBE_GROUPS,
  minVersion: 0,
  maxVersion: 6,
  request: DescribeGroupsRequest,
  response: DescribeGroupsResponse,

  async handle({ groups: all, includeAuthorizedOperations }, context) {
    const { version, broker } = context;
    const names = { items: all, nameOf: String };
    const { allowed: ids, refused } = partitionByAccess(context, 'DESCRIBE', 'GROUP', names);
    const described = await broker.groups.callForEach<DescribeGroupsResponseDescribedGroup>(
      ids,
      (groupIds) => ({
        api: 'describe',
        version,
        groupIds,
      }),
    );
    const hidden = refused.map((id) => describeError(id, ErrorCode.GROUP_AUTHORIZATION_FAILED));
    const groups = includeAuthorizedOperations
      ? described.map((group) => withOperations(group, context))
      : described;
    return { throttleTimeMs: 0, groups: [...hidden, ...groups] };
  },

  fail: ({ errorCode }, { groups }) => ({
    throttleTimeMs: 0,
    groups: groups.map((groupId) => describeError(groupId, errorCode)),
  }),
});

function withOperations(
  group: DescribeGroupsResponseDescribedGroup,
  context: RequestContext,
): DescribeGroupsResponseDescribedGroup {
  if (group.errorCode !== ErrorCode.NONE) return group;
  return { ...group, authorizedOperations: authorizedOperations(context, 'GROUP', group.groupId) };
}
