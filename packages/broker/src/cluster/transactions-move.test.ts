import { memoryHost } from '@millrace/host';
import { ErrorCode } from '@millrace/protocol';
import { describe, expect, it } from 'vitest';
import type { BrokerNode } from '../broker-node.ts';
import { CONSUMER_OFFSETS_TOPIC, TRANSACTION_STATE_TOPIC } from '../metadata/topic-names.ts';
import { createTopic } from '../testing/requests.ts';
import { ThreeNodes } from '../testing/three-nodes.ts';
import { TransactionClient } from '../testing/transaction-client.ts';

const TOPICS = ['a', 'b', 'c', 'd', 'e', 'f'];
const properties = {
  'transaction.state.log.num.partitions': 1,
  'offsets.topic.num.partitions': 1,
  // Nodes stop in order here; on a busy machine nobody else is to be taken for dead.
  'broker.session.timeout.ms': 60_000,
  'controller.quorum.fetch.timeout.ms': 10_000,
};

/** Three nodes, topics of one partition whose leaders are spread over them, and internal topics with leaders. */
async function start(): Promise<ThreeNodes> {
  const cluster = await ThreeNodes.start(properties);
  const connection = await cluster.connect(1);
  for (const topic of TOPICS) await createTopic(connection, topic, { partitions: 1, replicationFactor: 3 });
  for (const topic of [TRANSACTION_STATE_TOPIC, CONSUMER_OFFSETS_TOPIC])
    await cluster
      .node(1)
      .ensureInternalTopic(topic)
      .catch(() => undefined);
  for (const { cluster: membership } of cluster.nodes)
    await membership.metadata.loader.until(({ topics }) =>
      [...TOPICS, TRANSACTION_STATE_TOPIC, CONSUMER_OFFSETS_TOPIC].every((topic) => topics.byName.has(topic)),
    );
  return cluster;
}

/** The node that leads partition 0 now, as a node that runs says it. */
function leaderOf(cluster: ThreeNodes, topic: string): BrokerNode {
  const [anybody] = cluster.nodes;
  const leader = anybody!.image.topics.byName.get(topic)!.partitions[0]!.leader;
  return cluster.nodes.find(({ nodeId }) => nodeId === leader)!;
}

/** The client that speaks to the leader of the topic's partition. */
async function clientAt(
  cluster: ThreeNodes,
  topic: string,
  from?: TransactionClient,
): Promise<TransactionClient> {
  const connection = await cluster.connect(leaderOf(cluster, topic).nodeId);
  return TransactionClient.over(connection, 't', from?.producer);
}

/** Tries again while nodes are finding out who leads. */
async function eventually<Result>(
  attempt: () => Promise<Result>,
  isDone: (result: Result) => boolean,
): Promise<Result> {
  for (;;) {
    const result = await attempt();
    if (isDone(result)) return result;
    await new Promise<void>((resolve) => memoryHost().timers.schedule(5, resolve));
  }
}

const isOk = ({ errorCode }: { readonly errorCode: number }) => errorCode === ErrorCode.NONE;

/** A transaction with a record in every topic, open. */
async function openTransaction(cluster: ThreeNodes): Promise<TransactionClient> {
  const client = await clientAt(cluster, TRANSACTION_STATE_TOPIC);
  await eventually(() => client.init(), isOk);
  for (const topic of TOPICS) {
    const at = await clientAt(cluster, topic, client);
    await eventually(
      () => at.produce(topic, `in ${topic}`, 0),
      (errorCode) => errorCode === ErrorCode.NONE,
    );
  }
  return client;
}

function coordinatorOf(cluster: ThreeNodes): BrokerNode {
  return leaderOf(cluster, TRANSACTION_STATE_TOPIC);
}

/** What readers of committed records get of all topics once nothing is open any more. */
async function readAll(cluster: ThreeNodes): Promise<string[]> {
  const values: string[] = [];
  for (const topic of TOPICS) {
    const read = await eventually(
      async () => {
        const leader = leaderOf(cluster, topic);
        const { log } = leader.partitions.get(topic, 0) ?? {};
        const isSettled =
          log !== undefined && log.lastStableOffset === log.highWatermark && log.highWatermark > 1;
        return isSettled ? (await clientAt(cluster, topic)).readCommitted(topic) : undefined;
      },
      (result) => result !== undefined,
    );
    values.push(...read!.values);
  }
  return values;
}

const whole = TOPICS.map((topic) => `in ${topic}`);

describe('a transaction whose coordinator goes', { timeout: 120_000 }, () => {
  it('after the decision, before its markers have left: the next coordinator sends them', async () => {
    await using cluster = await start();
    const client = await openTransaction(cluster);
    const coordinator = coordinatorOf(cluster);
    // From now on it reaches nobody else's partitions: it is between the markers of its own and those of others.
    coordinator.cluster.brokerChannels('markers').close();
    expect((await client.end(true)).errorCode).toBe(ErrorCode.NONE);
    const own = TOPICS.filter((topic) => leaderOf(cluster, topic) === coordinator);
    const others = TOPICS.filter((topic) => leaderOf(cluster, topic) !== coordinator);
    for (const topic of own) {
      const { log } = coordinator.partitions.get(topic, 0)!;
      await eventually(
        async () => log.lastStableOffset,
        (offset) => offset === 2,
      );
    }
    for (const topic of others) {
      const { log } = leaderOf(cluster, topic).partitions.get(topic, 0)!;
      expect(log.lastStableOffset).toBe(0);
    }
    await cluster.stopNode(coordinator.nodeId);
    expect(await readAll(cluster)).toEqual(whole);
  });

  it('before the decision: the client ends it at the next coordinator', async () => {
    await using cluster = await start();
    const client = await openTransaction(cluster);
    await cluster.stopNode(coordinatorOf(cluster).nodeId);
    const ended = await eventually(async () => {
      const next = await clientAt(cluster, TRANSACTION_STATE_TOPIC, client);
      return next.end(true);
    }, isOk);
    expect(ended.producerEpoch).toBe(client.producer.producerEpoch + 1);
    expect(await readAll(cluster)).toEqual(whole);
  });

  it('is decided once: a client that asks the next coordinator again is told what was', async () => {
    await using cluster = await start();
    const client = await openTransaction(cluster);
    const before = client.producer;
    const coordinator = coordinatorOf(cluster);
    coordinator.cluster.brokerChannels('markers').close();
    expect((await client.end(true)).errorCode).toBe(ErrorCode.NONE);
    await cluster.stopNode(coordinator.nodeId);
    const again = async (isCommit: boolean) => {
      const next = await clientAt(cluster, TRANSACTION_STATE_TOPIC);
      return next.end(isCommit, 5, before);
    };
    // Late, and for the other outcome: refused, whoever coordinates.
    const refused = await eventually(
      () => again(false),
      ({ errorCode }) => errorCode === ErrorCode.INVALID_TXN_STATE,
    );
    expect(refused.errorCode).toBe(ErrorCode.INVALID_TXN_STATE);
    const repeated = await eventually(() => again(true), isOk);
    expect(repeated).toMatchObject({
      producerId: before.producerId,
      producerEpoch: before.producerEpoch + 1,
    });
    expect(await readAll(cluster)).toEqual(whole);
  });
});
