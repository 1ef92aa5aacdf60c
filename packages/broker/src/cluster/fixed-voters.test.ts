import { ErrorCode } from '@millrace/protocol';
import { AddRaftVoterRequest, AddRaftVoterResponse } from '@millrace/protocol/messages/add-raft-voter';
import { ApiVersionsRequest, ApiVersionsResponse } from '@millrace/protocol/messages/api-versions';
import {
  RemoveRaftVoterRequest,
  RemoveRaftVoterResponse,
} from '@millrace/protocol/messages/remove-raft-voter';
import { UpdateFeaturesRequest, UpdateFeaturesResponse } from '@millrace/protocol/messages/update-features';
import { expect, it } from 'vitest';
import type { BrokerNode } from '../broker-node.ts';
import { MetricValues } from '../testing/metric-values.ts';
import type { RawConnection } from '../testing/raw-connection.ts';
import { createTopic } from '../testing/requests.ts';
import { ThreeNodes } from '../testing/three-nodes.ts';

function upgrade(connection: RawConnection, validateOnly = false, level = 1) {
  return connection.send({
    request: UpdateFeaturesRequest,
    response: UpdateFeaturesResponse,
    version: 2,
    message: {
      featureUpdates: [{ feature: 'kraft.version', maxVersionLevel: level, upgradeType: 1 }],
      validateOnly,
    },
  });
}

/** Until every voter has told the leader of itself, which takes a fetch timeout. */
async function upgradeWhenTold(connection: RawConnection): Promise<void> {
  for (;;) {
    const { errorCode, errorMessage } = await upgrade(connection);
    if (errorCode === ErrorCode.NONE) return;
    expect(errorMessage).toMatch(/not told the leader yet|does not know yet what is committed/);
  }
}

async function kraftVersionOf(connection: RawConnection): Promise<number> {
  const { finalizedFeatures } = await connection.send({
    request: ApiVersionsRequest,
    response: ApiVersionsResponse,
    version: 4,
    message: { clientSoftwareName: 'test', clientSoftwareVersion: '1' },
  });
  return finalizedFeatures.find(({ name }) => name === 'kraft.version')?.maxVersionLevel ?? 0;
}

function keyOf(node: BrokerNode): { voterId: number; voterDirectoryId: string } {
  return { voterId: node.nodeId, voterDirectoryId: node.logs.directories[0]!.meta!.directoryId };
}

async function change(connection: RawConnection, kind: 'add' | 'remove', node: BrokerNode): Promise<number> {
  const message = { clusterId: null, ...keyOf(node) };
  if (kind === 'remove') {
    return (
      await connection.send({
        request: RemoveRaftVoterRequest,
        response: RemoveRaftVoterResponse,
        version: 0,
        message,
      })
    ).errorCode;
  }
  const { host, port } = node.addressOf('CONTROLLER')!;
  const listeners = [{ name: 'CONTROLLER', host, port }];
  for (;;) {
    const { errorCode } = await connection.send({
      request: AddRaftVoterRequest,
      response: AddRaftVoterResponse,
      version: 1,
      message: { ...message, timeoutMs: 1000, listeners },
    });
    if (errorCode !== ErrorCode.REQUEST_TIMED_OUT) return errorCode;
  }
}

it('fixed voters are upgraded while they run, and changed from then on', async () => {
  await using cluster = await ThreeNodes.start();
  // Not the active controller: it is passed on.
  const removed = cluster.nodes.find((node) => node !== cluster.active)!;
  const connection = await cluster.connect(removed.nodeId);
  expect(await change(connection, 'remove', removed)).toBe(ErrorCode.UNSUPPORTED_VERSION);
  expect((await upgrade(connection, false, 2)).errorCode).toBe(ErrorCode.INVALID_UPDATE_VERSION);
  await upgradeWhenTold(connection);
  const active = await cluster.connect(cluster.active!.nodeId);
  expect(await kraftVersionOf(active)).toBe(1);
  expect((await upgrade(active)).errorCode).toBe(ErrorCode.NONE);

  expect(await change(connection, 'remove', removed)).toBe(ErrorCode.NONE);
  const without = cluster.nodes.filter((node) => node !== removed);
  expect(without.map((node) => String(node.cluster.metadata.quorum.voters))).toContain(
    without.map(({ nodeId }) => nodeId).join(),
  );

  // Their list of three voters stays in the properties, and counts no more.
  for (const { nodeId } of without) {
    await cluster.stopNode(nodeId);
    await cluster.startNode(nodeId);
  }
  expect(await change(connection, 'add', removed)).toBe(ErrorCode.NONE);
  await createTopic(connection, 'orders', { replicationFactor: 3 });
});

async function areIgnored(node: BrokerNode): Promise<number[]> {
  const values = await MetricValues.of(node);
  const names = [
    'controller_kafkacontroller_ignoredstaticvoters',
    'server_brokermetadatametrics_ignored_static_voters',
  ];
  return names.map((name) => values.get(`kafka_${name}`));
}

it('a node that was upgraded starts without the list of voters', async () => {
  await using cluster = await ThreeNodes.start();
  expect(await areIgnored(cluster.active!)).toEqual([0, 0]);
  const stopped = cluster.nodes.find((node) => node !== cluster.active)!.nodeId;
  const connection = await cluster.connect(cluster.active!.nodeId);
  await upgradeWhenTold(connection);
  expect(await areIgnored(cluster.active!)).toEqual([1, 1]);
  await cluster.stopNode(stopped);
  const servers = cluster.nodes.map((node) => {
    const { host, port } = node.addressOf('CONTROLLER')!;
    return `${host}:${port}`;
  });
  const restarted = await cluster.startNode(stopped, {
    'controller.quorum.voters': '',
    'controller.quorum.bootstrap.servers': servers.join(),
  });
  await createTopic(connection, 'orders', { replicationFactor: 3 });
  await restarted.cluster.metadata.loader.until(({ topics }) => topics.byName.has('orders'));
  expect(String(restarted.cluster.metadata.quorum.voters)).toBe('1,2,3');
  expect(await areIgnored(restarted)).toEqual([0, 0]);
});
