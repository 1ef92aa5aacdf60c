import { ErrorCode, ZERO_UUID } from '@millrace/protocol';
import { DeleteTopicsRequest, DeleteTopicsResponse } from '@millrace/protocol/messages/delete-topics';
import { describe, expect, it } from 'vitest';
import type { RawConnection } from '../testing/raw-connection.ts';
import { append, createTopic, listTopics } from '../testing/requests.ts';
import { createAcls } from '../testing/acls.ts';
import { connectAs, startSecuredBroker } from '../testing/secured-broker.ts';
import { TestBroker } from '../testing/test-broker.ts';

async function deleteByName(connection: RawConnection, version: number, ...names: string[]) {
  const topics = names.map((name) => ({ name, topicId: ZERO_UUID }));
  const message = version >= 6 ? { topics, timeoutMs: 1000 } : { topicNames: names, timeoutMs: 1000 };
  const request = { request: DeleteTopicsRequest, response: DeleteTopicsResponse, version, message } as const;
  return (await connection.send(request)).responses;
}

async function deleteBy(connection: RawConnection, reference: { name: string | null; topicId: string }) {
  const message = { topics: [reference], timeoutMs: 1000 };
  const request = {
    request: DeleteTopicsRequest,
    response: DeleteTopicsResponse,
    version: 6,
    message,
  } as const;
  return (await connection.send(request)).responses[0]!;
}

describe('DeleteTopics', () => {
  it.each([1, 4, 6])('deletes what exists, and its data, in version %i', async (version) => {
    await using server = await TestBroker.start();
    const connection = await server.connect();
    await createTopic(connection, 'orders', { configs: { 'retention.ms': '7' } });
    await append(connection, 'orders', ['old']);
    const [gone, unknown] = await deleteByName(connection, version, 'orders', 'nothing');
    expect(gone).toMatchObject({ name: 'orders', errorCode: ErrorCode.NONE });
    expect(unknown).toMatchObject({ name: 'nothing', errorCode: ErrorCode.UNKNOWN_TOPIC_OR_PARTITION });
    expect(await listTopics(connection)).toEqual([]);

    await createTopic(connection, 'orders');
    const { log } = server.broker.partitions.get('orders', 0)!;
    expect([log.logEndOffset, log.config['retention.ms']]).toEqual([0, 604800000]);
  });

  it('deletes by id', async () => {
    await using server = await TestBroker.start();
    const connection = await server.connect();
    const topicId = await createTopic(connection, 'orders');
    const unknown = await deleteBy(connection, { name: null, topicId: 'AAAAAAAAAAAAAAAAAAAAZA' });
    expect(unknown.errorCode).toBe(ErrorCode.UNKNOWN_TOPIC_ID);
    const both = await deleteBy(connection, { name: 'orders', topicId });
    expect(both.errorCode).toBe(ErrorCode.INVALID_REQUEST);
    expect(await deleteBy(connection, { name: null, topicId })).toMatchObject({
      name: 'orders',
      errorCode: 0,
    });
  });

  it('needs a right on the topic or on the cluster, and hides nothing from who may see the topic', async () => {
    await using server = await startSecuredBroker();
    const [admin, alice] = [await connectAs(server, 'admin'), await connectAs(server, 'alice')];
    await createTopic(admin, 'orders');
    await createAcls(admin, [{ type: 'TOPIC', name: '*', operation: 'DESCRIBE' }]);
    expect(await deleteByName(alice, 6, 'orders', 'nothing')).toMatchObject([
      { name: 'nothing', errorCode: ErrorCode.UNKNOWN_TOPIC_OR_PARTITION },
      { name: 'orders', errorCode: ErrorCode.TOPIC_AUTHORIZATION_FAILED },
    ]);
    await createAcls(admin, [{ type: 'CLUSTER', name: 'kafka-cluster', operation: 'ALL' }]);
    expect(await deleteByName(alice, 6, 'orders')).toMatchObject([{ errorCode: ErrorCode.NONE }]);
  });

  it('refuses when the broker does not allow it', async () => {
    await using server = await TestBroker.start({ 'delete.topic.enable': false });
    const connection = await server.connect();
    await createTopic(connection, 'orders');
    const errorIn = async (version: number) =>
      (await deleteByName(connection, version, 'orders'))[0]!.errorCode;
    expect(await errorIn(6)).toBe(ErrorCode.TOPIC_DELETION_DISABLED);
    expect(await errorIn(1)).toBe(ErrorCode.INVALID_REQUEST);
    expect(await listTopics(connection)).toEqual(['orders']);
  });
});
