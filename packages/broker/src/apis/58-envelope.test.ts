import {
  encodeRequest,
  ErrorCode,
  readResponseHeader,
  WireReader,
  type MessageCodec,
} from '@millrace/protocol';
import { CreateTopicsRequest, CreateTopicsResponse } from '@millrace/protocol/messages/create-topics';
import { EnvelopeRequest, EnvelopeResponse } from '@millrace/protocol/messages/envelope';
import { MetadataRequest } from '@millrace/protocol/messages/metadata';
import { describe, expect, it } from 'vitest';
import { hostBytes, principalBytes } from '../cluster/client-identity.ts';
import type { RawConnection } from '../testing/raw-connection.ts';
import { startController } from '../testing/controller-listener.ts';

const topic = { name: 'orders', numPartitions: 1, replicationFactor: 1, assignments: [], configs: [] };

function frameOf<Message extends object>(
  codec: MessageCodec<object, Message>,
  version: number,
  message: Message,
): Buffer {
  return Buffer.concat(
    encodeRequest({ codec, version, correlationId: 77, clientId: 'shop', message }),
  ).subarray(4);
}

function pass(connection: RawConnection, requestData: Buffer, principal = principalBytes('User:bob')) {
  return connection.send({
    request: EnvelopeRequest,
    response: EnvelopeResponse,
    version: 0,
    message: { requestData, requestPrincipal: principal, clientHostAddress: hostBytes('10.0.0.9') },
  });
}

describe('Envelope', () => {
  it('does what the client asks, and answers it, in version 0', async () => {
    await using node = await startController();
    const frame = frameOf(CreateTopicsRequest, 7, { topics: [topic], timeoutMs: 1000 });
    const { errorCode, responseData } = await pass(node.connection, frame);
    expect(errorCode).toBe(ErrorCode.NONE);
    const reader = new WireReader(responseData!);
    expect(readResponseHeader(reader, CreateTopicsRequest.apiKey, 7)).toMatchObject({ correlationId: 77 });
    const { topics } = CreateTopicsResponse.read(reader, 7);
    expect(topics).toMatchObject([{ name: 'orders', errorCode: ErrorCode.NONE, numPartitions: 1 }]);
    expect(node.server.broker.image.topics.byName.has('orders')).toBe(true);
  });

  it('takes nothing that brokers answer themselves, and nobody without a name', async () => {
    await using node = await startController();
    const metadata = frameOf(MetadataRequest, 9, { topics: null });
    expect((await pass(node.connection, metadata)).errorCode).toBe(ErrorCode.INVALID_REQUEST);
    const create = frameOf(CreateTopicsRequest, 7, { topics: [topic], timeoutMs: 1000 });
    const nameless = await pass(node.connection, create, Buffer.from([9]));
    expect(nameless.errorCode).toBe(ErrorCode.PRINCIPAL_DESERIALIZATION_FAILURE);
    expect(node.server.broker.image.topics.byName.size).toBe(0);
  });

  it('says that another is to be asked while this is not the active controller', async () => {
    await using node = await startController();
    node.server.broker.controller.deactivate();
    const frame = frameOf(CreateTopicsRequest, 7, { topics: [topic], timeoutMs: 1000 });
    expect((await pass(node.connection, frame)).errorCode).toBe(ErrorCode.NOT_CONTROLLER);
  });
});
