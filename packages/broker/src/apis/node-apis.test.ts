import { ErrorCode } from '@millrace/protocol';
import {
  AllocateProducerIdsRequest,
  AllocateProducerIdsResponse,
} from '@millrace/protocol/messages/allocate-producer-ids';
import { AlterPartitionRequest, AlterPartitionResponse } from '@millrace/protocol/messages/alter-partition';
import {
  AssignReplicasToDirsRequest,
  AssignReplicasToDirsResponse,
} from '@millrace/protocol/messages/assign-replicas-to-dirs';
import {
  BrokerHeartbeatRequest,
  BrokerHeartbeatResponse,
} from '@millrace/protocol/messages/broker-heartbeat';
import {
  BrokerRegistrationRequest,
  BrokerRegistrationResponse,
} from '@millrace/protocol/messages/broker-registration';
import {
  ControllerRegistrationRequest,
  ControllerRegistrationResponse,
} from '@millrace/protocol/messages/controller-registration';
import { expect, it } from 'vitest';
import { withAuthorizer } from '../testing/acls.ts';
import { withControllerListener } from '../testing/controller-listener.ts';
import { TestBroker } from '../testing/test-broker.ts';

it('lets nobody speak for a node who may not act for the cluster, and changes nothing', async () => {
  await using server = await TestBroker.start({ ...withControllerListener, ...withAuthorizer });
  const connection = await server.connect('CONTROLLER');
  const { offset } = server.broker.image;
  const version = 0;
  const answers = [
    connection.send({
      request: AlterPartitionRequest,
      response: AlterPartitionResponse,
      version: 3,
      message: { brokerId: 1, brokerEpoch: 1, topics: [] },
    }),
    connection.send({
      request: BrokerRegistrationRequest,
      response: BrokerRegistrationResponse,
      version,
      message: {
        brokerId: 2,
        clusterId: server.broker.clusterId,
        incarnationId: Buffer.alloc(16, 1).toString('base64url'),
        listeners: [],
        features: [],
        rack: null,
      },
    }),
    connection.send({
      request: BrokerHeartbeatRequest,
      response: BrokerHeartbeatResponse,
      version,
      message: { brokerId: 1, brokerEpoch: 1, currentMetadataOffset: 1, wantFence: true, wantShutDown: true },
    }),
    connection.send({
      request: AllocateProducerIdsRequest,
      response: AllocateProducerIdsResponse,
      version,
      message: { brokerId: 1, brokerEpoch: 1 },
    }),
    connection.send({
      request: ControllerRegistrationRequest,
      response: ControllerRegistrationResponse,
      version,
      message: {
        controllerId: 2,
        incarnationId: Buffer.alloc(16, 1).toString('base64url'),
        zkMigrationReady: false,
        listeners: [],
        features: [],
      },
    }),
    connection.send({
      request: AssignReplicasToDirsRequest,
      response: AssignReplicasToDirsResponse,
      version,
      message: { brokerId: 1, brokerEpoch: 1, directories: [] },
    }),
  ];
  const codes = (await Promise.all<{ readonly errorCode: number }>(answers)).map(
    ({ errorCode }) => errorCode,
  );
  expect(new Set(codes)).toEqual(new Set([ErrorCode.CLUSTER_AUTHORIZATION_FAILED]));
  expect(server.broker.image.offset).toBe(offset);
});
