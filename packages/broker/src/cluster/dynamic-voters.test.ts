import { freePorts } from '@millrace/free-ports';
import { memoryHost, type Host } from '@millrace/host';
import { ErrorCode } from '@millrace/protocol';
import { AddRaftVoterRequest, AddRaftVoterResponse } from '@millrace/protocol/messages/add-raft-voter';
import { DescribeQuorumRequest, DescribeQuorumResponse } from '@millrace/protocol/messages/describe-quorum';
import { expect, it } from 'vitest';
import { BrokerNode } from '../broker-node.ts';
import type { BrokerProperties } from '../config/broker-properties.ts';
import { formatStorage } from '../storage/format-storage.ts';
import { RawConnection } from '../testing/raw-connection.ts';
import { createTopic } from '../testing/requests.ts';
import { CLUSTER_ID } from '../testing/three-nodes.ts';

function propertiesOf(id: number, ports: readonly number[]): BrokerProperties {
  return {
    'node.id': id,
    'log.dirs': '/data',
    listeners: `PLAINTEXT://127.0.0.1:0,CONTROLLER://127.0.0.1:${ports[id - 1]}`,
    'controller.listener.names': 'CONTROLLER',
    'controller.quorum.bootstrap.servers': `127.0.0.1:${ports[0]}`,
    'controller.quorum.election.timeout.ms': 300,
    'controller.quorum.fetch.timeout.ms': 600,
    'broker.heartbeat.interval.ms': 200,
    'broker.session.timeout.ms': 5000,
  };
}

async function addVoter(connection: RawConnection, node: BrokerNode, port: number): Promise<number> {
  const { errorCode } = await connection.send({
    request: AddRaftVoterRequest,
    response: AddRaftVoterResponse,
    version: 1,
    message: {
      clusterId: CLUSTER_ID,
      timeoutMs: 1000,
      voterId: node.nodeId,
      voterDirectoryId: node.logs.directories[0]!.meta!.directoryId,
      listeners: [{ name: 'CONTROLLER', host: '127.0.0.1', port }],
    },
  });
  return errorCode;
}

it('a node that is the only voter takes others in, and they go on without it', async () => {
  const ports = await freePorts(3);
  const hosts: Host[] = [];
  const nodes: BrokerNode[] = [];
  for (const id of [1, 2, 3]) {
    const host = memoryHost();
    const properties = propertiesOf(id, ports);
    await formatStorage(properties, {
      clusterId: CLUSTER_ID,
      host,
      voters: id === 1 ? 'standalone' : 'none',
    });
    hosts.push(host);
    nodes.push(await BrokerNode.start(properties, { host }));
  }
  const [first, second, third] = nodes as [BrokerNode, BrokerNode, BrokerNode];
  expect(first.controller.isActive).toBe(true);
  // By a broker that is not the controller: it is passed on.
  const connection = await RawConnection.open(hosts[1]!, second.address);
  for (const node of [second, third]) {
    let errorCode: number = ErrorCode.REQUEST_TIMED_OUT;
    while (errorCode === ErrorCode.REQUEST_TIMED_OUT) {
      errorCode = await addVoter(connection, node, ports[node.nodeId - 1]!);
    }
    expect(errorCode).toBe(ErrorCode.NONE);
  }
  const { topics } = await connection.send({
    request: DescribeQuorumRequest,
    response: DescribeQuorumResponse,
    version: 2,
    message: { topics: [{ topicName: '__cluster_metadata', partitions: [{ partitionIndex: 0 }] }] },
  });
  expect(topics[0]!.partitions[0]!.currentVoters.map(({ replicaId }) => replicaId)).toEqual([1, 2, 3]);
  await first.close();
  await createTopic(connection, 'orders', { replicationFactor: 2 });
  expect(second.controller.isActive || third.controller.isActive).toBe(true);
  connection.destroy();
  await Promise.all([second.close(), third.close()]);
});
