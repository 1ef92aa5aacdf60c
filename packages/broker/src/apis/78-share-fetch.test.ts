import { ErrorCode } from '@millrace/protocol';
import { DeleteRecordsRequest, DeleteRecordsResponse } from '@millrace/protocol/messages/delete-records';
import { describe, expect, it } from 'vitest';
import { ScriptedCluster } from '../partitions/testing/scripted-cluster.ts';
import { ShareClient } from '../share/testing/share-client.ts';
import { TestBroker } from '../testing/test-broker.ts';
import { TransactionClient } from '../testing/transaction-client.ts';

const [GAP, ACCEPT, RELEASE, REJECT, RENEW] = [0, 1, 2, 3, 4];
const SECOND = 'AAAAAAAAAAAAAAAAAAAAAg';
const onlyRenewal = { isRenewAck: true, maxBytes: 0, maxRecords: 0, minBytes: 0, maxWaitMs: 0 };

async function joined(server: TestBroker, settings: Readonly<Record<string, string>> = {}) {
  const client = new ShareClient(await server.connect());
  await client.prepare(1, settings);
  await client.join();
  return client;
}

const offsets = (taken: ReadonlyMap<number, string>) => [...taken.keys()];

describe('ShareFetch', () => {
  it('hands a record to one member at a time', async () => {
    await using server = await TestBroker.start();
    const first = await joined(server);
    const second = first.another(await server.connect(), SECOND);
    await first.produce(['a', 'b', 'c']);
    expect(await first.take()).toEqual(
      new Map([
        [0, 'a 1'],
        [1, 'b 1'],
        [2, 'c 1'],
      ]),
    );
    expect(await second.take()).toEqual(new Map());
    await first.produce(['d']);
    expect(offsets(await second.take())).toEqual([3]);
    const { bytesIn, bytesOut } = server.broker.partitions.get('t', 0)!.traffic;
    expect(bytesOut).toBe(bytesIn);
  });

  it('hands out again what was released, and not what was accepted or rejected', async () => {
    await using server = await TestBroker.start();
    const client = await joined(server);
    await client.produce(['a', 'b', 'c']);
    await client.take();
    const { responses } = await client.fetch([[0, 2, ACCEPT, RELEASE, REJECT]]);
    expect(responses[0]?.partitions).toMatchObject([{ errorCode: 0, acknowledgeErrorCode: 0 }]);
    expect(await client.take()).toEqual(new Map([[1, 'b 2']]));
  });

  it('waits for records, and is woken by them', async () => {
    await using server = await TestBroker.start();
    const client = await joined(server);
    const other = client.another(await server.connect(), SECOND);
    const taken = client.take({ maxWaitMs: 60_000 });
    await other.produce(['late']);
    expect(await taken).toEqual(new Map([[0, 'late 1']]));
  });

  it('waits for records that come back, and is woken by them', async () => {
    await using server = await TestBroker.start();
    const client = await joined(server);
    const other = client.another(await server.connect(), SECOND);
    await client.produce(['a']);
    await client.take();
    const taken = other.take({ maxWaitMs: 60_000 });
    await client.acknowledge([[0, 0, RELEASE]]);
    expect(await taken).toEqual(new Map([[0, 'a 2']]));
  });

  it('takes records back from a member that is silent for too long', async () => {
    const properties = { 'group.share.record.lock.duration.ms': 20 };
    await using server = await TestBroker.start(properties);
    const client = await joined(server);
    const other = client.another(await server.connect(), SECOND);
    await client.produce(['a']);
    await client.take();
    expect(await other.take({ maxWaitMs: 60_000 })).toEqual(new Map([[0, 'a 2']]));
    expect(await client.acknowledge([[0, 0, ACCEPT]])).toBe(ErrorCode.INVALID_RECORD_STATE);
  });

  it('takes records back from a connection that is gone, and counts the delivery', async () => {
    await using server = await TestBroker.start();
    const client = await joined(server);
    const other = client.another(await server.connect(), SECOND);
    await client.produce(['a']);
    await client.take();
    const taken = other.take({ maxWaitMs: 60_000 });
    client.connection.destroy();
    expect(await taken).toEqual(new Map([[0, 'a 2']]));
  });

  it('takes records back from a member that leaves the group', async () => {
    await using server = await TestBroker.start();
    const client = await joined(server);
    const other = client.another(await server.connect(), SECOND);
    await other.join();
    await client.produce(['a']);
    await client.take();
    const taken = other.take({ maxWaitMs: 60_000 });
    await client.heartbeat({ memberEpoch: -1 });
    expect(await taken).toEqual(new Map([[0, 'a 2']]));
  });

  it('ends a session, acknowledging first and giving back the rest', async () => {
    await using server = await TestBroker.start();
    const client = await joined(server);
    const other = client.another(await server.connect(), SECOND);
    await client.produce(['a', 'b']);
    await client.take();
    await client.fetch([[0, 0, ACCEPT]], { shareSessionEpoch: -1 });
    expect(await other.take()).toEqual(new Map([[1, 'b 2']]));
    const { errorCode } = await client.fetch([], { shareSessionEpoch: -1 });
    expect(errorCode).toBe(ErrorCode.SHARE_SESSION_NOT_FOUND);
  });

  it.each([
    ['another epoch than the next', { shareSessionEpoch: 7 }, ErrorCode.INVALID_SHARE_SESSION_EPOCH],
    ['no group', { groupId: null }, ErrorCode.INVALID_REQUEST],
    ['no member', { memberId: '' }, ErrorCode.INVALID_REQUEST],
    ['a long member id', { memberId: 'm'.repeat(37) }, ErrorCode.INVALID_REQUEST],
    ['a renewal that also fetches', { isRenewAck: true }, ErrorCode.INVALID_REQUEST],
    ['a renewal that waits', { ...onlyRenewal, maxWaitMs: 1 }, ErrorCode.INVALID_REQUEST],
  ])('refuses %s', async (_case, fields, errorCode) => {
    await using server = await TestBroker.start();
    const client = await joined(server);
    await client.fetch();
    expect((await client.fetch([], fields)).errorCode).toBe(errorCode);
  });

  it('refuses to acknowledge in the request that begins a session', async () => {
    await using server = await TestBroker.start();
    const client = await joined(server);
    expect((await client.fetch([[0, 0, ACCEPT]])).errorCode).toBe(ErrorCode.INVALID_REQUEST);
  });

  it('refuses sessions beyond group.share.max.share.sessions, when a fetch would be over', async () => {
    await using server = await TestBroker.start({ 'group.share.max.share.sessions': 1 });
    const client = await joined(server);
    await client.fetch();
    const other = client.another(await server.connect(), SECOND);
    const { clock } = server.host;
    const beganMs = clock.monotonicMs();
    const { errorCode } = await other.fetch([], { maxWaitMs: 50 });
    expect(errorCode).toBe(ErrorCode.SHARE_SESSION_LIMIT_REACHED);
    expect(clock.monotonicMs() - beganMs).toBeGreaterThan(45);
    // Its own may be begun anew.
    client.sessionEpoch = 0;
    expect((await client.fetch()).errorCode).toBe(ErrorCode.NONE);
  });

  it('renews without fetching', async () => {
    await using server = await TestBroker.start();
    const client = await joined(server);
    await client.produce(['a', 'b']);
    await client.take();
    const { responses } = await client.fetch([[0, 1, RENEW]], onlyRenewal);
    expect(responses[0]?.partitions).toMatchObject([{ acknowledgeErrorCode: 0, acquiredRecords: [] }]);
    await client.configure({ 'share.renew.acknowledge.enable': 'false' });
    const refused = await client.fetch([[0, 1, RENEW]], onlyRenewal);
    expect(refused.responses[0]?.partitions).toMatchObject([
      { acknowledgeErrorCode: ErrorCode.INVALID_RECORD_STATE },
    ]);
  });

  it('says of each partition why it cannot be fetched', async () => {
    await using server = await TestBroker.start();
    const client = await joined(server);
    const partition = { partitionIndex: 0, acknowledgementBatches: [] };
    const topics = [
      { topicId: 'AAAAAAAAAAAAAAAAAAAAAw', partitions: [partition] },
      { topicId: client.topicId, partitions: [{ ...partition, partitionIndex: 7 }] },
    ];
    const { responses } = await client.fetch([], { topics });
    const errors = responses.flatMap(({ partitions }) => partitions.map(({ errorCode }) => errorCode));
    expect(errors.toSorted((a, b) => a - b)).toEqual([
      ErrorCode.UNKNOWN_TOPIC_OR_PARTITION,
      ErrorCode.UNKNOWN_TOPIC_ID,
    ]);
  });

  it('says who leads a partition instead', async () => {
    await using cluster = await ScriptedCluster.start(2);
    await cluster.createTopic({ replicas: [1, 2], leader: 2 });
    const client = new ShareClient(await cluster.connect(1));
    client.topicId = cluster.node(1).broker.image.topics.byName.get('orders')!.id;
    const { responses, nodeEndpoints } = await client.fetch();
    const { leaderEpoch } = cluster.current;
    expect(responses[0]!.partitions).toMatchObject([
      { errorCode: ErrorCode.NOT_LEADER_OR_FOLLOWER, currentLeader: { leaderId: 2, leaderEpoch } },
    ]);
    expect(nodeEndpoints.map(({ nodeId }) => nodeId)).toContain(2);
  });

  it('begins where the settings of the group say', async () => {
    await using server = await TestBroker.start();
    const client = await joined(server, { 'share.auto.offset.reset': 'latest' });
    await client.produce(['before']);
    expect(await client.take()).toEqual(new Map());
    await client.produce(['after']);
    expect(await client.take()).toEqual(new Map([[1, 'after 1']]));
  });

  it('skips what was deleted from the log meanwhile', async () => {
    await using server = await TestBroker.start();
    const client = await joined(server);
    await client.produce(['a', 'b']);
    await client.produce(['c']);
    await client.connection.send({
      request: DeleteRecordsRequest,
      response: DeleteRecordsResponse,
      version: 2,
      message: { topics: [{ name: 't', partitions: [{ partitionIndex: 0, offset: 2 }] }], timeoutMs: 1000 },
    });
    expect(await client.take()).toEqual(new Map([[2, 'c 1']]));
  });

  it('hands out what is committed only, if the group says so', async () => {
    await using server = await TestBroker.start();
    const client = await joined(server, { 'share.isolation.level': 'read_committed' });
    const producer = await TransactionClient.start(server, 'tx');
    await producer.init();
    await producer.produce('t', 'aborted', 0);
    expect(await client.take()).toEqual(new Map());
    const marker = client.take({ maxWaitMs: 60_000 });
    await producer.end(false);
    // The marker has an offset of its own, at which there is nothing to see.
    expect(await marker).toEqual(new Map());
    await producer.produce('t', 'committed', 0);
    const taken = client.take({ maxWaitMs: 60_000 });
    await producer.end(true);
    expect([...(await taken).values()]).toEqual(['committed 1']);
    expect(
      await client.acknowledge([
        [1, 1, GAP],
        [2, 2, ACCEPT],
      ]),
    ).toBe(ErrorCode.NONE);
  });
});
