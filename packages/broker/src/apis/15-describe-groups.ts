import { ApiKey, ErrorCode } from '@millrace/protocol';
import {
  DescribeGroupsRequest,
  DescribeGroupsResponse,
  type DescribeGroupsResponseDescribedGroup,
} from '@millrace/protocol/messages/describe-groups';
import { describeError } from '../group/classic/describe.ts';
import { defineHandler } from './handler.ts';

/** Bits 3 READ, 6 DELETE, 8 DESCRIBE, 10 DESCRIBE_CONFIGS, 11 ALTER_CONFIGS: all that can be done to a group. */
const ALL_GROUP_OPERATIONS = (1 << 3) | (1 << 6) | (1 << 8) | (1 << 10) | (1 << 11);

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
  return { ...group, authorizedOperations: ALL_GROUP_OPERATIONS };
}
