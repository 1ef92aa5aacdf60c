import { memoryHost } from '@millrace/host';
import { ErrorCode } from '@millrace/protocol';
import {
  AlterUserScramCredentialsRequest,
  AlterUserScramCredentialsResponse,
  type AlterUserScramCredentialsRequestInput,
} from '@millrace/protocol/messages/alter-user-scram-credentials';
import { describe, expect, test } from 'vitest';
import type { RawConnection } from '../testing/raw-connection.ts';
import { connectAs, startSecuredBroker } from '../testing/secured-broker.ts';
import { TestBroker } from '../testing/test-broker.ts';

const bytes = Buffer.from('0123456789abcdef');

function upsertion(name: string, change: { readonly mechanism?: number; readonly iterations?: number } = {}) {
  return { name, mechanism: 1, iterations: 4096, salt: bytes, saltedPassword: bytes, ...change };
}

async function alter(connection: RawConnection, message: Partial<AlterUserScramCredentialsRequestInput>) {
  const { results } = await connection.send({
    request: AlterUserScramCredentialsRequest,
    response: AlterUserScramCredentialsResponse,
    version: 0,
    message: { deletions: [], upsertions: [], ...message },
  });
  return Object.fromEntries(results.map(({ user, errorCode }) => [user, errorCode]));
}

describe('AlterUserScramCredentials', () => {
  test('sets and removes, and what it did survives a restart', async () => {
    const host = memoryHost();
    {
      await using server = await TestBroker.start({}, host);
      const connection = await server.connect();
      await alter(connection, { upsertions: [upsertion('alice'), upsertion('bob')] });
      await alter(connection, { upsertions: [upsertion('alice', { mechanism: 2, iterations: 8192 })] });
      expect(await alter(connection, { deletions: [{ name: 'bob', mechanism: 1 }] })).toEqual({ bob: 0 });
    }
    await using server = await TestBroker.start({}, host);
    const { scramCredentials } = server.broker.image;
    expect([...scramCredentials.get('SCRAM-SHA-256')!.keys()]).toEqual(['alice']);
    const credential = scramCredentials.get('SCRAM-SHA-512')!.get('alice')!;
    expect(credential.iterations).toBe(8192);
    // The salted password would do to log in; it is not what is kept.
    expect(credential.storedKey.includes(bytes)).toBe(false);
  });

  test('refuses what cannot be, user by user', async () => {
    await using server = await TestBroker.start();
    const upsertions = [
      upsertion(''),
      upsertion('few', { iterations: 4095 }),
      upsertion('many', { iterations: 16385 }),
      upsertion('odd', { mechanism: 9 }),
      upsertion('twice'),
      upsertion('twice', { mechanism: 2 }),
      upsertion('fine'),
    ];
    const deletions = [{ name: 'nobody', mechanism: 1 }];
    expect(await alter(await server.connect(), { upsertions, deletions })).toEqual({
      '': ErrorCode.UNACCEPTABLE_CREDENTIAL,
      few: ErrorCode.UNACCEPTABLE_CREDENTIAL,
      many: ErrorCode.UNACCEPTABLE_CREDENTIAL,
      odd: ErrorCode.UNSUPPORTED_SASL_MECHANISM,
      twice: ErrorCode.DUPLICATE_RESOURCE,
      nobody: ErrorCode.RESOURCE_NOT_FOUND,
      fine: ErrorCode.NONE,
    });
  });

  test('is for those who may alter the cluster', async () => {
    await using server = await startSecuredBroker();
    const connection = await connectAs(server, 'alice');
    expect(await alter(connection, { upsertions: [upsertion('alice')] })).toEqual({
      alice: ErrorCode.CLUSTER_AUTHORIZATION_FAILED,
    });
  });
});
