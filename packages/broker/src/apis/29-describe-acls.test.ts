import { AclPatternType, AclResourceType, ErrorCode } from '@millrace/protocol';
import {
  DescribeAclsRequest,
  DescribeAclsResponse,
  type DescribeAclsRequestInput,
} from '@millrace/protocol/messages/describe-acls';
import { describe, expect, test } from 'vitest';
import { createAcls, type TestAcl } from '../testing/acls.ts';
import type { RawConnection } from '../testing/raw-connection.ts';
import { connectAs, startSecuredBroker } from '../testing/secured-broker.ts';
import { TestBroker } from '../testing/test-broker.ts';

const ANY = 1;
const everything = {
  resourceTypeFilter: ANY,
  resourceNameFilter: null,
  patternTypeFilter: ANY,
  principalFilter: null,
  hostFilter: null,
  operation: ANY,
  permissionType: ANY,
};
const acls: readonly TestAcl[] = [
  { type: 'TOPIC', name: 'orders', operation: 'READ' },
  { type: 'TOPIC', name: 'orders', operation: 'WRITE', principal: 'User:bob' },
  { type: 'TOPIC', name: 'ord', pattern: 'PREFIXED', operation: 'READ' },
  { type: 'TOPIC', name: '*', operation: 'DESCRIBE', permission: 'DENY' },
  { type: 'GROUP', name: 'orders', operation: 'READ' },
];

async function found(connection: RawConnection, filter: Partial<DescribeAclsRequestInput>, version = 3) {
  const message = { ...everything, ...filter };
  const api = { request: DescribeAclsRequest, response: DescribeAclsResponse };
  const { errorCode, resources } = await connection.send({ ...api, version, message });
  expect(errorCode).toBe(ErrorCode.NONE);
  return resources.flatMap((resource) =>
    resource.acls.map(({ principal, operation }) => `${resource.resourceName} ${principal} ${operation}`),
  );
}

describe('DescribeAcls', () => {
  test.each([1, 2, 3])('finds what matches, in version %i', async (version) => {
    await using server = await startSecuredBroker();
    const admin = await connectAs(server, 'admin');
    await createAcls(admin, acls);
    const { TOPIC } = AclResourceType;
    const { LITERAL, MATCH } = AclPatternType;
    expect(await found(admin, {}, version)).toHaveLength(5);
    expect(await found(admin, { principalFilter: 'User:bob' }, version)).toEqual(['orders User:bob 4']);
    const named = { resourceTypeFilter: TOPIC, resourceNameFilter: 'orders' };
    expect(await found(admin, { ...named, patternTypeFilter: LITERAL }, version)).toHaveLength(2);
    expect(await found(admin, { ...named, patternTypeFilter: MATCH }, version)).toHaveLength(4);
    expect(await found(admin, { resourceNameFilter: 'orders' }, version)).toHaveLength(3);
    expect(await found(admin, { operation: 3, permissionType: 2 }, version)).toEqual([]);
  });

  test('is for those who may look at the cluster', async () => {
    await using server = await startSecuredBroker();
    const api = {
      request: DescribeAclsRequest,
      response: DescribeAclsResponse,
      version: 3,
      message: everything,
    };
    expect(await (await connectAs(server, 'alice')).send(api)).toMatchObject({
      errorCode: ErrorCode.CLUSTER_AUTHORIZATION_FAILED,
    });
    await using open = await TestBroker.start();
    expect(await (await open.connect()).send(api)).toMatchObject({
      errorCode: ErrorCode.SECURITY_DISABLED,
      errorMessage: 'No Authorizer is configured.',
    });
  });
});
