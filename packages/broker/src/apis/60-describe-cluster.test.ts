import { AclOperation, ErrorCode } from '@millrace/protocol';
import {
  DescribeClusterRequest,
  DescribeClusterResponse,
} from '@millrace/protocol/messages/describe-cluster';
import { describe, expect, it } from 'vitest';
import { createAcls } from '../testing/acls.ts';
import type { RawConnection } from '../testing/raw-connection.ts';
import { connectAs, startSecuredBroker } from '../testing/secured-broker.ts';
import { startController } from '../testing/controller-listener.ts';
import { TestBroker } from '../testing/test-broker.ts';

async function ask(
  server: TestBroker,
  version: number,
  endpointType = 1,
  connection: Promise<RawConnection> = server.connect(),
) {
  return (await connection).send({
    request: DescribeClusterRequest,
    response: DescribeClusterResponse,
    version,
    message: { includeClusterAuthorizedOperations: true, ...(version >= 1 ? { endpointType } : {}) },
  });
}

describe('DescribeCluster', () => {
  it('tells what may be done with the cluster to those who may look at it', async () => {
    await using server = await startSecuredBroker();
    const admin = await connectAs(server, 'admin');
    const operations = async () =>
      (await ask(server, 2, 1, connectAs(server, 'alice'))).clusterAuthorizedOperations;
    await createAcls(admin, [{ type: 'CLUSTER', name: 'kafka-cluster', operation: 'CREATE' }]);
    expect(await operations()).toBe(0);
    await createAcls(admin, [{ type: 'CLUSTER', name: 'kafka-cluster', operation: 'DESCRIBE' }]);
    expect(await operations()).toBe((1 << AclOperation.CREATE) | (1 << AclOperation.DESCRIBE));
  });

  it.each([0, 1, 2])('names the cluster, its controller and its nodes, in version %i', async (version) => {
    await using server = await TestBroker.start({ 'broker.rack': 'r1' });
    const { host, port } = server.broker.address;
    expect(await ask(server, version)).toMatchObject({
      errorCode: ErrorCode.NONE,
      clusterId: server.broker.clusterId,
      controllerId: 1,
      brokers: [{ brokerId: 1, host, port, rack: 'r1' }],
      clusterAuthorizedOperations: 8096,
    });
  });

  it('has no endpoints of controllers on this listener', async () => {
    await using server = await TestBroker.start();
    expect((await ask(server, 1, 2)).errorCode).toBe(ErrorCode.MISMATCHED_ENDPOINT_TYPE);
    expect((await ask(server, 1, 9)).errorCode).toBe(ErrorCode.UNSUPPORTED_ENDPOINT_TYPE);
  });

  it('names the controllers on their own listener', async () => {
    await using node = await startController();
    const answer = await node.connection.send({
      request: DescribeClusterRequest,
      response: DescribeClusterResponse,
      version: 1,
      message: { includeClusterAuthorizedOperations: false, endpointType: 2 },
    });
    expect(answer).toMatchObject({ errorCode: ErrorCode.NONE, endpointType: 2, controllerId: 1 });
  });
});
