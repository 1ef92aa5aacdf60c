import { memoryHost } from '@millrace/host';
import { ErrorCode } from '@millrace/protocol';
import { DeleteAclsRequest, DeleteAclsResponse } from '@millrace/protocol/messages/delete-acls';
import { describe, expect, test } from 'vitest';
import { createAcls } from '../testing/acls.ts';
import { connectAs, startSecuredBroker } from '../testing/secured-broker.ts';

const ANY = 1;

function filter(principalFilter: string | null, resourceTypeFilter = ANY) {
  return {
    resourceTypeFilter,
    resourceNameFilter: null,
    patternTypeFilter: ANY,
    principalFilter,
    hostFilter: null,
    operation: ANY,
    permissionType: ANY,
  };
}

describe('DeleteAcls', () => {
  test.each([1, 2, 3])('deletes what each filter matches and names it, in version %i', async (version) => {
    const host = memoryHost();
    {
      await using server = await startSecuredBroker({}, host);
      const admin = await connectAs(server, 'admin');
      await createAcls(admin, [
        { type: 'TOPIC', name: 'orders', operation: 'READ' },
        { type: 'TOPIC', name: 'orders', operation: 'READ', principal: 'User:bob' },
        { type: 'GROUP', name: 'g', operation: 'READ', principal: 'User:carol' },
      ]);
      const { filterResults } = await admin.send({
        request: DeleteAclsRequest,
        response: DeleteAclsResponse,
        version,
        message: { filters: [filter('User:bob'), filter(null, 0), filter('User:nobody')] },
      });
      expect(filterResults.map(({ errorCode }) => errorCode)).toEqual([0, ErrorCode.INVALID_REQUEST, 0]);
      expect(filterResults[0]!.matchingAcls).toMatchObject([
        { principal: 'User:bob', resourceName: 'orders' },
      ]);
      expect(filterResults[2]!.matchingAcls).toEqual([]);
    }
    await using server = await startSecuredBroker({}, host);
    const left = [...server.broker.image.acls.values()].map(({ principal }) => principal);
    expect(left).toEqual(['User:alice', 'User:carol']);
  });

  test('is for those who may alter the cluster', async () => {
    await using server = await startSecuredBroker();
    const alice = await connectAs(server, 'alice');
    const { filterResults } = await alice.send({
      request: DeleteAclsRequest,
      response: DeleteAclsResponse,
      version: 3,
      message: { filters: [filter(null)] },
    });
    expect(filterResults).toMatchObject([{ errorCode: ErrorCode.CLUSTER_AUTHORIZATION_FAILED }]);
  });
});
