import { ErrorCode } from '@millrace/protocol';
import {
  UnregisterBrokerRequest,
  UnregisterBrokerResponse,
} from '@millrace/protocol/messages/unregister-broker';
import { describe, expect, it } from 'vitest';
import { TestBroker } from '../testing/test-broker.ts';

describe('a node alone', () => {
  it('does not unregister itself, nor a stranger', async () => {
    await using server = await TestBroker.start();
    const connection = await server.connect();
    const codes = [1, 77].map(async (brokerId) => {
      const { errorCode } = await connection.send({
        request: UnregisterBrokerRequest,
        response: UnregisterBrokerResponse,
        version: 0,
        message: { brokerId },
      });
      return errorCode;
    });
    expect(await Promise.all(codes)).toEqual([ErrorCode.INVALID_REQUEST, ErrorCode.BROKER_ID_NOT_REGISTERED]);
  });
});
