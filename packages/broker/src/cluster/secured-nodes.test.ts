import { memoryHost, type Host } from '@millrace/host';
import { CertificateAuthority } from '@millrace/test-certificates';
import { describe, expect, it } from 'vitest';
import type { BrokerProperties } from '../config/broker-properties.ts';
import { append, createTopic } from '../testing/requests.ts';
import { setScramPassword } from '../testing/scram-user.ts';
import { ThreeNodes } from '../testing/three-nodes.ts';

const authority = new CertificateAuthority('The cluster');
const stranger = new CertificateAuthority('Somebody else');

/** Gives a host a key, a certificate of an authority, and somebody to trust. */
async function equip(host: Host, name: string, { issuer = authority, trusted = authority } = {}) {
  const { key, certificate } = issuer.issue({ subject: [['CN', name]] });
  await host.disk.makeDirectory('/etc');
  await host.disk.writeFile('/etc/node.pem', key + certificate);
  await host.disk.writeFile('/etc/trusted.pem', trusted.certificate);
}

const tls: BrokerProperties = {
  'inter.broker.listener.name': 'INTERNAL',
  'ssl.keystore.location': '/etc/node.pem',
  'ssl.truststore.location': '/etc/trusted.pem',
  'ssl.client.auth': 'required',
  'default.replication.factor': 3,
  'offsets.topic.replication.factor': 3,
};

const mutualTls: BrokerProperties = {
  ...tls,
  'listener.security.protocol.map': 'INTERNAL:SSL,CONTROLLER:SSL,CLIENT:PLAINTEXT',
};

/** Brokers log in to each other with SCRAM, to the controllers, who keep its passwords, with PLAIN. */
const sasl: BrokerProperties = {
  ...tls,
  'listener.security.protocol.map': 'INTERNAL:SASL_SSL,CONTROLLER:SASL_SSL,CLIENT:PLAINTEXT',
  'sasl.mechanism.inter.broker.protocol': 'SCRAM-SHA-512',
  'sasl.mechanism.controller.protocol': 'PLAIN',
  'listener.name.internal.sasl.enabled.mechanisms': 'SCRAM-SHA-512',
  'listener.name.controller.sasl.enabled.mechanisms': 'PLAIN',
  'listener.name.internal.scram-sha-512.sasl.jaas.config':
    'ScramLoginModule required username="node" password="replicate";',
  'listener.name.controller.plain.sasl.jaas.config':
    'PlainLoginModule required username="node" password="govern" user_node="govern";',
};

function start(properties: BrokerProperties): Promise<ThreeNodes> {
  return ThreeNodes.start(properties, {
    listeners: ['INTERNAL', 'CLIENT'],
    prepare: (host, id) => equip(host, `node-${id}`),
  });
}

/** Resolves when all three replicas are in sync, as the first of the nodes knows it. */
async function inSync(cluster: ThreeNodes, count: number): Promise<void> {
  const [node] = cluster.nodes;
  await node!.cluster.metadata.loader.until(
    ({ topics }) => topics.byName.get('orders')?.partitions[0]?.inSyncReplicas.length === count,
  );
}

function leaderOf({ nodes: [node] }: ThreeNodes): number {
  return node!.image.topics.byName.get('orders')!.partitions[0]!.leader;
}

async function appendAtLeader(cluster: ThreeNodes, value: string): Promise<number> {
  return append(await cluster.connect(leaderOf(cluster), 'CLIENT'), 'orders', [value]);
}

/** Records are on all nodes, and others lead when the node that leads everything goes. */
async function replicatesAndFailsOver(cluster: ThreeNodes): Promise<void> {
  await inSync(cluster, 3);
  expect(await appendAtLeader(cluster, 'before')).toBe(0);
  const gone = leaderOf(cluster);
  await cluster.stopNode(gone);
  await cluster.nodes[0]!.cluster.metadata.loader.until(
    ({ topics }) => ![-1, gone].includes(topics.byName.get('orders')!.partitions[0]!.leader),
  );
  expect(await appendAtLeader(cluster, 'after')).toBe(1);
  await cluster.startNode(gone);
  await inSync(cluster, 3);
  const ends = cluster.nodes.map(({ partitions }) => partitions.replica('orders', 0)!.log.logEndOffset);
  expect(ends).toEqual([2, 2, 2]);
}

describe('nodes that know each other by their certificates', () => {
  it('form a cluster, replicate, and go on when one of them goes', async () => {
    await using cluster = await start(mutualTls);
    await createTopic(await cluster.connect(1, 'CLIENT'), 'orders', { partitions: 1, replicationFactor: 3 });
    await replicatesAndFailsOver(cluster);
  });

  it.each([
    [
      'whose certificate is somebody else’s',
      { issuer: stranger },
      /does it trust the certificate of this node\?$/,
    ],
    ['that does not trust theirs', { trusted: stranger }, /127.0.0.1:\d+ cannot be reached: .*certificate/],
  ])('refuse a node %s with one line, and go on', async (_, credentials, reason) => {
    await using cluster = await start(mutualTls);
    const host = memoryHost();
    await equip(host, 'node-4', credentials);
    const impatient = { 'initial.broker.registration.timeout.ms': 1000 };
    const refusal = await cluster.startBroker(4, impatient, host).catch((error: Error) => error.message);
    expect(refusal).toMatch(/^Node 4 has not reached an active controller within 1000 ms at 127/);
    expect(refusal).toMatch(reason);
    expect(refusal).not.toContain('\n');
    await createTopic(await cluster.connect(2, 'CLIENT'), 'orders', { partitions: 1, replicationFactor: 3 });
    expect(cluster.nodes[0]!.image.brokers.has(4)).toBe(false);
  });
});

describe('nodes that log in to each other over TLS', () => {
  it('form a cluster, replicate once the user is known, and go on when one of them goes', async () => {
    await using cluster = await start(sasl);
    const connection = await cluster.connect(1, 'CLIENT');
    await setScramPassword(connection, 'SCRAM-SHA-512', 'node', 'replicate');
    await createTopic(connection, 'orders', { partitions: 1, replicationFactor: 3 });
    await replicatesAndFailsOver(cluster);
  });

  it('refuse a node with another password with one line', async () => {
    await using cluster = await start(sasl);
    const host = memoryHost();
    await equip(host, 'node-4');
    const wrong = {
      'listener.name.controller.plain.sasl.jaas.config':
        'PlainLoginModule required username="node" password="guessed" user_node="guessed";',
      'initial.broker.registration.timeout.ms': 1000,
    };
    const refusal = await cluster.startBroker(4, wrong, host).catch((error: Error) => error.message);
    expect(refusal).toMatch(/^Node 4 has not reached an active controller within 1000 ms at .*login/i);
    expect(refusal).not.toContain('\n');
  });
});
