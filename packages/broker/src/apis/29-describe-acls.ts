import { ApiKey, ErrorCode } from '@millrace/protocol';
import {
  DescribeAclsRequest,
  DescribeAclsResponse,
  type DescribeAclsResponseDescribeAclsResourceInput,
} from '@millrace/protocol/messages/describe-acls';
import { checkFilter, matches } from '../security/acl/acl-filter.ts';
import type { Acl } from '../security/acl/acl.ts';
import { requireAllowed } from './access.ts';
import { defineHandler } from './handler.ts';
import { requireAuthorizer } from './require-authorizer.ts';

export const describeAcls = defineHandler({
  key: ApiKey.DESCRIBE_ACLS,
  minVersion: 1,
  maxVersion: 3,
  request: DescribeAclsRequest,
  response: DescribeAclsResponse,

  authorize: (_request, context) => requireAllowed(context, 'DESCRIBE', 'CLUSTER'),

  validate(request, { broker }) {
    requireAuthorizer(broker);
    checkFilter(request);
  },

  handle: (request, { broker }) => ({
    throttleTimeMs: 0,
    errorCode: ErrorCode.NONE,
    errorMessage: null,
    resources: byResource([...broker.image.acls.values()].filter((acl) => matches(request, acl))),
  }),

  fail: ({ errorCode, message }) => ({ throttleTimeMs: 0, errorCode, errorMessage: message, resources: [] }),
});

function byResource(acls: readonly Acl[]): DescribeAclsResponseDescribeAclsResourceInput[] {
  const groups = Map.groupBy(acls, (acl) => `${acl.resourceType}:${acl.patternType}:${acl.resourceName}`);
  return Array.from(groups.values(), (group) => {
    const { resourceType, resourceName, patternType } = group[0]!;
    return {
      resourceType,
      resourceName,
      patternType,
      acls: group.map(({ principal, host, operation, permissionType }) => ({
        principal,
        host,
        operation,
        permissionType,
      })),
    };
  });
}
