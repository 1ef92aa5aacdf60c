import { SeededRandom } from '@millrace/host';
import { ApiKey, encodeRequest, ZERO_UUID } from '@millrace/protocol';
import { MetadataRequest, MetadataResponse } from '@millrace/protocol/messages/metadata';
import { expect, test } from 'vitest';
import { allApis } from '../apis/all-apis.ts';
import { append, batchOf, createTopic, produceRequest } from '../testing/requests.ts';
import { TestBroker } from '../testing/test-broker.ts';

const ROUNDS = 40;
const REQUESTS_PER_ROUND = 50;

/** Fields that let a request get further than the first check. */
const wanted: Readonly<Record<number, object>> = {
  [ApiKey.JOIN_GROUP]: { groupId: 'g', sessionTimeoutMs: 10_000, protocolType: 'consumer' },
  [ApiKey.SYNC_GROUP]: { groupId: 'g' },
  [ApiKey.HEARTBEAT]: { groupId: 'g' },
  [ApiKey.LEAVE_GROUP]: { groupId: 'g' },
  [ApiKey.METADATA]: { topics: [{ name: 'orders', topicId: ZERO_UUID }] },
};

/** A request that is nearly right: a message of some API and version with some bytes replaced. */
function hostileRequest(random: SeededRandom): Buffer {
  const handler = allApis[random.uint32() % allApis.length]!;
  const version = handler.minVersion + (random.uint32() % (handler.maxVersion - handler.minVersion + 1));
  const isProduce = handler.key === ApiKey.PRODUCE && random.uint32() % 2 === 0;
  const request = isProduce
    ? { ...produceRequest('orders', batchOf(['a', 'b']), { version: 9 }), codec: handler.request }
    : { codec: handler.request, version, message: { ...handler.request.create(), ...wanted[handler.key] } };
  const { codec, version: sentVersion, message } = request;
  const frame = Buffer.concat(
    encodeRequest({
      codec,
      version: sentVersion,
      correlationId: 1,
      clientId: 'c',
      message: message as never,
    }),
  );
  const extra = random.bytes(random.uint32() % 24);
  const bytes = Buffer.concat([frame, extra]);
  for (let flips = random.uint32() % 6; flips > 0; flips--) {
    const position = 12 + (random.uint32() % Math.max(1, bytes.length - 12));
    if (position < bytes.length) bytes[position] = random.uint32() & 0xff;
  }
  bytes.writeInt32BE(bytes.length - 4, 0);
  return bytes;
}

test('requests with random damage never cause an unexpected error, and never harm another client', async () => {
  const server = await TestBroker.start();
  const healthy = await server.connect();
  await createTopic(healthy, 'orders');
  const random = new SeededRandom('hostile');
  for (let round = 0; round < ROUNDS; round++) {
    const connections = await Promise.all(Array.from({ length: REQUESTS_PER_ROUND }, () => server.connect()));
    for (const connection of connections) connection.sendBytes(hostileRequest(random));
    const message = { topics: [{ name: 'orders' }] };
    const answer = await healthy.send({
      request: MetadataRequest,
      response: MetadataResponse,
      version: 9,
      message,
    });
    expect(answer.topics[0]!.name).toBe('orders');
    for (const connection of connections) connection.destroy();
  }
  await expect(append(healthy, 'orders', ['still there'])).resolves.toBeGreaterThanOrEqual(0);
  await server[Symbol.asyncDispose]();
  expect(server.lines.filter(({ level }) => level === 'error')).toEqual([]);
});
