import { ErrorCode } from '@millrace/protocol';
import { describe, expect, test } from 'vitest';
import { handshake, startSecuredBroker } from '../testing/secured-broker.ts';
import { TestBroker } from '../testing/test-broker.ts';

describe('SaslHandshake', () => {
  test.each([0, 1])('says what is offered, in version %i', async (version) => {
    await using server = await startSecuredBroker({ 'sasl.enabled.mechanisms': 'PLAIN,SCRAM-SHA-512' });
    expect(await handshake(await server.connect(), 'SCRAM-SHA-512', version)).toMatchObject({
      errorCode: ErrorCode.NONE,
      mechanisms: ['PLAIN', 'SCRAM-SHA-512'],
    });
  });

  test('refuses another mechanism with the list, and closes', async () => {
    await using server = await startSecuredBroker();
    const connection = await server.connect();
    expect(await handshake(connection, 'GSSAPI')).toMatchObject({
      errorCode: ErrorCode.UNSUPPORTED_SASL_MECHANISM,
      mechanisms: ['PLAIN'],
    });
    await connection.closed;
  });

  test('means nothing on a listener without SASL', async () => {
    await using server = await TestBroker.start();
    expect(await handshake(await server.connect())).toMatchObject({
      errorCode: ErrorCode.ILLEGAL_SASL_STATE,
      mechanisms: [],
    });
  });
});
