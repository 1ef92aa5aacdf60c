import { memoryHost, Simulation } from '@millrace/host';
import { ErrorCode } from '@millrace/protocol';
import { describe, expect, test } from 'vitest';
import { CLUSTER_ID, openQuorum, RecordedListener, valueBatch } from '../testing/open-quorum.ts';
import { hostName, QUORUM_PORT, QuorumNode } from '../testing/quorum-node.ts';
import { VoterSet } from './voter-set.ts';

const SNAPSHOT = '/data/__cluster_metadata-0/00000000000000000003-0000000001.checkpoint';
const OTHER_CLUSTER = 'b3RoZXJfY2x1c3Rlcl9pZA';

async function withSnapshot() {
  const host = memoryHost();
  const { quorum, listener, close } = await openQuorum(host, '/data');
  quorum.start();
  await listener.until(() => quorum.isLeader);
  await quorum.append(1, valueBatch('a', 'b'), 2).committed;
  await quorum.saveSnapshot({ endOffset: 3, lastTimestampMs: 0, batches: [valueBatch('a and b')] });
  await close();
  return host;
}

/** Why a start on this disk ends. */
async function failureOn(host: ReturnType<typeof memoryHost>): Promise<Error> {
  const { quorum, close } = await openQuorum(host, '/data');
  quorum.start();
  const failure = await quorum.failed;
  await close();
  return failure;
}

describe('a snapshot of its own', () => {
  test('that is damaged stops the start, and stays where it is', async () => {
    const host = await withSnapshot();
    const bytes = await host.disk.readFile(SNAPSHOT);
    bytes[bytes.length >> 1]! ^= 1;
    await host.disk.writeFile(SNAPSHOT, bytes);
    expect((await failureOn(host)).message).toMatch(/checkpoint: it is damaged at byte \d+ of \d+/);
    expect(await host.disk.stat(SNAPSHOT)).toBeDefined();
  });

  test('that was cut stops the start', async () => {
    const host = await withSnapshot();
    const bytes = await host.disk.readFile(SNAPSHOT);
    await host.disk.writeFile(SNAPSHOT, bytes.subarray(0, bytes.length - 20));
    expect((await failureOn(host)).message).toContain('is damaged at byte');
  });

  test('that was replaced by another file stops the start', async () => {
    const host = await withSnapshot();
    await host.disk.writeFile(SNAPSHOT, valueBatch('not a snapshot'));
    expect((await failureOn(host)).message).toContain('its footer is missing');
  });
});

test('a listener that cannot go on stops the quorum on this node', async () => {
  const listener = new RecordedListener();
  listener.onCommitted = () => {
    throw new Error('no such record type');
  };
  const { quorum, close } = await openQuorum(memoryHost(), '/data', { listener });
  quorum.start();
  expect((await quorum.failed).message).toBe('no such record type');
  expect(quorum.isLeader).toBe(false);
  await close();
});

test('a node of another cluster changes nothing, and is told so', async () => {
  const { quorum, listener, close } = await openQuorum(memoryHost(), '/data');
  quorum.start();
  await listener.until(() => quorum.isLeader);
  const partition = {
    partitionIndex: 0,
    replicaEpoch: 50,
    replicaId: 9,
    replicaDirectoryId: 'AAAAAAAAAAAAAAAAAAAACQ',
    voterDirectoryId: 'AAAAAAAAAAAAAAAAAAAAAA',
    lastOffsetEpoch: 40,
    lastOffset: 1000,
    preVote: false,
  };
  const topics = [{ topicName: '__cluster_metadata', partitions: [partition] }];
  const foreign = await quorum.handleVote({ clusterId: OTHER_CLUSTER, voterId: 1, topics }, 2);
  expect(foreign.errorCode).toBe(ErrorCode.INCONSISTENT_CLUSTER_ID);
  expect([quorum.isLeader, quorum.epoch]).toEqual([true, 1]);
  const own = await quorum.handleVote({ clusterId: CLUSTER_ID, voterId: 1, topics }, 2);
  expect(own).toMatchObject({
    errorCode: 0,
    topics: [{ partitions: [{ leaderEpoch: 50, voteGranted: true }] }],
  });
  await close();
});

test('a directory of another cluster does not disturb the quorum that it is started beside', () => {
  const simulation = new Simulation({ seed: 'foreign' });
  const staticVoters = VoterSet.parse(
    [1, 2, 3].map((id) => `${id}@${hostName(id)}:${QUORUM_PORT}`).join(','),
    'CONTROLLER',
  );
  const nodes = [1, 2, 3].map((nodeId) => {
    const clusterId = nodeId === 3 ? OTHER_CLUSTER : CLUSTER_ID;
    return new QuorumNode({
      simulation,
      nodeId,
      directoryId: `AAAAAAAAAAAAAAAAAAA${nodeId}AA`,
      quorum: { staticVoters, clusterId },
      listener: () => new RecordedListener(),
    });
  });
  return simulation.run(async () => {
    await Promise.all(nodes.map((node) => node.start()));
    await simulation.sleep(20_000);
    const [one, two, foreign] = nodes.map(({ quorum }) => quorum!);
    expect([one!.isLeader, two!.isLeader].filter(Boolean)).toHaveLength(1);
    expect(one!.leader.epoch).toBe(two!.leader.epoch);
    expect([foreign!.leader.leaderId, foreign!.highWatermark]).toEqual([-1, -1]);
  });
});
